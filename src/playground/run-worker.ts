import { type Answer, nothingKnown, type Outcome, type Request, withAnswer } from './messages.ts';

/** Seconds after which a check ends by itself. */
export const secondsMax = 10;
/** Milliseconds that a worker has, once it must end, to tell what it knows. */
const graceMs = 1_500;

/** How a check ended: by itself, by a click, at the end of its time, or by a broken worker. */
export type Ending = 'whole' | 'stopped' | 'time' | 'broken';

/** A check in a worker of its own. */
export interface Running {
  /** Ends the check with the verdicts known so far; `onEnd` is called soon. */
  readonly stop: () => void;
  /** Ends the worker at once and calls nothing any more. */
  readonly drop: () => void;
}

/**
 * Checks a model. The worker ends when it is done, when it is stopped, and when its time is up;
 * also in the middle of a step that never ends.
 */
export function runWorker(
  text: string,
  onKnown: (outcome: Outcome) => void,
  onEnd: (outcome: Outcome, ending: Ending) => void,
): Running {
  const { worker, forget } = newWorker();
  const { port1, port2 } = new MessageChannel();
  let outcome = nothingKnown;
  let ending: Ending = 'whole';
  let isOver = false;
  const drop = (): void => {
    isOver = true;
    clearTimeout(timer);
    worker.terminate();
    port1.close();
    forget();
  };
  const end = (how: Ending): void => {
    if (isOver) return;
    drop();
    onEnd(outcome, how);
  };
  const giveNotice = (how: Ending): void => {
    if (isOver || ending !== 'whole') return;
    ending = how;
    clearTimeout(timer);
    port1.postMessage('stop');
    timer = setTimeout(() => end(how), graceMs);
  };
  let timer = setTimeout(() => giveNotice('time'), secondsMax * 1000);
  port1.onmessage = ({ data }: MessageEvent<Answer>) => {
    if (isOver) return;
    outcome = withAnswer(outcome, data);
    if (data.event === 'done') end(ending);
    else onKnown(outcome);
  };
  worker.addEventListener('error', () => end('broken'));
  const request: Request = { text, secondsMax, port: port2 };
  worker.postMessage(request, [port2]);
  return { stop: () => giveNotice('stopped'), drop };
}

/**
 * A worker from a blob has the policy of this page, which lets it connect to nothing; one from a
 * server has the policy that the server sends, if any.
 */
function newWorker(): { readonly worker: Worker; readonly forget: () => void } {
  const script = new URL('worker.js', location.href).href;
  const blob = new Blob([`import ${JSON.stringify(script)};`], { type: 'text/javascript' });
  const url = URL.createObjectURL(blob);
  return { worker: new Worker(url, { type: 'module' }), forget: () => URL.revokeObjectURL(url) };
}
