import { checkExpectations } from './check-expectations.ts';
import { checkParameters } from './check-parameters.ts';
import { checkSystem, type KnownFlows } from './check-system.ts';
import { checkedDurations, type Durations } from './duration.ts';
import type { AnyPoint, Parameters, Point } from './parameters.ts';
import type { Labels } from './process.ts';
import { quoted, refuse, refuseUnknown } from './refuse.ts';
import { SpecError } from './spec-error.ts';
import type { AnySystem, System } from './system.ts';

/** How the names of the questions begin that the checker adds to every system. */
export type AlwaysAsked = `every run ${string}` | `something can ${string}`;

/**
 * What a scenario expects at one point. Figures that are missing are not compared. Every property
 * that is not in `violates` must hold, so that an expectation leaves nothing open.
 */
export interface Expectation<P extends Parameters = Parameters, N extends string = string> {
  /** A parameter that is missing here has its default. */
  readonly given?: Partial<Point<P>>;
  /**
   * The number of steps of the shortest counterexample, by the name of the violated property; null
   * is not compared.
   */
  readonly violates?: { readonly [property in N | AlwaysAsked]?: number | null };
  /** Distinct states, initial ones included. */
  readonly states?: number;
  /** Initial states and every successor produced, duplicates included. */
  readonly generated?: number;
  /** The number of states on the longest of all shortest paths. */
  readonly levels?: number;
  /** Where the figures come from, or why this is expected. */
  readonly reason?: string;
}

export interface ScenarioOptions<
  S,
  P extends Parameters,
  N extends string = string,
  Ps extends Labels = Labels,
> {
  readonly name: string;
  /** One or two sentences that say why the scenario exists, with the source. */
  readonly about: string;
  readonly parameters?: P;
  /**
   * Returns the reason why a combination of parameters makes no sense, or undefined where it does.
   * An empty text is an error, because it would refuse the point without a reason.
   */
  readonly refuses?: (point: Point<P>) => string | undefined;
  readonly system: (point: Point<P>) => System<S, N, Ps>;
  readonly expect?: readonly Expectation<P, NoInfer<N>>[];
  /** How long steps take, for `simulate --timed`. */
  readonly durations?: Durations;
}

const brand: unique symbol = Symbol.for('racewright/scenario');

declare const known: unique symbol;

/**
 * A scenario as the checker, the command and the reports see it. P are its parameters and N the
 * names of its properties, if the compiler knows them.
 */
export interface Scenario<P extends Parameters = Parameters, N extends string = string> {
  readonly [brand]: true;
  /** Carries the names that a test may use; exists only for the compiler. */
  readonly [known]?: { readonly parameters: P; readonly properties: N };
  readonly name: string;
  readonly about: string;
  readonly parameters: Parameters;
  readonly refuses: (point: AnyPoint) => string | undefined;
  readonly system: (point: AnyPoint) => AnySystem;
  readonly expect: readonly Expectation[];
  /** How long steps take, by `flow.label` or `actor.action`. */
  readonly durations: Durations;
}

const fields: { readonly [field in keyof ScenarioOptions<unknown, Parameters>]-?: true } = {
  name: true,
  about: true,
  parameters: true,
  refuses: true,
  system: true,
  expect: true,
  durations: true,
};

export function makeScenario<
  S,
  const P extends Parameters,
  N extends string = string,
  Ps extends Labels = Labels,
>(options: ScenarioOptions<S, P, N, Ps>, flows?: KnownFlows): Scenario<P, N> {
  if (!/^[a-z][a-z0-9-]*$/.test(options.name)) {
    throw new SpecError({
      what: `'${options.name}' cannot be the name of a scenario`,
      mend: 'Use small letters, digits and hyphens, so that it can be typed on a command line.',
    });
  }
  const where = `scenario '${options.name}'`;
  refuseUnknown(options, Object.keys(fields), 'field of a scenario', where);
  if (typeof options.system !== 'function') {
    refuse(
      where,
      'it has no `system`',
      'Write it like this: system: () => ({ init: () => ({ n: 0 }) })',
    );
  }
  checkParameters(options.parameters ?? {}, where);
  checkExpectations(options.expect, options.parameters ?? {}, where);
  const scenario: Scenario<P, N> = {
    [brand]: true,
    name: options.name,
    about: options.about,
    // Frozen copies: a model that changed the originals would be checked at another point than the
    // report says.
    parameters: frozenCopy(options.parameters ?? {}),
    // The types are forgotten here: `pointOf` checks a point against the parameters before.
    refuses: (point: AnyPoint) =>
      checkRefusal(options.refuses?.(frozenCopy(point) as Point<P>), where),
    system: (point: AnyPoint) =>
      checkSystem(
        options.system(frozenCopy(point) as Point<P>) as unknown as AnySystem,
        where,
        flows,
      ),
    expect: frozenCopy((options.expect ?? []) as unknown as readonly Expectation[]),
    durations: checkedDurations(options.durations ?? {}, where),
  };
  return Object.freeze(scenario);
}

/** Returns the reason or undefined. Throws a SpecError for any other value. */
function checkRefusal(given: unknown, where: string): string | undefined {
  if (given === undefined || (typeof given === 'string' && given.trim() !== '')) return given;
  refuse(
    `${where}, refuses`,
    `it returned ${quoted(given)} in place of a reason`,
    'Say why the point makes no sense, or return undefined where it does.',
  );
}

/** A copy of plain data, frozen in all its parts. */
function frozenCopy<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return Object.freeze(value.map(frozenCopy)) as T;
  const entries = Object.entries(value).map(([key, part]) => [key, frozenCopy(part)] as const);
  return Object.freeze(Object.fromEntries(entries)) as T;
}

/** True for a value that `scenario(…)` returned, even from another copy of this package. */
export function isScenario(value: unknown): value is Scenario {
  return typeof value === 'object' && value !== null && brand in value;
}
