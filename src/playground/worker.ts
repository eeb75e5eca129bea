import { replaceSourcesForGood } from '../checker/purity/replace-sources.ts';
import { messageOf } from '../explorer/message-of.ts';
import { isScenario } from '../spec/scenario.ts';
import { compiled } from './compile.ts';
import { evaluated } from './evaluate.ts';
import type { Answer, Request } from './messages.ts';
import { type Asked, planOf } from './points.ts';
import { searchPoint, shownResult, type Turns } from './search-point.ts';

// Kept from before a model could replace them.
const now = performance.now.bind(performance);
const later = globalThis.setTimeout.bind(globalThis);

type Tell = (answer: Answer) => void;

/** The script of the worker calls this once. It checks the model of the first message. */
export function serve(): void {
  // Only a worker from a blob has the policy of the page, which lets a model connect to nothing.
  if (location.protocol !== 'blob:') return;
  const begin = ({ data }: MessageEvent<Request>): void => void check(data);
  globalThis.addEventListener('message', begin, { once: true });
}

async function check({ text, secondsMax, port }: Request): Promise<void> {
  const tell: Tell = port.postMessage.bind(port);
  let isStopping = false;
  port.onmessage = () => {
    isStopping = true;
  };
  const began = now();
  const seconds = (): number => (now() - began) / 1000;
  const turns: Turns = {
    seconds,
    pause: () => new Promise((resolve) => later(resolve)),
    stopReason: () => {
      if (isStopping) return 'interrupted';
      return seconds() > secondsMax ? 'time_max' : undefined;
    },
  };
  try {
    const code = compiled(text);
    replaceSourcesForGood();
    const { asked, notes } = planOf(await evaluated(code));
    for (const message of notes) tell({ event: 'problem', message });
    tell({ event: 'points', all: asked.length });
    const copies = await evaluated(code).catch(() => ({}) as { [name: string]: unknown });
    for (const [index, one] of asked.entries()) {
      if (turns.stopReason() !== undefined) break;
      const second = copies[one.exportName];
      await checkPoint(index, one, isScenario(second) ? second : undefined, turns, tell);
    }
  } catch (error) {
    tell({ event: 'problem', message: messageOf(error) });
  }
  tell({ event: 'done' });
}

async function checkPoint(
  index: number,
  asked: Asked,
  second: Asked['scenario'] | undefined,
  turns: Turns,
  tell: Tell,
): Promise<void> {
  try {
    const timed = await searchPoint(asked, second, turns, (states) =>
      tell({ event: 'progress', states }),
    );
    // Told before the reasons are looked for, so that the verdict is known if they take too long.
    tell({ event: 'result', index, result: shownResult(asked, timed, false) });
    if (timed.result.verdict === 'violated' && turns.stopReason() === undefined)
      tell({ event: 'result', index, result: shownResult(asked, timed, true) });
  } catch (error) {
    tell({ event: 'problem', message: messageOf(error) });
  }
}
