import { warningsOf } from '../../report/warnings.ts';
import type { AnyPoint } from '../../spec/parameters.ts';
import type { SelectedScenario } from '../loading/selected-scenario.ts';
import type { Outcome } from '../searching/run-one.ts';
import type { Reply } from './call.ts';

/** One requested point. */
export type Job = SelectedScenario & { readonly point: AnyPoint };
/** A point, and what its search found or what broke it. */
export type Row = Outcome & { readonly job: Job };

const isWrong = ({ searched, problem }: Row): boolean =>
  problem !== undefined || searched?.result.asExpected === false;

const isViolated = ({ searched }: Row): boolean => searched?.result.verdict === 'violated';

/** A row for each point, and the call that shows the first unexpected one in full. */
export function gridReply(
  asked: { readonly scenario: string; readonly seconds: number },
  rows: readonly Row[],
  points: number,
): Reply {
  const counted = { holds: 0, violated: 0, undecided: 0, broken: 0 };
  for (const { searched, problem } of rows) {
    counted[problem === undefined ? (searched?.result.verdict ?? 'undecided') : 'broken'] += 1;
  }
  const wrong = rows.find(isWrong);
  const one = (wrong ?? rows.find(isViolated))?.job;
  const because =
    wrong === undefined
      ? 'a violated point, in full'
      : 'the first point that is not as expected, in full';
  const { seconds } = asked;
  return {
    scenario: asked.scenario,
    points,
    ...counted,
    unchecked: points - rows.length,
    asExpected: allAsExpected(rows, points),
    rows: rows.map(rowOf),
    ...(one === undefined
      ? {}
      : {
          next: {
            because,
            tool: 'check',
            arguments: { scenario: one.requestedName, parameters: one.point, seconds },
          },
        }),
  };
}

/** Null where some point states no expectation, or is not decided. */
function allAsExpected(rows: readonly Row[], points: number): boolean | null {
  if (rows.some(isWrong)) return false;
  const isAll = rows.length === points;
  return isAll && rows.every(({ searched }) => searched?.result.asExpected === true) ? true : null;
}

function rowOf({ job, searched, problem }: Row): Reply {
  const error = problem === undefined ? {} : { error: problem };
  if (searched === undefined) return { at: job.point, ...error };
  const { result } = searched;
  const violated = result.properties
    .filter(({ verdict }) => verdict === 'violated')
    .map(({ name, trace }) => `${name}: after ${trace?.steps.length} steps`);
  const weak = warningsOf(result);
  return {
    at: job.point,
    verdict: result.verdict,
    asExpected: result.asExpected ?? null,
    ...(violated.length === 0 ? {} : { violated }),
    ...(result.mismatches.length === 0 ? {} : { mismatches: result.mismatches }),
    states: result.states,
    ...(weak.length === 0 ? {} : { warnings: weak }),
    ...error,
  };
}
