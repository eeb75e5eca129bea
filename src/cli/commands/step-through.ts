import { emitKeypressEvents } from 'node:readline';
import type { Trace } from '../../checker/result/result.ts';
import { nextText, type Replay, replayLines } from '../../report/replay-text.ts';
import type { TextStyle } from '../../report/text-style.ts';
import { shorten } from '../../report/text-width.ts';
import { printable } from '../../report/value-text.ts';
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

/** A run under the keyboard, and how much of it is shown. */
export interface Walk {
  readonly replay: Replay;
  /** The number of steps that are shown. */
  readonly steps: number;
  /** The steps that are enabled after them, which a number chooses among, from 1. */
  readonly enabled: Replay['enabled'];
  /** The digits typed so far, where one digit is not enough. */
  readonly typed: string;
}

/** Follows a schedule from the beginning of the run. */
export type Follow = (schedule: readonly string[]) => Replay;

/** The run with its first `steps` steps in view. */
export function walkAt(replay: Replay, steps: number, follow: Follow): Walk {
  const { schedule } = replay.trace;
  const isWhole = steps === schedule.length;
  const { enabled } = isWhole ? replay : follow(schedule.slice(0, steps));
  return { replay, steps, enabled, typed: '' };
}

/**
 * The run after a key. A number takes that enabled step: it follows the run where that is its next
 * step, and else replaces the rest of the run. Undefined for a key that quits.
 */
export function afterKey(walk: Walk, key: string, follow: Follow): Walk | undefined {
  const { replay, steps, enabled = [] } = walk;
  const typed = walk.typed + key;
  if (typed === '0') return walk;
  if (/^\d$/.test(key) || (key === 'return' && walk.typed !== '')) {
    const isWhole = key === 'return' || Number(typed) * 10 > enabled.length;
    if (!isWhole) return { ...walk, typed };
    const chosen = enabled[Number(key === 'return' ? walk.typed : typed) - 1];
    return chosen === undefined ? { ...walk, typed: '' } : taken(walk, chosen, follow);
  }
  const next = stepsAfter(key, steps, replay.trace.steps.length);
  if (next === undefined) return undefined;
  return next === steps ? { ...walk, typed: '' } : walkAt(replay, next, follow);
}

function taken({ replay, steps }: Walk, entry: string, follow: Follow): Walk {
  const { schedule } = replay.trace;
  if (schedule[steps] === entry) return walkAt(replay, steps + 1, follow);
  return walkAt(follow([...schedule.slice(0, steps), entry]), steps + 1, follow);
}

/**
 * Shows a run step by step, as keys are pressed. `follow` replays another schedule from the same
 * initial state. Throws CliUsageError where there is no keyboard, and what `follow` throws.
 */
export async function stepThrough(replay: Replay, follow: Follow): Promise<void> {
  const { stdin, stdout } = process;
  if (!stdin.isTTY || !stdout.isTTY) {
    throw new CliUsageError({
      what: 'there is no keyboard to step with',
      where: '--step',
      mend: 'Run it in a terminal, or leave --step out to see the whole run.',
    });
  }
  let walk = walkAt(replay, 0, follow);
  emitKeypressEvents(stdin);
  stdin.setRawMode(true);
  stdin.resume();
  show(walk);
  try {
    await new Promise<void>((end, fail) => {
      stdin.on('keypress', (text: string | undefined, key: { name?: string; ctrl?: boolean }) => {
        try {
          const isEnd = key.ctrl === true && key.name === 'c';
          const next = isEnd ? undefined : afterKey(walk, nameOf(text, key), follow);
          walk = next ?? walk;
          if (next === undefined) end();
          else show(walk);
        } catch (error) {
          fail(error);
        }
      });
    });
  } finally {
    stdin.setRawMode(false);
    stdin.pause();
  }
}

const nameOf = (text: string | undefined, { name = '' }: { readonly name?: string }): string =>
  text === 'G' || (text !== undefined && /^\d$/.test(text)) ? text : name;

function show({ replay, steps, enabled, typed }: Walk): void {
  const { stdout } = process;
  const look = outputLook();
  const lines = [
    ...replayLines({ ...upTo(replay, steps), enabled: [] }, look).slice(0, -1),
    ...choices(enabled, replay.trace.schedule[steps], look),
  ];
  const most = replay.trace.steps.length;
  const number = typed === '' ? 'a number: take that step' : `number: ${typed}`;
  const help = `step ${steps} of ${most}   ← → or j k: step   Home End: jump   ${number}   q: quit`;
  const room = Math.max(5, (stdout.rows ?? 24) - 2);
  const shown = lines.length > room ? ['…', ...lines.slice(lines.length - room + 1)] : lines;
  stdout.write(`\x1b[2J\x1b[H${harmless([...shown, look.paint.dim(help)], true)}\n`);
}

/** The enabled steps with their numbers. The next step of the run is emphasised. */
function choices(
  enabled: Replay['enabled'],
  next: string | undefined,
  look: TextStyle,
): readonly string[] {
  if (enabled === undefined || enabled.length === 0) return [`  ${nextText(enabled)}`];
  const lines = enabled.map((entry, i) => {
    const text = shorten(`  ${i + 1}  ${printable(entry)}`, look.width);
    return entry === next ? look.paint.strong(text) : text;
  });
  return [look.paint.dim('  enabled next:'), ...lines];
}
