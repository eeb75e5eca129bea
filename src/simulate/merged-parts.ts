import type { Ledger } from '../checker/result/ledger.ts';
import type { PropertyResult, Result } from '../checker/result/result.ts';

/**
 * One result of a simulation that forgot its states now and then: what each part found, with the
 * figures of the first graph and the numbers of runs and steps of the last part, which count all.
 */
export function mergedParts(parts: readonly Result[]): Result {
  const [first, last] = [parts[0], parts.at(-1)];
  if (first === undefined || last === undefined || parts.length === 1) return last as Result;
  const properties = first.properties.map((property) => decided(property, parts));
  const isViolated = properties.some(({ verdict }) => verdict === 'violated');
  const found = Object.assign({}, ...parts.map(foundIn).reverse());
  return {
    ...first,
    ...(last.stopReason === undefined ? {} : { stopReason: last.stopReason }),
    verdict: isViolated ? 'violated' : 'undecided',
    levels: last.levels,
    properties,
    ledger: parts.map(({ ledger }) => ledger).reduce(mergedLedgers),
    ...(last.simulated === undefined
      ? {}
      : { simulated: { ...last.simulated, parts: parts.length, found } }),
  };
}

/** A question about ends has another name in a part in which other things happened. */
const isSame = (one: PropertyResult, other: PropertyResult): boolean =>
  one.kind === 'deadlock' ? other.kind === 'deadlock' : one.name === other.name;

/** The result of the first part that decides a property. */
function decided(property: PropertyResult, parts: readonly Result[]): PropertyResult {
  const all = parts.flatMap(({ properties }) => properties.filter((one) => isSame(property, one)));
  return all.find(({ verdict }) => verdict !== 'undecided') ?? property;
}

const foundIn = ({ simulated }: Result) => simulated?.found ?? {};

/** What happened in neither part, and what was done in both. */
function mergedLedgers(one: Ledger, other: Ledger): Ledger {
  const both = (of: (ledger: Ledger) => readonly string[]): readonly string[] =>
    of(one).filter((name) => of(other).includes(name));
  return {
    ...one,
    neverTaken: both((ledger) => ledger.neverTaken),
    faultsNeverHappened: both((ledger) => ledger.faultsNeverHappened),
    selfChecks: {
      evaluatedTwice: one.selfChecks.evaluatedTwice + other.selfChecks.evaluatedTwice,
      statesSampled: one.selfChecks.statesSampled + other.selfChecks.statesSampled,
    },
  };
}
