import { useEffect, useRef, useState } from 'preact/hooks';
import type { Progress } from '../checker/result/options.ts';
import { type Bounds, boundsText } from './bounds.ts';
import { readEvents, type ServerEvent } from './event-stream.ts';
import { messageOf } from './message-of.ts';
import type { PageResult } from './page-data.ts';
import { type Place, placeText } from './share-link.ts';

/** The progress of a check at the server of the explorer. */
export type Check =
  | { readonly phase: 'idle' }
  | {
      readonly phase: 'running';
      readonly progress: Progress | undefined;
      /** The number of checks that must end before this one begins; 0 once it runs. */
      readonly ahead: number;
      /** True once the user has asked for the verdicts known so far. */
      readonly isStopping: boolean;
    }
  | { readonly phase: 'done'; readonly result: PageResult }
  | { readonly phase: 'failed'; readonly message: string };

/** What a check asks: the point and the fault budgets of a place, and the bounds. */
type Asked = Pick<Place, 'set' | 'faults'> & { readonly bounds: Bounds };

/** Starts, stops and drops the check at `path`. `onDone` gets its result. */
export function useLiveCheck(path: string | undefined, onDone: (result: PageResult) => void) {
  const [check, setCheck] = useState<Check>({ phase: 'idle' });
  const asking = useRef<AbortController | undefined>(undefined);
  const id = useRef<string | undefined>(undefined);
  const close = (): void => {
    asking.current?.abort();
    asking.current = undefined;
    id.current = undefined;
  };
  useEffect(() => close, []);
  const receive = ({ event, data }: ServerEvent): void => {
    // The same version of racewright sends the events, so they have these forms.
    switch (event) {
      case 'started':
        id.current = (data as { id: string }).id;
        return;
      case 'waiting':
        setCheck((now) => ({ ...running(now), ahead: (data as { ahead: number }).ahead }));
        return;
      case 'progress':
        setCheck((now) => ({ ...running(now), ahead: 0, progress: data as Progress }));
        return;
      case 'result':
        close();
        setCheck({ phase: 'done', result: data as PageResult });
        onDone(data as PageResult);
        return;
      case 'problem':
        close();
        setCheck({ phase: 'failed', message: (data as { message: string }).message });
    }
  };
  const start = ({ set, faults, bounds }: Asked): void => {
    close();
    setCheck(begun);
    const place = placeText({ set, faults, init: 0, at: 0, schedule: [] });
    const query = `${place}${boundsText(bounds)}`.replace(/^&/, '');
    const controller = new AbortController();
    asking.current = controller;
    const isAsked = (): boolean => asking.current === controller;
    const fail = (message: string): void => {
      if (!isAsked()) return;
      close();
      setCheck({ phase: 'failed', message });
    };
    readEvents(`${path}${query === '' ? '' : `?${query}`}`, controller.signal, (event) => {
      if (isAsked()) receive(event);
    }).then(
      () => fail(unreachable),
      // The error of `fetch` itself says nothing to a user.
      (error) => fail(error instanceof TypeError ? unreachable : messageOf(error)),
    );
  };
  const drop = (): void => {
    close();
    setCheck({ phase: 'idle' });
  };
  const stop = (): void => {
    const isStopping = check.phase === 'running' && check.isStopping;
    // A second click ends the check without waiting for its verdicts.
    if (id.current === undefined || isStopping) {
      drop();
      return;
    }
    setCheck((now) => (now.phase === 'running' ? { ...now, isStopping: true } : now));
    fetch(`/stop/${encodeURIComponent(id.current)}`, { method: 'POST' }).catch(drop);
  };
  return { check, start, stop, drop };
}

const unreachable = 'The explorer was stopped, or cannot be reached.';

type Running = Extract<Check, { readonly phase: 'running' }>;

const begun: Running = { phase: 'running', progress: undefined, ahead: 0, isStopping: false };

function running(now: Check): Running {
  return now.phase === 'running' ? now : begun;
}
