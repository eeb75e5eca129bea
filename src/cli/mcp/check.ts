import type { TimedResult } from '../../report/report-json.ts';
import { warningsOf } from '../../report/warnings.ts';
import { CliUsageError } from '../arguments/cli-usage-error.ts';
import { findScenarios } from '../loading/find-scenarios.ts';
import { jobsExpected } from '../searching/jobs.ts';
import type { SearchOptions } from '../searching/search-run.ts';
import { withinBudget } from '../searching/within-budget.ts';
import { budgets, type Call, pointsAt, type Reply, remember } from './call.ts';
import { facts, violation } from './describe.ts';
import { gridReply, type Job, type Row } from './grid-reply.ts';
import { nextAfter } from './next-call.ts';
import { searchOne, searchSeconds, withinCall, withReasons } from './search-point.ts';
import type { ToolArguments } from './tool-schemas.ts';

type Asked = ToolArguments<'check'>;

/** Reasons beyond the first few are for `why`. */
const reasonsMax = 3;

/** The tool `check`: one point in full, or a grid of points. */
export async function check(asked: Asked, call: Call): Promise<Reply> {
  const jobs = await jobsOf(asked);
  const [only] = jobs;
  if (only !== undefined && jobs.length === 1) return checkOne(asked, only, call);
  const rows: Row[] = [];
  const options = (job: Job) => ({
    ...optionsOf(asked, job),
    ...withinCall(call, job, {}),
    secondsMax: undefined,
  });
  const how = { run: searchOne(call), stop: call.stop, seconds: searchSeconds(call) };
  for await (const { job, searched, problem } of withinBudget(jobs, options, how)) {
    rows.push({ job, ...(searched && { searched }), ...(problem && { problem }) });
    if (searched !== undefined) keep(asked, job, searched, call);
  }
  return gridReply(asked, rows, jobs.length);
}

/** The points that the arguments stand for. Throws CliUsageError. */
async function jobsOf({ scenario, parameters, expected }: Asked): Promise<readonly Job[]> {
  if (expected !== true) {
    const { chosen, points } = await pointsAt(scenario, parameters);
    if (points.length === 1) return points.map((point) => ({ ...chosen, point }));
    const accepted = points.filter((point) => chosen.scenario.refuses(point) === undefined);
    if (accepted.length > 0) return accepted.map((point) => ({ ...chosen, point }));
    throw new CliUsageError({ what: `the scenario refuses all ${points.length} points` });
  }
  if (parameters === undefined) return jobsExpected(await findScenarios(scenario));
  throw new CliUsageError({
    what: 'expected: true checks the points of the expectations, so there are no parameters to set',
    mend: 'Leave one of the two out.',
  });
}

function optionsOf(asked: Asked, { scenario, point }: Job): SearchOptions {
  const { states, depth } = asked;
  return {
    parameters: point,
    ...budgets(scenario, point, asked),
    ...(states === undefined ? {} : { statesMax: states }),
    ...(depth === undefined ? {} : { depthMax: depth }),
  };
}

async function checkOne(asked: Asked, job: Job, call: Call): Promise<Reply> {
  const options = optionsOf(asked, job);
  const { faults } = options;
  const run = searchOne(call);
  const all = () => withinCall(call, job, options);
  const { searched, problem } = await run(job, all, { number: 1, of: 1 });
  if (searched === undefined) return { error: problem };
  const { timed, problem: unexplained } =
    searched.result.verdict === 'violated'
      ? withReasons(call, job, job.point, searched, faults)
      : { timed: searched, problem: undefined };
  const { result, seconds, extras } = timed;
  const broken = result.properties.filter(({ verdict }) => verdict === 'violated');
  keep(asked, job, timed, call);
  const { parameters, ...named } = asked;
  return {
    ...facts(result, seconds),
    violations: broken.map((property) => {
      const why = property.trace === undefined ? undefined : extras?.why?.get(property.trace);
      return violation(property, (why?.sentences ?? []).slice(0, reasonsMax));
    }),
    warnings: warningsOf(result),
    ...(problem === undefined ? {} : { error: problem }),
    ...(unexplained === undefined ? {} : { withoutReasons: unexplained.what }),
    next: nextAfter(result, job.scenario, {
      ...named,
      ...(parameters === undefined ? {} : { parameters: job.point }),
    }),
  };
}

/** Remembers the counterexamples of a point for later calls. */
function keep(asked: Asked, { scenario, point }: Job, { result }: TimedResult, call: Call): void {
  const options = { parameters: point, ...budgets(scenario, point, asked) };
  for (const { name, trace, verdict } of result.properties) {
    if (verdict === 'violated' && trace !== undefined) {
      remember(call, asked.scenario, options, name, trace);
    }
  }
}
