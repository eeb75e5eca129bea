import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { PageData, PageResult } from '../explorer/page-data.ts';
import { frameReady } from './result-page.tsx';

/** The page of a report, in a frame, with the results of the last check. */
export function ResultFrame({ results }: { readonly results: readonly PageResult[] }): VNode {
  const frame = useRef<HTMLIFrameElement>(null);
  const [isReady, setReady] = useState(false);
  useEffect(() => {
    const onMessage = ({ source, data }: MessageEvent<unknown>): void => {
      if (source === frame.current?.contentWindow && data === frameReady) setReady(true);
    };
    addEventListener('message', onMessage);
    return () => removeEventListener('message', onMessage);
  }, []);
  useEffect(() => {
    const [first] = results;
    if (!isReady || first === undefined) return;
    frame.current?.contentWindow?.postMessage(pageData(first, results), location.origin);
  }, [isReady, results]);
  return (
    <iframe
      ref={frame}
      src="result.html"
      title="Result of the check"
      hidden={results.length === 0}
    />
  );
}

function pageData(first: PageResult, results: readonly PageResult[]): PageData {
  const models = new Map(
    results.map(({ model, scenario }) => [model, { id: model, name: scenario }]),
  );
  return {
    mode: 'report',
    isFramed: true,
    model: first.model,
    models: [...models.values()],
    results,
    invocation: ['racewright'],
  };
}
