import type { PageResult, PageTrace } from '../../explorer/page-data.ts';
import { pagePart } from '../../explorer/page-part.ts';
import { Walker } from '../../explorer/walker.ts';
import type { PropertyRecord, ResultRecord, TraceRecord } from '../../report/document.ts';
import type { Scenario } from '../../spec/scenario.ts';

/** Longer runs are not followed, because that could take seconds. */
const followedMax = 500;

/**
 * The result with the places at which the present model does not follow its runs. It may have
 * changed since the report.
 */
export function comparedWith(scenario: Scenario | undefined, result: PageResult): PageResult {
  if (scenario === undefined) return result;
  const walker = walkerFor(scenario, result);
  const compared = (trace: PageTrace): PageTrace => {
    if (walker === undefined || trace.schedule.length > followedMax) return trace;
    const { refused } = walker.follow(trace.schedule, trace.initIndex);
    return refused === undefined ? trace : { ...trace, refused };
  };
  const properties = result.properties.map(({ trace, others, ...property }) => ({
    ...property,
    ...(trace === undefined ? {} : { trace: compared(trace) }),
    ...(others === undefined
      ? {}
      : { others: others.map((other) => ({ ...other, trace: compared(other.trace) })) }),
  }));
  return { ...result, properties };
}

/** Undefined where the model does not even have these parameters; the page says so. */
function walkerFor(
  scenario: Scenario,
  { parameters, faults }: PageResult,
): Pick<Walker, 'follow'> | undefined {
  try {
    return new Walker(scenario, parameters, faults);
  } catch {
    return undefined;
  }
}

/** The result with its runs as schedules, for a page whose model can follow them. */
export function inWords(result: ResultRecord): PageResult {
  const properties = result.properties.map(({ trace, others: _, ...property }: PropertyRecord) => ({
    ...property,
    ...(trace === undefined ? {} : { trace: scheduleOnly(trace) }),
  }));
  return { ...pagePart(result), properties };
}

function scheduleOnly({ initIndex, schedule, loopsTo, stops, why }: TraceRecord): PageTrace {
  return {
    initIndex,
    schedule,
    ...(loopsTo === undefined ? {} : { loopsTo }),
    ...(stops === undefined ? {} : { stops }),
    ...(why === undefined ? {} : { why }),
  };
}
