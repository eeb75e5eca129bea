import type { Scenario } from '../../spec/scenario.ts';
import { actorName } from '../evaluate/actors.ts';
import { pointOf } from '../evaluate/point.ts';
import { failingAt } from '../properties/failing-at.ts';
import type { PropertyResult, Trace, WorldState } from '../result/result.ts';
import type { ReplayOptions } from '../runs/replay.ts';
import { type Candidate, type Stepper, stepperFor, type Vector } from '../runs/stepper.ts';
import { isDeadlock } from '../runs/stuck.ts';
import { vectorKey } from '../state/vector-key.ts';
import type { Move } from './schedules.ts';

/**
 * A state at its distance from the initial one. For each actor that can take the last step of a
 * shortest run, it has the best such run.
 */
interface Node {
  readonly vector: Vector;
  readonly ways: Map<string | undefined, Way>;
}

/** The last step of the best run, with the fewest switches, that ends with a step of one actor. */
interface Way {
  readonly switches: number;
  readonly move: Move | undefined;
  readonly candidate: Candidate | undefined;
  readonly from: Node | undefined;
  readonly before: Way | undefined;
}

type Level = ReadonlyMap<string, Node>;

/**
 * All shortest runs from one initial state, level by level: for each state and each last actor, the
 * run with the fewest switches between actors. Further switches depend only on the state and the
 * last actor, so this finds the fewest of all shortest runs. It grows as far as it is asked.
 */
export class ShortestRuns {
  readonly #scenario: Scenario;
  readonly #options: ReplayOptions;
  readonly #stepper: Stepper;
  readonly #statesMax: number;
  readonly #levels: Level[];
  readonly #seen = new Set<string>();

  constructor(
    scenario: Scenario,
    initIndex: number,
    options: ReplayOptions & { readonly statesMax: number },
  ) {
    const { stepper, initial } = stepperFor(scenario, options);
    const vector = initial[initIndex] ?? [];
    const start: Way = {
      switches: -1,
      move: undefined,
      candidate: undefined,
      from: undefined,
      before: undefined,
    };
    // The first step is no switch, whoever takes it.
    const ways = new Map([[noActor, start]]);
    this.#scenario = scenario;
    this.#options = options;
    this.#stepper = stepper;
    this.#statesMax = options.statesMax;
    this.#levels = [new Map([[vectorKey(vector), { vector, ways }]])];
    this.#seen.add(vectorKey(vector));
  }

  /**
   * The moves of a shortest counterexample that fails in the same part of the property, with the
   * fewest switches. Undefined when there are more states than the bound. For `isLost` see
   * `Schedules`.
   */
  fewestSwitches(
    property: Pick<PropertyResult, 'name' | 'kind'>,
    trace: Trace,
    isLost?: (world: WorldState) => boolean,
  ): readonly Move[] | undefined {
    const judge = this.#judge(property, isLost);
    const wanted = judge.ofTrace(trace);
    // For a step property the last step fails, and it may lead back to a state of a shorter run.
    const isStep = property.kind === 'step';
    const length = trace.steps.length;
    const level = this.#level(isStep ? length - 1 : length);
    if (level === undefined || wanted === undefined) return undefined;
    const ends = isStep
      ? [...level.values()].flatMap((node) => this.#onwards(node))
      : [...level.values()].map((node) => ({ vector: node.vector, ways: [...node.ways.values()] }));
    let best: Way | undefined;
    for (const { vector, ways } of ends) {
      const better = ways.filter(({ switches }) => best === undefined || switches < best.switches);
      for (const way of better) if (judge.failing(vector, way) === wanted) best = fewer(best, way);
    }
    return best === undefined ? undefined : movesTo(best);
  }

  #level(number: number): Level | undefined {
    while (this.#levels.length <= number) {
      const last = this.#levels.at(-1);
      if (last === undefined || this.#seen.size > this.#statesMax) return undefined;
      const next = new Map<string, Node>();
      for (const node of last.values()) this.#grow(node, next);
      for (const key of next.keys()) this.#seen.add(key);
      this.#levels.push(next);
    }
    return this.#levels[number];
  }

  #grow(node: Node, next: Map<string, Node>): void {
    for (const { vector, ways } of this.#onwards(node)) {
      const key = vectorKey(vector);
      if (this.#seen.has(key)) continue;
      const found = next.get(key) ?? { vector, ways: new Map() };
      next.set(key, found);
      for (const way of ways) {
        const actor = way.move?.actor;
        found.ways.set(actor, fewer(found.ways.get(actor), way));
      }
    }
  }

  /** The next states, each with the best ways to reach it. */
  #onwards(node: Node): readonly { readonly vector: Vector; readonly ways: readonly Way[] }[] {
    return this.#stepper.enabled(node.vector).map((candidate) => {
      const { entry, evaluated } = candidate;
      const actor = actorName(candidate.actor);
      const move = { actor, label: evaluated.label, entry };
      let best: Way | undefined;
      for (const [last, before] of node.ways) {
        const switches = before.switches + (last === actor ? 0 : 1);
        best = fewer(best, { switches, move, candidate, from: node, before });
      }
      const ways = best === undefined ? [] : [best];
      return { vector: this.#stepper.after(node.vector, candidate.outcome), ways };
    });
  }

  /** The failing part of the property as a text; undefined where the property holds. */
  #judge(
    { name, kind }: Pick<PropertyResult, 'name' | 'kind'>,
    isLost: ((world: WorldState) => boolean) | undefined,
  ) {
    const stepper = this.#stepper;
    const system = this.#scenario.system(this.#point());
    const only = (system.properties ?? []).filter((property) => property.name === name);
    const asked = { ...system, properties: only };
    const failing = (vector: Vector, { from, candidate }: Way): string | undefined => {
      const world = stepper.world(vector);
      if (kind === 'deadlock') {
        const fails = isLost?.(world) ?? isDeadlock(system, world, stepper.enabled(vector));
        return fails ? 'deadlock' : undefined;
      }
      const reached =
        from === undefined || candidate === undefined
          ? undefined
          : { before: stepper.world(from.vector), step: stepper.describe(from.vector, candidate) };
      const [first] = failingAt(asked, world, reached);
      return first === undefined ? undefined : `part ${first.part ?? ''}`;
    };
    return {
      failing,
      ofTrace: ({ init, steps }: Trace): string | undefined => {
        if (kind === 'deadlock') return 'deadlock';
        const step = steps.at(-1);
        const before = steps.at(-2)?.state ?? init;
        const reached = step === undefined ? undefined : { before, step };
        const [first] = failingAt(asked, step?.state ?? init, reached);
        return first === undefined ? undefined : `part ${first.part ?? ''}`;
      },
    };
  }

  #point(): NonNullable<ReplayOptions['parameters']> {
    return pointOf(this.#scenario, this.#options.parameters);
  }
}

/**
 * A name that no actor has. The actor of an action may be undefined, so that cannot mark the start.
 */
const noActor = '\u0000';

function fewer(one: Way | undefined, other: Way): Way {
  return one === undefined || other.switches < one.switches ? other : one;
}

function movesTo(way: Way): readonly Move[] {
  const moves: Move[] = [];
  for (let at: Way | undefined = way; at?.move !== undefined; at = at.before) moves.push(at.move);
  return moves.reverse();
}
