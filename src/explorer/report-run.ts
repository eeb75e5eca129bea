import type { TraceRecord } from '../report/document.ts';
import type { Run } from '../report/runs.ts';
import type { AnyPoint } from '../spec/parameters.ts';
import { isAsFound, isBad, type Session } from './session.ts';
import { scheduleOf } from './walk.ts';

/** The walk as a run of a report, for the functions that draw reports. */
export function reportRun(session: Session): Run {
  const { walk, found, walker } = session;
  const asFound = found !== undefined && isAsFound(session);
  const fails = isBad(session, walk.steps.length);
  const why = asFound ? found.run.trace.why : undefined;
  const trace: TraceRecord = {
    init: walk.init,
    initIndex: walk.initIndex,
    steps: walk.steps.map((step) => ({ ...step, actor: step.actor ?? null })),
    schedule: scheduleOf(walk),
    ...(walk.loopsTo === undefined ? {} : { loopsTo: walk.loopsTo }),
    ...(walk.stops === undefined ? {} : { stops: walk.stops }),
    ...(why === undefined ? {} : { why }),
  };
  const name = asFound ? found.run.property.name : 'exploring: no check was run';
  const verdict = fails ? 'violated' : 'holds';
  return {
    // Those functions read only the names and parameters of the result.
    result: {
      scenario: found?.run.result.scenario ?? walker?.scenario.name ?? session.model,
      parameters: shownPoint(session),
      faults: session.faults,
      verdict,
      asExpected: null,
      complete: false,
      states: 0,
      generated: 0,
      levels: 0,
      seconds: 0,
      properties: [],
      ledger: {},
    },
    property: { name, kind: asFound ? found.run.property.kind : 'always', verdict },
    trace,
    failingPart: asFound ? found.run.failingPart : undefined,
  };
}

/** The parameters that the page shows. */
function shownPoint({ found, walker, point }: Session): AnyPoint {
  if (found !== undefined) return found.run.result.shown;
  const { parameters = {} } = walker?.scenario ?? {};
  return Object.fromEntries(
    Object.entries(point).filter(
      ([name, value]) => !parameters[name]?.advanced || parameters[name]?.default !== value,
    ),
  );
}
