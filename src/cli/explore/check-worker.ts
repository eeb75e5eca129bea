import { Console } from 'node:console';
import { parentPort, workerData } from 'node:worker_threads';
import type { Bounds } from '../../explorer/bounds.ts';
import type { Budgets } from '../../explorer/read-address.ts';
import { reportDocument } from '../../report/report-json.ts';
import { scenarios } from '../../scenarios/index.ts';
import type { AnyPoint } from '../../spec/parameters.ts';
import type { Scenario } from '../../spec/scenario.ts';
import { loadCompiled } from '../loading/load-file.ts';
import { copyOf } from '../loading/second-copy.ts';
import type { Origin } from '../loading/selected-scenario.ts';
import { inWords } from '../page/page-result.ts';
import { explainResult } from '../searching/explain-result.ts';
import { problemFrom } from '../searching/problem.ts';
import { runSearch } from '../searching/run-search.ts';
import { guardProcess } from '../system/process-guards.ts';

/** A task for a worker: a check of one scenario at one point. */
export interface CheckTask {
  /** The scenario as it was named on the command line. */
  readonly requestedName: string;
  /** The name of the scenario, if it is one of racewright's own. */
  readonly name?: string;
  /** The module from which the page was made, if the scenario comes from a file. */
  readonly origin?: Origin;
  readonly point: AnyPoint;
  readonly faults: Budgets;
  readonly bounds: Bounds;
  /** The number of bytes that the states may take. */
  readonly memoryMaxBytes?: number;
}

/** The messages of a worker: everything is loaded, progress, the result, or why it cannot check. */
export type CheckMessage =
  | { readonly event: 'ready'; readonly data: object }
  | { readonly event: 'progress'; readonly data: object }
  | { readonly event: 'result'; readonly data: object }
  | { readonly event: 'problem'; readonly data: { readonly message: string } };

// Kept from before `guardProcess`, which takes `parentPort` away.
const port = parentPort;

async function work(task: CheckTask): Promise<void> {
  const { requestedName, origin, point, faults, bounds, memoryMaxBytes } = task;
  const { states, depth, seconds } = bounds;
  const scenario = await scenarioOf(task);
  say({ event: 'ready', data: {} });
  const options = {
    parameters: point,
    faults,
    secondsMax: seconds,
    copy: () => copyOf({ scenario, requestedName, origin }),
    ...(states === undefined ? {} : { statesMax: states }),
    ...(depth === undefined ? {} : { depthMax: depth }),
    ...(memoryMaxBytes === undefined ? {} : { memoryMaxBytes }),
  };
  const stop = { requested: false };
  // Any message during a check means: end with the known verdicts.
  port?.on('message', () => {
    stop.requested = true;
  });
  const timed = await runSearch(scenario, options, stop, (progress) =>
    say({ event: 'progress', data: progress }),
  );
  const job = { scenario, requestedName, point, origin };
  const given = Object.keys(faults).length === 0 ? undefined : faults;
  const explained = explainResult(job, timed, { faults: given, graph: false, areShortest: true });
  const [result] = reportDocument([explained]).results;
  say({ event: 'result', data: result === undefined ? {} : inWords(result) });
}

/** Found by the export of its module, because several scenarios may share a name. */
async function scenarioOf({ name = '', origin, requestedName }: CheckTask): Promise<Scenario> {
  const own = scenarios[name];
  if (origin === undefined && own !== undefined) return own();
  const all = origin === undefined ? [] : await loadCompiled(origin.compiled, origin.file);
  const found = all.find(({ exportName }) => exportName === origin?.exportName);
  if (found === undefined) throw new Error(`'${requestedName}' does not exist any more`);
  return found.scenario;
}

function say(message: CheckMessage): void {
  port?.postMessage(message);
}

// As in the main thread: standard output belongs to the explorer.
globalThis.console = new Console(process.stderr, process.stderr);
guardProcess();
try {
  // Only the explorer starts this file, so the data is a task.
  await work(workerData as CheckTask);
} catch (error) {
  const { what, where, mend } = problemFrom(error);
  const message = [
    where === undefined ? '' : `${where}: `,
    what,
    mend === undefined ? '' : `. ${mend}`,
  ];
  say({ event: 'problem', data: { message: message.join('') } });
}
