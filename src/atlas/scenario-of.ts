import { cloudScenario } from '../model/cloud-scenario/cloud-scenario.ts';
import { lacksMultiattach } from '../model/cloud-scenario/refusals.ts';
import type { FaultName } from '../model/faults/faults.ts';
import type { ReleaseName } from '../model/releases/release-names.ts';
import { switchesOf } from '../model/releases/releases.ts';
import type { Switches } from '../model/releases/switches.ts';
import { assertPresent } from '../model/world/assert-present.ts';
import { type Cloud, cloud } from '../model/world/cloud.ts';
import { defaultPoint } from '../spec/parameters.ts';
import type { Process, ProcessTable } from '../spec/process.ts';
import type { Property } from '../spec/questions.ts';
import type { Scenario } from '../spec/scenario.ts';
import type { AnySystem } from '../spec/system.ts';
import { anyFault, hasHappened } from './any-fault.ts';
import type { Configuration } from './configurations.ts';
import { type RequestName, requests } from './requests.ts';

/** One or two requests where they can meet. */
export interface Question {
  readonly names: readonly RequestName[];
  readonly configuration: Configuration;
  readonly release: ReleaseName;
}

/** The question whether all requests are in flight at once. */
export const meets = 'the requests are in flight at the same time';

/**
 * The question as a scenario of its own, in which faults can get budgets. `check`, `replay` and
 * `explore` show a cell as a run of it.
 */
export function scenarioOf({ names, configuration, release }: Question): Scenario {
  const { entities, meeting } = configuration;
  return cloudScenario({
    name: ['atlas', ...names, configuration.name].join('--'),
    about: names.map((name) => requests[name].about).join('; '),
    release,
    refuses: (_point, switches) =>
      meeting === 'shared' || meeting === 'hosts' ? lacksMultiattach(switches) : undefined,
    entities: () => entities,
    operations: (_point, switches) => processesOf(names, configuration, switches),
    reachable: [meet(names, processesOf(names, configuration, switchesOf(release)))],
  });
}

/** The same with any one of these faults, and with properties of its own. */
export function withAnyFault(
  question: Question,
  faults: readonly FaultName[],
  properties: readonly Property<Cloud>[],
  stuck: 'asked' | 'not_asked',
): Scenario {
  const scenario = scenarioOf(question);
  return cloud.scenario({
    name: scenario.name,
    about: scenario.about,
    parameters: {},
    refuses: () => scenario.refuses(defaultPoint(scenario.parameters)),
    system: () => {
      const { processes = {}, final, fairness = [], ...rest } = systemOf(scenario);
      const init = rest.init as () => Cloud;
      return {
        init: () => ({ ...init(), happened: { fault: '' } }),
        processes,
        faults: [anyFault(faults)],
        properties,
        fairness,
        final: stuck === 'asked' ? (final as 'anywhere') : 'anywhere',
      };
    },
  });
}

/** The properties of the model, without the `reachable` ones. */
export const propertiesOf = (question: Question): readonly Property<Cloud>[] =>
  (systemOf(scenarioOf(question)).properties ?? []).filter(
    ({ kind }) => kind !== 'reachable',
  ) as readonly Property<Cloud>[];

/** Whether a fault can happen at all. */
export const happens = (fault: FaultName): Property<Cloud> =>
  cloud.reachable(fault, (state) => hasHappened(state, fault));

const systemOf = (scenario: Scenario): AnySystem =>
  scenario.system(defaultPoint(scenario.parameters));

function processesOf(
  names: readonly RequestName[],
  { places }: Configuration,
  switches: Switches,
): { readonly [pid: string]: Process } {
  const processes = names.map((name, i) => {
    const pid = pidOf(names, i);
    const place = assertPresent(places[i], `the place of '${pid}'`);
    return [pid, requests[name].start(place, switches)] as const;
  });
  return Object.fromEntries(processes);
}

/** A request that stands twice in a question gets a number. */
function pidOf(names: readonly RequestName[], i: number): string {
  const name = assertPresent(names[i], 'a request');
  return names.indexOf(name) === names.lastIndexOf(name) ? name : `${name}${i + 1}`;
}

function meet(
  names: readonly RequestName[],
  processes: { readonly [pid: string]: Process },
): Property<Cloud> {
  const begun = Object.entries(processes).map(([pid, { flow }], i) => {
    const name = assertPresent(names[i], `the request '${pid}'`);
    return { pid, first: flow.labels[0], accepted: requests[name].accepted };
  });
  return cloud.reachable(meets, (state, table) =>
    begun.every(({ pid, first, accepted }) =>
      accepted === undefined ? isUnderWay(table, pid, first) : accepted(state),
    ),
  );
}

/** A request has taken its first step, and it or a process that it has started is not done. */
function isUnderWay(processes: ProcessTable, pid: string, first: string | undefined): boolean {
  const at = processes[pid]?.at;
  if (at === first) return false;
  if (at !== 'done') return true;
  return Object.entries(processes).some(
    ([id, process]) => id.startsWith(`${pid}/`) && process?.at !== 'done',
  );
}
