import { createHash } from 'node:crypto';
import { codeHash } from '../searching/own-code.ts';
import { ownVersion } from '../system/own-version.ts';

/** What an answer may depend on beside the model and the task. */
export interface Maker {
  readonly racewright: string;
  /** A hash of racewright's code, which holds the scenarios that come with it. */
  readonly code: string;
  /** The main version of Node. */
  readonly node: string;
  readonly locale: string;
  readonly timeZone: string;
}

/** The maker of what this process computes. */
export function ownMaker(): Maker {
  const { locale, timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const [node = ''] = process.versions.node.split('.');
  return { racewright: ownVersion(), code: codeHash(), node, locale, timeZone };
}

/** How two makers differ, in words: `racewright 1.2.0 and 1.3.0`; undefined where they do not. */
export function difference(one: Maker, other: Maker): string | undefined {
  const pair = (name: keyof Maker, words: string) =>
    one[name] === other[name] ? undefined : `${words} ${one[name]} and ${other[name]}`;
  return (
    pair('racewright', 'racewright') ??
    (one.code === other.code
      ? undefined
      : `two different builds of racewright ${one.racewright}`) ??
    pair('node', 'Node') ??
    pair('locale', 'the locales') ??
    pair('timeZone', 'the time zones')
  );
}

/** A short name that all machines share whose answers can stand together. */
export function makerHash(maker: Maker): string {
  const parts = [maker.racewright, maker.code, maker.node, maker.locale, maker.timeZone];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
}
