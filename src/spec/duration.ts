import { isRecord, quoted, refuse } from './refuse.ts';

/** Where the length of a step is from: a source that measured it, or why it is assumed. */
export type Basis = { readonly measured: string } | { readonly assumed: string };

/** How long a step takes once it is enabled: a distribution, in seconds. */
export type Duration =
  | { readonly kind: 'exponential'; readonly mean: number; readonly basis: Basis }
  | { readonly kind: 'constant'; readonly mean: number; readonly basis: Basis }
  | {
      readonly kind: 'uniform';
      readonly mean: number;
      readonly from: number;
      readonly to: number;
      readonly basis: Basis;
    };

/** By step, as `flow.label` or `actor.action`; or by a label alone, in all flows. */
export type Durations = { readonly [step: string]: Duration };

/** A duration without memory: after any time the rest has the same distribution. `mean` seconds. */
export function exponential(mean: number, basis: Basis): Duration {
  return { kind: 'exponential', mean: seconds(mean, 'the mean of a duration'), basis };
}

/** Always the same number of seconds; 0 for a step that takes no time. */
export function constant(length: number, basis: Basis): Duration {
  const mean = length === 0 ? 0 : seconds(length, 'a duration');
  return { kind: 'constant', mean, basis };
}

/** Any number of seconds from `from` to `to` with the same probability. */
export function uniform(from: number, to: number, basis: Basis): Duration {
  const least = from === 0 ? 0 : seconds(from, 'a duration');
  if (!(seconds(to, 'a duration') > least)) {
    refuse('uniform', `it goes from ${from} to ${to}`, 'The second number is the larger one.');
  }
  return { kind: 'uniform', mean: (least + to) / 2, from: least, to, basis };
}

function seconds(value: number, what: string): number {
  if (typeof value === 'number' && Number.isFinite(value) && value > 0) return value;
  return refuse(what, `it is ${String(value)}`, 'Give a number of seconds above 0.');
}

/** The same durations, frozen. Throws a SpecError for one that no function here has made. */
export function checkedDurations(given: Durations, where: string): Durations {
  const all: unknown = given;
  if (!isRecord(all)) return refuse(where, '`durations` is no record', example);
  for (const [step, duration] of Object.entries(all)) {
    const place = `${where}, the duration of ${quoted(step)}`;
    if (!isRecord(duration)) return refuse(place, `it is ${quoted(duration)}`, example);
    const { kind, mean, from = 0, to = 1, basis } = duration;
    const isKind = ['exponential', 'constant', 'uniform'].includes(String(kind));
    const isLength = [mean, from, to].every((each) => Number.isFinite(each) && Number(each) >= 0);
    if (!isKind || !isLength) refuse(place, `it is ${quoted(duration)}`, example);
    const text = isRecord(basis) ? (basis['measured'] ?? basis['assumed']) : undefined;
    if (typeof text === 'string' && text.trim() !== '') continue;
    refuse(
      place,
      'it does not say what it rests on',
      "Add { measured: 'a source' } or { assumed: 'why' }.",
    );
  }
  return Object.freeze({ ...given });
}

const example =
  "Write it like this: { 'flow.label': exponential(2, { assumed: 'an iSCSI login' }) }";
