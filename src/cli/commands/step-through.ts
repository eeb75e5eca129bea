import { emitKeypressEvents } from 'node:readline';
import type { Trace } from '../../checker/result/result.ts';
import { type Replay, replayLines } from '../../report/replay-text.ts';
import { CliUsageError } from '../arguments/cli-usage-error.ts';
import { harmless, outputLook } from '../system/terminal.ts';

/**
 * The first steps of a run as a replay of their own. It leaves out the properties that fail later,
 * and the steps that are enabled at the end.
 */
export function upTo(replay: Replay, steps: number): Replay {
  const { trace } = replay;
  const isWhole = steps === trace.steps.length;
  if (isWhole) return replay;
  const { init, initIndex } = trace;
  const part: Trace = {
    init,
    initIndex,
    steps: trace.steps.slice(0, steps),
    schedule: trace.schedule.slice(0, steps),
  };
  const next = trace.schedule[steps];
  return {
    ...replay,
    trace: part,
    failures: replay.failures.filter((failure) => failure.step <= steps),
    unfair: undefined,
    unjudged: [],
    enabled: next === undefined ? replay.enabled : [next],
  };
}

/** The number of steps to show after a key; undefined for the key that quits. */
export function stepsAfter(key: string, steps: number, most: number): number | undefined {
  switch (key) {
    case 'right':
    case 'down':
    case 'j':
    case 'n':
    case 'space':
    case 'return':
      return Math.min(most, steps + 1);
    case 'left':
    case 'up':
    case 'k':
    case 'p':
      return Math.max(0, steps - 1);
    case 'home':
    case 'g':
      return 0;
    case 'end':
    case 'G':
      return most;
    case 'q':
    case 'escape':
      return undefined;
    default:
      return steps;
  }
}

/**
 * Shows a run step by step, as keys are pressed. Throws CliUsageError where there is no keyboard.
 */
export async function stepThrough(replay: Replay): Promise<void> {
  const { stdin, stdout } = process;
  if (!stdin.isTTY || !stdout.isTTY) {
    throw new CliUsageError({
      what: 'there is no keyboard to step with',
      where: '--step',
      mend: 'Run it in a terminal, or leave --step out to see the whole run.',
    });
  }
  const most = replay.trace.steps.length;
  let steps = 0;
  const show = () => {
    const look = outputLook();
    const lines = replayLines(upTo(replay, steps), look);
    const help = `step ${steps} of ${most}   ← → or j k: step   Home End: jump   q: quit`;
    const room = Math.max(5, (stdout.rows ?? 24) - 2);
    const shown = lines.length > room ? ['…', ...lines.slice(lines.length - room + 1)] : lines;
    stdout.write(`\x1b[2J\x1b[H${harmless([...shown, look.paint.dim(help)], true)}\n`);
  };
  emitKeypressEvents(stdin);
  stdin.setRawMode(true);
  stdin.resume();
  show();
  await new Promise<void>((end) => {
    stdin.on('keypress', (text: string | undefined, key: { name?: string; ctrl?: boolean }) => {
      const name = text === 'G' ? 'G' : (key.name ?? '');
      const next = key.ctrl === true && name === 'c' ? undefined : stepsAfter(name, steps, most);
      if (next === undefined) {
        end();
        return;
      }
      steps = next;
      show();
    });
  });
  stdin.setRawMode(false);
  stdin.pause();
}
