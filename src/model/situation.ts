import type { FlowLabel } from '../spec/fairness.ts';
import { choice, type Parameter, type Parameters, type Point } from '../spec/parameters.ts';
import type { Process } from '../spec/process.ts';
import type { Property } from '../spec/questions.ts';
import type { Expectation, Scenario } from '../spec/scenario.ts';
import { type Cloud, cloud } from './cloud.ts';
import { crashAt, type FaultName, faults } from './faults.ts';
import { alwaysProperties } from './properties/always.ts';
import { atRestProperties } from './properties/at-rest.ts';
import { newestRelease, type ReleaseName, releaseNames, switchesOf } from './releases.ts';
import { isAtRest } from './services.ts';
import { cloudWith, type Entities } from './start.ts';
import { type Switches, switchNames, switchTexts } from './switches.ts';

/** The value of a switch parameter that leaves the switch to the release. */
const asReleased = 'as-released';

/** A situation in the cloud: which entities there are, what is asked of them, and what may go wrong. */
export interface SituationText<P extends Parameters> {
  readonly name: string;
  /** Why this situation is worth a file: one or two sentences, with the source. */
  readonly about: string;
  /** The release when nobody names one; or, for a situation with parameters of its own for it, how to tell. */
  readonly release: ReleaseName | ((point: Point<P>) => ReleaseName);
  /** What this situation assumes whatever the release: its site, or a library version. */
  readonly site?: Partial<Switches> | ((point: Point<P>) => Partial<Switches>);
  readonly parameters?: P;
  readonly refuses?: (point: Point<P>) => string | undefined;
  readonly entities: (point: Point<P>) => Entities;
  /** The processes with which it begins: the requests of users and operators, by id. */
  readonly operations: (point: Point<P>, release: Switches) => { readonly [pid: string]: Process };
  /** Budgets of faults that belong to the situation; all others are 0. */
  readonly faults?: (point: Point<P>) => { readonly [fault in FaultName]?: number };
  /** The labels at which the service that stands there may die, once: a crash in a window that has a name. */
  readonly crashes?: (point: Point<P>) => readonly FlowLabel[];
  /** What must be possible, so that no property holds because nothing happens. */
  readonly reachable: readonly Property<Cloud>[];
  readonly expect: readonly Expectation[];
}

/**
 * A scenario of the cloud. Beside its own parameters it has `release`, and every switch of switches.ts, which is as
 * released unless it is set. All properties of DOMAIN.md 11 are asked, and all faults can be given a budget.
 */
export function situation<const P extends Parameters = Record<never, never>>(
  text: SituationText<P>,
): Scenario {
  return cloud.scenario({
    name: text.name,
    about: text.about,
    parameters: {
      ...text.parameters,
      ...releaseParameter(text.release),
      ...switchParameters(),
    },
    // The point has the parameters of the text and those that were added here.
    refuses: (all) => text.refuses?.(all as unknown as Point<P>),
    system: (all) => {
      const point = all as unknown as Point<P>;
      const release =
        typeof text.release === 'function' ? text.release(point) : releaseNamed(all['release']);
      const site = typeof text.site === 'function' ? text.site(point) : text.site;
      const switches = { ...switchesOf(release), ...site, ...overridden(all) };
      return {
        init: () => cloudWith(switches, text.entities(point)),
        processes: text.operations(point, switches),
        faults: withBudgets(text.faults?.(point) ?? {}, text.crashes?.(point)),
        properties: [...alwaysProperties, ...atRestProperties, ...text.reachable],
        final: (state, table) => isAtRest(table, state),
      };
    },
    expect: text.expect,
  });
}

const withBudgets = (
  budgets: { readonly [fault in FaultName]?: number },
  crashes: readonly FlowLabel[] | undefined,
) =>
  Object.entries(faults).map(([name, fault]) =>
    name === 'crash' && crashes !== undefined
      ? crashAt(crashes)
      : fault.atMost(budgetOf(budgets, name)),
  );

const budgetOf = (budgets: { readonly [fault: string]: number | undefined }, name: string) =>
  budgets[name] ?? 0;

const releaseParameter = (release: unknown): Record<string, Parameter> =>
  typeof release === 'function'
    ? {}
    : {
        release: choice(releaseNames, {
          default: releaseNamed(release),
          about: 'the release of OpenStack',
        }),
      };

/** The release of that name; the checker accepts no other value. */
const releaseNamed = (name: unknown): ReleaseName =>
  releaseNames.find((known) => known === name) ?? newestRelease;

function switchParameters(): Record<string, Parameter> {
  const entries = Object.entries(switchTexts).map(([name, { values, about }]) => {
    const parameter = { values: [asReleased, ...values], default: asReleased, about, aside: true };
    return [name, parameter] as const;
  });
  return Object.fromEntries(entries);
}

/** The switches that were set by hand. */
function overridden(point: { readonly [name: string]: unknown }): Partial<Switches> {
  const set = switchNames.filter((name) => point[name] !== asReleased);
  // Each value is one of those of its own switch: the checker accepts no other.
  return Object.fromEntries(set.map((name) => [name, point[name]])) as Partial<Switches>;
}
