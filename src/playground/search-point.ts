import type { StopReason } from '../checker/result/stop-reason.ts';
import { Search } from '../checker/search/search.ts';
import type { PageResult } from '../explorer/page-data.ts';
import { pagePart } from '../explorer/page-part.ts';
import { reportDocument, type TimedResult } from '../report/report-json.ts';
import { shownPoint } from '../report/shown-point.ts';
import { withReasons } from '../report/with-reasons.ts';
import type { Scenario } from '../spec/scenario.ts';
import { modelFile } from './compile.ts';
import type { Asked } from './points.ts';

/** The clock and the turns of the worker, kept from before a model could replace them. */
export interface Turns {
  /** Seconds since the check began. */
  readonly seconds: () => number;
  /** Resolves when waiting messages have been read. */
  readonly pause: () => Promise<void>;
  /** Why the search must end; undefined while it may go on. */
  readonly stopReason: () => StopReason | undefined;
}

/** The bytes that the states of a search may take. */
const memoryMaxBytes = 1_000_000_000;
/** The intended length of a piece in seconds; a click on Stop waits that long. */
const sliceSeconds = 0.05;

/**
 * Searches a point until it is decided, or until it has to end. `second` is the same scenario from
 * a second copy of the module; the search is compared with it. Throws what the checker throws.
 */
export async function searchPoint(
  { scenario, point }: Asked,
  second: Scenario | undefined,
  turns: Turns,
  onStates: (states: number) => void,
): Promise<TimedResult> {
  const began = turns.seconds();
  const search = new Search(scenario, { parameters: point, memoryMaxBytes });
  let stopReason = turns.stopReason();
  let slice = 1;
  while (stopReason === undefined) {
    const before = turns.seconds();
    if (search.advance(slice)) break;
    const took = turns.seconds() - before;
    if (took > sliceSeconds) slice = Math.max(1, slice >> 1);
    else if (took < sliceSeconds / 2) slice *= 2;
    if (took < sliceSeconds / 16) continue;
    onStates(search.progress().states);
    await turns.pause();
    stopReason = turns.stopReason();
  }
  if (second !== undefined) search.compareWith(second);
  return { result: search.result(stopReason), seconds: turns.seconds() - began };
}

/** The part of a result that the page shows, with the reasons of its counterexamples if asked. */
export function shownResult(asked: Asked, timed: TimedResult, isExplained: boolean): PageResult {
  const { scenario, point, exportName } = asked;
  const explained = isExplained
    ? withReasons(asked, timed, { faults: undefined, graph: false, areShortest: true })
    : timed;
  const shown = shownPoint(scenario, point);
  const advanced = Object.keys(point).filter((name) => !Object.hasOwn(shown, name));
  const extras = { ...explained.extras, advanced, file: modelFile, exportName };
  const [result] = reportDocument([{ ...explained, extras }]).results;
  if (result === undefined) throw new Error('a document has its result');
  return pagePart(result);
}
