import { SpecError } from '../../spec/spec-error.ts';
import type { Actor } from '../evaluate/actors.ts';
import type { Evaluator } from '../evaluate/evaluate.ts';
import type { Evaluated } from '../evaluate/evaluated.ts';
import { sameOutcomes } from '../evaluate/second-evaluation.ts';
import type { Machine } from '../transitions/machine.ts';

/** What is remembered of one step of an actor. */
interface Remembered {
  readonly actor: Actor;
  readonly evaluated: Evaluated;
}

/** The share of a search's evaluations that is repeated, and the least number. */
const share = 0.015;
const least = 32;

/**
 * The first and the last memoised step of each label of each actor, or a sample of them where they
 * cost more than a small share of the search. Everything else was evaluated between the two, so a
 * trace that a step leaves outside of the state shows in one of them.
 */
export function remembered(machine: Machine): readonly Remembered[] {
  const all = ends(machine);
  const most = Math.max(least, Math.floor(machine.counters.evaluations * share));
  const stride = Math.max(1, Math.ceil(all.length / most));
  return all.filter((_, i) => i % stride === 0);
}

function ends(machine: Machine): readonly Remembered[] {
  return machine.actors.flatMap((actor, i) => {
    const first = new Map<string, Evaluated>();
    const last = new Map<string, Evaluated>();
    for (const leaf of machine.leavesOf[i] ?? []) {
      const evaluated = machine.leaves.evaluated[leaf] as Evaluated;
      if (evaluated.where === '') continue;
      if (!first.has(evaluated.where)) first.set(evaluated.where, evaluated);
      else last.set(evaluated.where, evaluated);
    }
    return [...first.values(), ...last.values()].map((evaluated) => ({ actor, evaluated }));
  });
}

/**
 * Evaluates memoised steps again, in the given order. Throws a SpecError where the result differs.
 * `actorOf` gives the actor that takes the step now, if there is one.
 */
export function lookAgain(
  all: readonly Remembered[],
  evaluator: Evaluator,
  actorOf: (actor: Actor) => Actor | undefined,
  broken: (evaluated: Evaluated) => SpecError,
): void {
  for (const { actor, evaluated } of all) {
    // A flow that a step starts is known only once that step was evaluated.
    if (evaluated.flow !== undefined && !evaluator.flows.has(evaluated.flow)) continue;
    const now = actorOf(actor);
    if (now === undefined) continue;
    const again = evaluator.step(now, sourceOf(evaluated));
    if (!sameOutcomes(evaluated, again)) throw broken(evaluated);
  }
}

/**
 * The state in which the evaluation was made. A slot that it did not read appeared later and held
 * number 0.
 */
function sourceOf({ order, numbers }: Evaluated): { numberOf: (slot: number) => number } {
  const known = new Map(order.map((slot, i) => [slot, numbers[i] as number]));
  return { numberOf: (slot) => known.get(slot) ?? 0 };
}

/** The error for a step that behaves differently in another copy of its module. */
export function impureCopy(scenario: string, where: string): SpecError {
  return new SpecError({
    what: 'uncontrolled nondeterminism: in a second copy of the module, on the same state, it did something else',
    where: `scenario '${scenario}', ${where}`,
    mend: 'A model may depend on nothing but the state: look for a variable or an object outside that changes, or for a constant that is drawn while the file is loaded.',
  });
}
