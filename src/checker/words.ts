import type { Scalar } from '../spec/plain.ts';

/** Who does what, with which picks: what a schedule word says. */
export interface Deed {
  readonly actor: string | undefined;
  readonly label: string;
  readonly picks: readonly (readonly [name: string, value: Scalar])[];
}

/** `attach1.connect[host=h1]`, `fault.cast_lost`, or `tick` for an action of the system as a whole. */
export function wordOf({ actor, label, picks }: Deed): string {
  const subject = actor === undefined ? label : `${actor}.${label}`;
  if (picks.length === 0) return subject;
  return `${subject}[${picks.map(([name, value]) => `${name}=${optionText(value)}`).join(',')}]`;
}

/** Strings that can be mistaken for nothing else go without quotes. */
function optionText(value: Scalar): string {
  const isBare = typeof value === 'string' && /^[\p{L}_][\p{L}\p{N}_.:/@-]*$/u.test(value);
  return isBare && !['true', 'false', 'null'].includes(value) ? value : JSON.stringify(value);
}
