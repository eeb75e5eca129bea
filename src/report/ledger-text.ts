import type { Ledger } from '../checker/result/ledger.ts';
import { WITHIN } from './constraint-text.ts';
import { count } from './figures.ts';
import type { TextStyle } from './text-style.ts';
import { hanging } from './text-width.ts';
import { printable } from './value-text.ts';

/** After this many names the rest is only counted. */
const namesMax = 4;

/**
 * The lines that say what a verdict rests on: the assumed fairness, the vacuous questions, and what
 * never happened.
 */
export function ledgerLines(ledger: Ledger, look: TextStyle): string[] {
  const { fairness, neverTaken, neverFound, faultsNeverHappened, exhaustive } = ledger;
  const lines: string[] = [];
  const say = (head: string, text: string): void => {
    lines.push(...hanging(`  ${head}: `, printable(text), look.width).map(look.paint.warn));
  };
  if (ledger.growing !== undefined) {
    say('growing with every level', `${listed(ledger.growing)}: the search may have no end`);
  }
  for (const text of symmetryTexts(ledger)) say('symmetry', text);
  if ((ledger.statesOutside ?? 0) > 0) {
    const outside = count(ledger.statesOutside ?? 0, 'state');
    say('constraint', `${outside} outside of it (within): judged, and not expanded`);
  }
  const assumed = fairness.filter((condition) => !condition.vacuous);
  if (assumed.length > 0) say('assumed', listed(assumed.map(({ condition }) => condition)));
  for (const [head, text] of vacuousTexts(ledger)) say(head, text);
  if (neverFound.length > 0) {
    const asked = neverFound.map(({ name, by }) => `${name} (asked for by ${by})`);
    say('never existed', listed(asked));
  }
  // A search that was cut may only have missed it.
  if (exhaustive && neverTaken.length > 0) say('never taken', listed(neverTaken));
  if (exhaustive && faultsNeverHappened.length > 0) {
    say('faults that never happened', listed(faultsNeverHappened));
  }
  if (ledger.withoutKernel !== undefined) say('slower', ledger.withoutKernel);
  return lines;
}

/** How the search used a declared symmetry, and how well that was checked. */
function symmetryTexts({ symmetry }: Ledger): string[] {
  if (symmetry === 'none') return [];
  const { sets, sampled } = symmetry;
  const things = Object.entries(sets).map(([set, size]) => `${size} ${set}`);
  const used = `each state stands for all exchanges of ${things.join(', of ')}`;
  if (sampled.length === 0) return [`${used}; all steps and questions were seen to allow them`];
  return [
    `${used}; every visited state was compared with exchanged ones`,
    `only a sample of the exchanges was tried for ${listed(sampled)}`,
  ];
}

/** The questions and assumptions that were about nothing, each after its head. */
function vacuousTexts({ vacuous, fairness, statesOutside = 0 }: Ledger): [string, string][] {
  // What lies outside of a constraint may be what such a property asks about.
  const head = statesOutside > 0 ? `vacuous ${WITHIN}` : 'vacuous';
  return [
    ...vacuous.map(({ property, reason }): [string, string] => [head, `'${property}': ${reason}`]),
    ...fairness
      .filter((assumed) => assumed.vacuous)
      .map(({ condition }): [string, string] => [
        'vacuous',
        `${condition}: no such step is ever enabled`,
      ]),
  ];
}

function listed(names: readonly string[]): string {
  const rest = names.length - namesMax;
  return names.slice(0, namesMax).join(', ') + (rest > 0 ? `, and ${rest} more` : '');
}
