import { useEffect, useRef, useState } from 'preact/hooks';
import type { Progress } from '../checker/options.ts';
import { type Bounds, boundsText } from './bounds.ts';
import type { PageResult } from './page-data.ts';
import { type Place, placeText } from './share-link.ts';

/** How far a check has got that runs at the server of the explorer. */
export type Check =
  | { readonly phase: 'idle' }
  | {
      readonly phase: 'running';
      readonly progress: Progress | undefined;
      /** Somebody wants to know what is known by now. */
      readonly isStopping: boolean;
    }
  | { readonly phase: 'done'; readonly result: PageResult }
  | { readonly phase: 'failed'; readonly message: string };

/** What can be checked: a place, of which only the point and the budgets matter, and how far to go. */
type Asked = Pick<Place, 'set' | 'faults'> & { readonly bounds: Bounds };

/** Starts, stops and drops the check of one scenario; `onDone` gets what it found. */
export function useLiveCheck(scenario: string, onDone: (result: PageResult) => void) {
  const [check, setCheck] = useState<Check>({ phase: 'idle' });
  const source = useRef<EventSource | undefined>(undefined);
  const id = useRef<string | undefined>(undefined);
  const close = (): void => {
    source.current?.close();
    source.current = undefined;
    id.current = undefined;
  };
  useEffect(() => close, []);
  const start = ({ set, faults, bounds }: Asked): void => {
    close();
    setCheck({ phase: 'running', progress: undefined, isStopping: false });
    const place = placeText({ set, faults, init: 0, at: 0, words: [] });
    const path = `/check/${encodeURIComponent(scenario)}?${place}${boundsText(bounds)}`;
    const events = new EventSource(path);
    source.current = events;
    events.addEventListener('started', (event) => {
      id.current = JSON.parse(event.data).id;
    });
    events.addEventListener('progress', (event) => {
      const progress: Progress = JSON.parse(event.data);
      setCheck((now) => ({
        phase: 'running',
        progress,
        isStopping: now.phase === 'running' && now.isStopping,
      }));
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
  const drop = (): void => {
    close();
    setCheck({ phase: 'idle' });
  };
  const stop = (): void => {
    const isStopping = check.phase === 'running' && check.isStopping;
    // A second time it is not waited for any longer.
    if (id.current === undefined || isStopping) {
      drop();
      return;
    }
    setCheck((now) => (now.phase === 'running' ? { ...now, isStopping: true } : now));
    fetch(`/stop/${encodeURIComponent(id.current)}`, { method: 'POST' }).catch(drop);
  };
  return { check, start, stop, drop };
}
