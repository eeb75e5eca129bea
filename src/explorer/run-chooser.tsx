import type { VNode } from 'preact';
import { count } from '../report/figures.ts';
import { pointText } from '../report/runs.ts';
import { printable } from '../report/value-text.ts';
import { type Found, runsOf } from './found-runs.ts';
import { Headline } from './headline.tsx';
import type { PageResult } from './page-data.ts';
import type { Session } from './session.ts';
import { clipped } from './text.tsx';

/** Says what the page shows, chooses among the runs of a report, and leads back from exploring. */
export function RunChooser({
  session,
  results,
  result,
  onOpen,
  onBack,
}: {
  readonly session: Session;
  /** The results whose runs can be chosen. */
  readonly results: readonly PageResult[];
  /** The result of the point that the page shows. */
  readonly result: PageResult | undefined;
  readonly onOpen: (run: Found) => void;
  readonly onBack: () => void;
}): VNode {
  const runs = runsOf(results);
  const chosen = runs.findIndex((run) => run.trace === session.found?.run.trace);
  return (
    <section class="headline" aria-label="The run">
      <Headline session={session} result={result} isReport={results.length > 0} onBack={onBack} />
      {runs.length > 1 && (
        <label class="runs">
          <span>run</span>
          <select
            value={String(chosen)}
            onChange={(event) => {
              const run = runs[Number(event.currentTarget.value)];
              if (run !== undefined) onOpen(run);
            }}
          >
            {chosen < 0 && <option value="-1">choose one</option>}
            {runs.map((run, i) => (
              <option key={runText(run, true)} value={String(i)}>
                {runText(run, results.length > 1)}
              </option>
            ))}
          </select>
        </label>
      )}
    </section>
  );
}

/** `violated: no volume is lost (7 steps)`, with the point where there are several points. */
function runText({ result, property, trace }: Found, withPoint: boolean): string {
  const settings = pointText({ parameters: result.shown, faults: result.faults });
  const what = property.verdict === 'violated' ? 'violated' : 'reached';
  const place = withPoint ? `; ${`${result.scenario} ${settings}`.trim()}` : '';
  return printable(
    clipped(`${what}: ${property.name} (${count(trace.schedule.length, 'step')}${place})`, 160),
  );
}
