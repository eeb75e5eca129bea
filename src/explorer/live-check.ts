import { useEffect, useRef, useState } from 'preact/hooks';
import type { Progress } from '../checker/options.ts';
import type { PageResult } from './page-data.ts';
import type { Place } from './share-link.ts';

/** How far a check has got that runs at the server of the explorer. */
export type Check =
  | { readonly phase: 'idle' }
  | { readonly phase: 'running'; readonly progress: Progress | undefined }
  | { readonly phase: 'done'; readonly result: PageResult }
  | { readonly phase: 'failed'; readonly message: string };

/** Starts and stops the check of one scenario; `onDone` gets what it found. */
export function useLiveCheck(scenario: string, onDone: (result: PageResult) => void) {
  const [check, setCheck] = useState<Check>({ phase: 'idle' });
  const source = useRef<EventSource | undefined>(undefined);
  const close = (): void => {
    source.current?.close();
    source.current = undefined;
  };
  useEffect(() => close, []);
  const start = (set: Place['set']): void => {
    close();
    setCheck({ phase: 'running', progress: undefined });
    const query = new URLSearchParams(set).toString();
    const events = new EventSource(`/check/${encodeURIComponent(scenario)}?${query}`);
    source.current = events;
    events.addEventListener('progress', (event) => {
      setCheck({ phase: 'running', progress: JSON.parse(event.data) });
    });
    events.addEventListener('result', (event) => {
      close();
      const result: PageResult = JSON.parse(event.data);
      setCheck({ phase: 'done', result });
      onDone(result);
    });
    events.addEventListener('problem', (event) => {
      close();
      setCheck({ phase: 'failed', message: JSON.parse(event.data).message });
    });
    // The browser would try again by itself, and so check again.
    events.onerror = () => {
      close();
      setCheck({ phase: 'failed', message: 'The explorer was stopped, or cannot be reached.' });
    };
  };
  const stop = (): void => {
    close();
    setCheck({ phase: 'idle' });
  };
  return { check, start, stop };
}
