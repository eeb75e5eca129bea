import { count, number } from '../report/figures.ts';
import type { Outcome } from './messages.ts';
import { type Ending, secondsMax } from './run-worker.ts';

/** The sentence of a check that runs. */
export function progressText({ points, results, states }: Outcome): string {
  if (points === undefined) return 'Loading the model.';
  const place =
    points > 1 ? `point ${number(Math.min(results.size + 1, points))} of ${points}, ` : '';
  return `Checking: ${place}${count(states, 'state')}.`;
}

/** The sentence of a check that has ended. Nothing in it claims a verdict that is not there. */
export function endText(outcome: Outcome, ending: Ending, seconds: number): string {
  const { points, results } = outcome;
  const how = {
    whole: `Checked in ${seconds.toFixed(1)} s.`,
    stopped: 'Stopped.',
    time: `The check was ended after ${secondsMax} s.`,
    broken: 'The worker ended without a result: its memory may be full, or worker.js is missing.',
  }[ending];
  if (points === undefined) {
    return ending === 'whole' ? 'Nothing was checked.' : `${how} Undecided: no point was checked.`;
  }
  const open = points - results.size;
  if (open === 0) return how;
  const which =
    results.size === 0 ? 'no point has' : `${number(open)} of ${number(points)} points have no`;
  return results.size === 0
    ? `${how} Undecided: ${which} a result.`
    : `${how} Undecided: ${which} result.`;
}
