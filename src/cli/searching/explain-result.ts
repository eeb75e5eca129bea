import { recipesOf } from '../../checker/runs/recipes.ts';
import type { TimedResult } from '../../report/report-json.ts';
import { tracesOf, type Wanted, withReasons } from '../../report/with-reasons.ts';
import { sourcesOf } from '../loading/step-sources.ts';
import { factsOf } from './job-facts.ts';
import type { Job } from './jobs.ts';

/**
 * The result with the reasons of each counterexample, the places of its steps, and what names the
 * check in a report. Throws a SpecError when the model is broken.
 */
export function explainResult(job: Job, timed: TimedResult, wanted: Wanted): TimedResult {
  const { scenario, point } = job;
  const { faults } = wanted;
  const options = { parameters: point, ...(faults === undefined ? {} : { faults }) };
  const explained = withReasons(job, timed, wanted);
  const traces = tracesOf(explained.result.properties);
  const sources = sourcesOf(recipesOf(scenario, traces, options));
  return { ...explained, extras: { ...explained.extras, ...factsOf(job), sources } };
}
