import type { Estimate } from '../simulate/timed/estimate.ts';
import type { Likelihood, TimedAnswer } from '../simulate/timed/timed.ts';
import type { Duration } from '../spec/duration.ts';
import { count, number } from './figures.ts';
import type { TextStyle } from './text-style.ts';
import { hanging, pad } from './text-width.ts';
import { printable } from './value-text.ts';

/** A step whose duration, halved or doubled, changes the answer by less is not listed. */
const sensitiveShare = 0.05;

/** More properties that never fail are only counted. */
const namedMax = 3;

/** The answer of a timed simulation, without its headline. */
export function timedLines(answer: TimedAnswer, look: TextStyle): string[] {
  const { perHour, processes, rounds, stuck, requests, days, seed } = answer;
  const lines = hanging(
    '  ',
    `${figure(perHour)} requests an hour, of ${processes.map(printable).join(', ')} in equal shares`,
    look.width,
  );
  const never = answer.likelihoods.filter(({ isNever }) => isNever);
  for (const likelihood of answer.likelihoods) {
    if (!never.includes(likelihood)) lines.push('', ...likelihoodLines(likelihood, look));
  }
  lines.push('', ...neverLines(never, answer.likelihoods.length, look));
  const simulated = `${count(rounds, 'round')} (seed ${seed}): ${count(requests, 'request')} in ${figure(days)} days`;
  lines.push(...hanging('  ', simulated, look.width).map(look.paint.dim));
  if (stuck > 0) {
    const text = `${count(stuck, 'round')} ended because a request that was under way could not go on; the figures are as if everything had returned to its start`;
    lines.push(...hanging('  stuck: ', text, look.width).map(look.paint.warn));
  }
  return lines;
}

function likelihoodLines(likelihood: Likelihood, look: TextStyle): string[] {
  const { property, hits, perRequest, perDay, exact, window } = likelihood;
  const say = (head: string, text: string): string[] => hanging(`    ${head}`, text, look.width);
  const name = hanging('  ', printable(property), look.width);
  return [
    ...name.map(hits === 0 ? (line) => line : look.paint.bad),
    ...say('of requests  ', shares(perRequest, percent, exact?.perRequest)),
    ...say('a day        ', shares(perDay, figure, exact?.perDay)),
    ...(window === undefined || window === 0
      ? []
      : say(
          'window       ',
          `${figure(window)} s: as if a request failed whenever another one arrived so soon after it`,
        )),
    ...sensitivityLines(likelihood, look),
  ];
}

/** The properties that no state of any round violates. */
function neverLines(never: readonly Likelihood[], all: number, look: TextStyle): string[] {
  if (never.length === 0) return [];
  const names = never.map(({ property }) => `'${printable(property)}'`).join(', ');
  const which =
    never.length > namedMax ? `${number(never.length)} of ${number(all)} properties` : names;
  const text = `${which}: violated in no state of a round, so never, whatever the durations`;
  return hanging('  ', text, look.width);
}

/** An estimate with its interval, and the exact value where it is known. */
function shares(
  { value, low, high }: Estimate,
  text: (value: number) => string,
  exact: number | undefined,
): string {
  const simulated = `${text(value)} (95 %: ${text(low)} to ${text(high)})`;
  return exact === undefined ? simulated : `${simulated}; computed exactly: ${text(exact)}`;
}

function sensitivityLines(
  { sensitivity, exact, perRequest }: Likelihood,
  look: TextStyle,
): string[] {
  if (sensitivity === undefined) {
    return hanging('    ', 'stopped before the sensitivity was computed', look.width);
  }
  const now = exact?.perRequest ?? perRequest.value;
  const moved = ({ value }: Estimate): number => Math.abs(value / now - 1);
  // What chance explains is no effect.
  const differs = ({ low, high }: Estimate): boolean =>
    low === high || low > perRequest.high || high < perRequest.low;
  const listed = sensitivity
    .filter((each) =>
      [each.halved, each.doubled].some((at) => moved(at) >= sensitiveShare && differs(at)),
    )
    .sort((one, other) => moved(other.doubled) - moved(one.doubled));
  const width = Math.max(0, ...listed.map(({ step }) => step.length));
  const lines = listed.flatMap(({ step, duration, halved, doubled }) => [
    ...hanging(
      `    ${pad(printable(step), width)}  `,
      `${durationText(duration)}; half: ${changed(halved)}, double: ${changed(doubled)}`,
      look.width,
    ),
    ...hanging(`    ${' '.repeat(width)}  `, basisText(duration), look.width).map(look.paint.dim),
  ]);
  const others = sensitivity.length - listed.length;
  const effect =
    exact === undefined
      ? 'none is seen to change it in as many rounds'
      : 'each changes it by less than 5 %';
  const rest = others === 0 ? [] : [`    of ${count(others, 'other duration')} ${effect}`];
  return lines.length + rest.length === 0 ? [] : ['    what it depends on:', ...lines, ...rest];
}

/** A value at another duration, with its interval where it is simulated. */
function changed({ value, low, high }: Estimate): string {
  return low === high ? percent(value) : `${percent(value)} (${percent(low)} to ${percent(high)})`;
}

/** `exponential, 3 s on average`. */
function durationText(duration: Duration): string {
  switch (duration.kind) {
    case 'constant':
      return `always ${figure(duration.mean)} s`;
    case 'exponential':
      return `exponential, ${figure(duration.mean)} s on average`;
    case 'uniform':
      return `from ${figure(duration.from)} to ${figure(duration.to)} s`;
  }
}

/** Where a duration is from. */
function basisText({ basis }: Duration): string {
  return 'measured' in basis ? `measured: ${basis.measured}` : `assumed: ${basis.assumed}`;
}

/** A number with three digits that count. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return 'without bound';
  if (value === 0) return '0';
  if (value >= 1000) return number(Math.round(value));
  return String(Number(value.toPrecision(3)));
}

/** A share as a percentage. */
export function percent(share: number): string {
  return `${figure(100 * share)} %`;
}
