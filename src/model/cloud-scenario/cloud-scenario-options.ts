import type { FlowLabel } from '../../spec/fairness.ts';
import type { Parameters, Point } from '../../spec/parameters.ts';
import type { Process } from '../../spec/process.ts';
import type { Property } from '../../spec/questions.ts';
import type { Expectation } from '../../spec/scenario.ts';
import type { Symmetry } from '../../spec/symmetry.ts';
import type { FaultName } from '../faults/faults.ts';
import type { ReleaseName } from '../releases/release-names.ts';
import type { Switches } from '../releases/switches.ts';
import type { Cloud } from '../world/cloud.ts';
import type { Entities } from './entities.ts';

/** Whose progress liveness assumes: that of the services alone, or of the operators as well. */
export type Liveness = 'services' | 'operators';

/** A scenario in the cloud: its entities, the requests, and the faults. */
export interface CloudScenarioOptions<P extends Parameters> {
  readonly name: string;
  /** Why this scenario is worth a file: one or two sentences, with the source. */
  readonly about: string;
  /**
   * The release when the user names none; or, for a scenario whose own parameters decide it, a
   * function of these.
   */
  readonly release: ReleaseName | ((point: Point<P>) => ReleaseName);
  /** The switches that this scenario sets whatever the release: its site, or a library version. */
  readonly site?: Partial<Switches> | ((point: Point<P>) => Partial<Switches>);
  readonly parameters?: P;
  readonly refuses?: (point: Point<P>, release: Switches) => string | undefined;
  readonly entities: (point: Point<P>) => Entities;
  /** The processes with which it begins: the requests of users and operators, by id. */
  readonly operations: (point: Point<P>, release: Switches) => { readonly [pid: string]: Process };
  /** Budgets of faults that belong to the scenario; all others are 0. */
  readonly faults?: (point: Point<P>) => {
    readonly [fault in FaultName]?: number;
  };
  /**
   * The labels at which the service of a process may die, once: a crash in a window that has a
   * name.
   */
  readonly crashes?: (point: Point<P>) => readonly FlowLabel[];
  /**
   * Asks the liveness properties (docs/openstack.md 11.3) as well. 'services': processes go on,
   * operators need not; 'operators': operators take every step that they may take.
   */
  readonly liveness?: Liveness | ((point: Point<P>) => Liveness | undefined);
  /** The states that must be possible, so that no property holds because nothing happens. */
  readonly reachable?: readonly Property<Cloud>[];
  /** Servers, volumes and requests that may be exchanged; `alikeNames` lists their names. */
  readonly symmetry?: (point: Point<P>) => Symmetry;
  readonly expect?: readonly Expectation[];
}
