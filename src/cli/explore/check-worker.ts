import { parentPort, workerData } from 'node:worker_threads';
import type { Bounds } from '../../explorer/bounds.ts';
import { type Budgets, pointFrom } from '../../explorer/share-link.ts';
import { reportDocument } from '../../report/report-json.ts';
import { refuseExit } from '../ending.ts';
import { explainResult } from '../explain-result.ts';
import { findScenario } from '../find-scenarios.ts';
import { runSearch } from '../run-search.ts';
import { problemOf } from '../wrong-usage.ts';
import { inWords } from './page-result.ts';

/** What the explorer asks of a worker: a check of one scenario at one point. */
export interface CheckTask {
  /** The scenario as it was named on the command line. */
  readonly typed: string;
  /** Values by parameter, as text. */
  readonly set: { readonly [name: string]: string };
  readonly faults: Budgets;
  readonly bounds: Bounds;
}

/** What a worker says: how far it is, what it found, or why it cannot check. */
export type CheckMessage =
  | { readonly event: 'progress'; readonly data: object }
  | { readonly event: 'result'; readonly data: object }
  | { readonly event: 'problem'; readonly data: { readonly message: string } };

async function work({ typed, set, faults, bounds }: CheckTask): Promise<void> {
  const { scenario } = await findScenario(typed);
  const point = pointFrom(scenario, set);
  const { states, depth, seconds } = bounds;
  const options = {
    parameters: point,
    faults,
    secondsMax: seconds,
    ...(states === undefined ? {} : { statesMax: states }),
    ...(depth === undefined ? {} : { depthMax: depth }),
  };
  const stop = { requested: false };
  // Whatever the explorer says while a check runs means that it shall end with what is known.
  parentPort?.on('message', () => {
    stop.requested = true;
  });
  const timed = await runSearch(scenario, options, stop, (progress) =>
    say({ event: 'progress', data: progress }),
  );
  const job = { scenario, typed, point };
  const given = Object.keys(faults).length === 0 ? undefined : faults;
  const explained = explainResult(job, timed, { faults: given, graph: false, areShortest: true });
  const [result] = reportDocument([explained]).results;
  say({ event: 'result', data: result === undefined ? {} : inWords(result) });
}

function say(message: CheckMessage): void {
  parentPort?.postMessage(message);
}

refuseExit();
try {
  // Only the explorer starts this file, with a task.
  await work(workerData as CheckTask);
} catch (error) {
  const { what, where, mend } = problemOf(error) ?? { what: String(error) };
  const message = [
    where === undefined ? '' : `${where}: `,
    what,
    mend === undefined ? '' : `. ${mend}`,
  ];
  say({ event: 'problem', data: { message: message.join('') } });
}
