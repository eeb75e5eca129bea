import type { AnyBody, LeadsToProperty, LivenessProperty } from '../../spec/property.ts';
import { isTrue, isTrueOf, isTrueOfStep } from '../properties/seen.ts';
import type { Step, Trace, WorldState } from '../result/result.ts';
import type { Live } from './liveness.ts';

/** An infinite run as plain data. */
export interface EndlessRun {
  /** The states in order, to the end of the first round of the loop. */
  readonly worlds: readonly WorldState[];
  /** The steps between these states. */
  readonly steps: readonly Step[];
  /** The index of the first state that the run meets again and again. */
  readonly turn: number;
}

/** The infinite run of a trace that says how it goes on; undefined for any other trace. */
export function endlessRun({ init, steps, loopsTo, stops }: Trace): EndlessRun | undefined {
  if (loopsTo === undefined && stops !== true) return undefined;
  const worlds = [init, ...steps.map(({ state }) => state)];
  return { worlds, steps, turn: loopsTo ?? steps.length };
}

/**
 * Whether a run violates a liveness property by its definition, whatever fairness says of the run;
 * and the failing entry, for a property about entries. Throws a SpecError when a test does not
 * return a boolean.
 */
export function runViolates(
  property: Live,
  run: EndlessRun,
): { readonly part: string | undefined } | undefined {
  if (property.kind === 'leadsTo') return waitsForEver(property, run);
  return isViolated(property, run) ? { part: undefined } : undefined;
}

function isViolated(
  { kind, holds }: LivenessProperty,
  { worlds, steps, turn }: EndlessRun,
): boolean {
  const answers =
    'step' in holds ? answersOf(holds.step, worlds, steps) : worlds.map((at) => isTrue(holds, at));
  const forEver = answers.slice(turn);
  switch (kind) {
    case 'eventually':
      return !answers.includes(true);
    case 'infinitelyOften':
      return !forEver.includes(true);
    case 'eventuallyAlways':
      return forEver.includes(false);
  }
}

/**
 * The value of a test for each step; undefined for a step that changes nothing, which counts as
 * none.
 */
function answersOf(
  test: AnyBody,
  worlds: readonly WorldState[],
  steps: readonly Step[],
): readonly (boolean | undefined)[] {
  return steps.map((step, i) => {
    const before = worlds[i];
    if (before === undefined || step.writes.length === 0) return undefined;
    return isTrueOfStep(test, before, step, step.state);
  });
}

/** Whether waiting begins, and goes on, in a state. */
interface Waiting {
  readonly begins: (world: WorldState) => boolean;
  readonly goesOn: (world: WorldState) => boolean;
}

function waitsForEver(
  { table, from, to }: LeadsToProperty,
  run: EndlessRun,
): { readonly part: string | undefined } | undefined {
  if (table === undefined) {
    const isViolated = neverEnds(run, {
      begins: (world) => isTrue(from, world),
      goesOn: (world) => !isTrue(to, world),
    });
    return isViolated ? { part: undefined } : undefined;
  }
  const failing = idsOf(run, table).find((id) =>
    neverEnds(run, {
      begins: (world) => isTrueOf(from, table, id, world),
      // An entry that no longer exists counts as having arrived.
      goesOn: (world) => !isTrueOf(to, table, id, world, true),
    }),
  );
  return failing === undefined ? undefined : { part: `${table}.${failing}` };
}

/** Whether waiting begins in some state and goes on in that state and in all that come after. */
function neverEnds({ worlds, turn }: EndlessRun, { begins, goesOn }: Waiting): boolean {
  return worlds.some(
    // After a state of the loop the states of the loop before it come again, too.
    (world, i) => goesOn(world) && begins(world) && worlds.slice(Math.min(i, turn)).every(goesOn),
  );
}

/** The ids that a table has in some state, in the order in which the search asks for them. */
function idsOf({ worlds }: EndlessRun, table: string): readonly string[] {
  const ids = worlds.flatMap(({ state }) => Object.keys(state[table] ?? {}));
  return Object.keys(Object.fromEntries(ids.sort().map((id) => [id, true])));
}
