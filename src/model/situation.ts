import type { FlowLabel } from '../spec/fairness.ts';
import {
  type AnyPoint,
  choice,
  type Parameter,
  type Parameters,
  type Point,
} from '../spec/parameters.ts';
import type { Process } from '../spec/process.ts';
import type { Property } from '../spec/questions.ts';
import type { Expectation, Scenario } from '../spec/scenario.ts';
import { checkEntities } from './check-entities.ts';
import {
  checkBudgets,
  checkCrashes,
  checkOperations,
  checkRelease,
  checkSite,
  checkText,
} from './check-situation.ts';
import { type Cloud, cloud } from './cloud.ts';
import { type FaultName, faults } from './faults.ts';
import { alwaysProperties } from './properties/always.ts';
import { atRestProperties } from './properties/at-rest.ts';
import { livenessProperties, operatorsAct, operatorsNeedNotAct } from './properties/liveness.ts';
import { lacksRequest } from './refusals.ts';
import { type ReleaseName, releaseNames, switchesOf } from './releases.ts';
import { crashAt } from './service-faults.ts';
import { nothingInFlight } from './services.ts';
import { cloudWith, type Entities } from './start.ts';
import { type Switches, switchNames, switchTexts } from './switches.ts';

/** The value of a switch parameter that leaves the switch to the release. */
const asReleased = 'as-released';

/** Who is assumed to go on: the services alone, or the operators as well. */
export type Liveness = 'services' | 'operators';

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
  readonly refuses?: (point: Point<P>, release: Switches) => string | undefined;
  readonly entities: (point: Point<P>) => Entities;
  /** The processes with which it begins: the requests of users and operators, by id. */
  readonly operations: (point: Point<P>, release: Switches) => { readonly [pid: string]: Process };
  /** Budgets of faults that belong to the situation; all others are 0. */
  readonly faults?: (point: Point<P>) => { readonly [fault in FaultName]?: number };
  /** The labels at which the service that stands there may die, once: a crash in a window that has a name. */
  readonly crashes?: (point: Point<P>) => readonly FlowLabel[];
  /**
   * Asks what must come true in the end (docs/openstack.md 11.3) as well. 'services': processes go
   * on, operators need not; 'operators': they do what they may do.
   */
  readonly liveness?: Liveness | ((point: Point<P>) => Liveness | undefined);
  /** What must be possible, so that no property holds because nothing happens. */
  readonly reachable?: readonly Property<Cloud>[];
  readonly expect?: readonly Expectation[];
}

/**
 * A scenario of the cloud. Beside its own parameters it has `release`, and every switch of switches.ts, which is as
 * released unless it is set. All properties of docs/openstack.md 11 are asked, and all faults can
 * be given a budget.
 */
export function situation<const P extends Parameters = Record<never, never>>(
  text: SituationText<P>,
): Scenario {
  checkText(text, placeOf(text));
  return cloud.scenario({
    name: text.name,
    about: text.about,
    parameters: {
      ...text.parameters,
      ...releaseParameter(text),
      ...switchParameters(),
    },
    refuses: (all) => {
      const { point, switches } = placed(text, all);
      const requests = Object.values(operationsOf(text, point, switches));
      return text.refuses?.(point, switches) ?? lacksRequest(requests, switches);
    },
    system: (all) => {
      const { point, switches } = placed(text, all);
      const entities = text.entities(point);
      checkEntities(entities, placeOf(text));
      const live = typeof text.liveness === 'function' ? text.liveness(point) : text.liveness;
      return {
        init: () => cloudWith(switches, entities),
        processes: operationsOf(text, point, switches),
        faults: faultsOf(text, point),
        properties: [
          ...alwaysProperties,
          ...atRestProperties,
          ...(live === undefined ? [] : livenessProperties),
          ...(text.reachable ?? []),
        ],
        fairness: live === 'operators' ? operatorsAct : operatorsNeedNotAct,
        final: nothingInFlight,
      };
    },
    expect: text.expect ?? [],
  });
}

/** Where a message says that something is wrong with a situation. */
const placeOf = ({ name }: { readonly name: string }): string => `scenario '${name}'`;

const operationsOf = <P extends Parameters>(
  text: SituationText<P>,
  point: Point<P>,
  switches: Switches,
) => checkOperations(text.operations(point, switches), placeOf(text));

function faultsOf<P extends Parameters>(text: SituationText<P>, point: Point<P>) {
  const budgets = text.faults?.(point) ?? {};
  const crashes = text.crashes?.(point);
  checkBudgets(budgets, placeOf(text));
  checkCrashes(crashes ?? [], placeOf(text));
  return withBudgets(budgets, crashes);
}

/** The point as the text knows it, and the switches there: of the release, of the site, and those that were set by hand. */
function placed<P extends Parameters>(
  text: SituationText<P>,
  all: AnyPoint,
): { point: Point<P>; switches: Switches } {
  // The point has the parameters of the text and those that were added here.
  const point = all as unknown as Point<P>;
  const release = typeof text.release === 'function' ? text.release(point) : all['release'];
  const site = typeof text.site === 'function' ? text.site(point) : text.site;
  const where = placeOf(text);
  const released = switchesOf(checkRelease(release, where));
  const assumed = site === undefined ? {} : checkSite(site, where);
  return { point, switches: { ...released, ...assumed, ...overridden(all) } };
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

const releaseParameter = <P extends Parameters>({
  release,
}: SituationText<P>): Record<string, Parameter> =>
  typeof release === 'function'
    ? {}
    : { release: choice(releaseNames, { default: release, about: 'the release of OpenStack' }) };

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
