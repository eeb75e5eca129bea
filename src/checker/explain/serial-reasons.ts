import type { Claims } from './claims.ts';
import type { Reason } from './reason.ts';
import { operationOf, type RunsMeant } from './run-set.ts';

/** The number of pairs of operations that are tried. */
const triesMax = 20;

/** Pairs of operations for which the property holds if one follows the other. */
export function serialReasons(claims: Claims): readonly Reason[] {
  const { actions } = claims;
  const processes = actions.filter(({ kind }) => kind === 'process');
  const operations = [...new Set(processes.map(operationOf))];
  const pairs = operations.flatMap((one, i) =>
    operations.slice(i + 1).map((other): readonly [string, string] => [one, other]),
  );
  const found: Reason[] = [];
  for (const pair of pairs.slice(0, triesMax)) {
    const [one, other] = pair;
    const meanings: readonly RunsMeant[] = [
      { kind: 'apart', operations: pair },
      { kind: 'after', first: one, second: other },
      { kind: 'after', first: other, second: one },
    ];
    const sets = meanings.flatMap((meant) => claims.widest(meant));
    // Operations that never end follow one another in no useful sense.
    const areDone = (state: number): boolean =>
      !pair.some((operation) => claims.graph.openIn(state).has(operation));
    const runs = claims.firstTrue(sets, areDone);
    if (runs !== undefined) found.push({ runs, steps: stepsOf(claims, pair) });
  }
  return found;
}

/**
 * The first step of the operation that began later, and the last step of the one that was not done
 * then.
 */
function stepsOf({ actions }: Claims, operations: readonly [string, string]): readonly number[] {
  const names = actions.map(operationOf);
  const [one, other] = operations;
  const begun = Math.max(names.indexOf(one), names.indexOf(other));
  const begunBy = names[begun];
  return [begun, names.lastIndexOf(begunBy === one ? other : one)];
}
