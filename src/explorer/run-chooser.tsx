import type { VNode } from 'preact';
import { faultWords, pointText } from '../report/runs.ts';
import { printable } from '../report/value-text.ts';
import { type Found, runsOf } from './found-runs.ts';
import type { PageResult } from './page-data.ts';
import { isAsFound, type Session } from './session.ts';
import { clipped, Name } from './text.tsx';

/** Chooses a run, and leads back to it from exploring. */
export function RunChooser({
  session,
  results,
  onOpen,
  onBack,
}: {
  readonly session: Session;
  /** The results whose runs can be chosen. */
  readonly results: readonly PageResult[];
  readonly onOpen: (run: Found) => void;
  readonly onBack: () => void;
}): VNode {
  const runs = runsOf(results);
  const { found } = session;
  const chosen = runs.findIndex((run) => run.trace === found?.run.trace);
  return (
    <section class="headline" aria-label="The run">
      {found === undefined ? (
        <p>
          <span class="tag">exploring</span> {results.length > 0 && verdictText(results)}
        </p>
      ) : (
        <FoundLine
          session={session}
          run={found.run}
          isReport={results.length > 0}
          onBack={onBack}
        />
      )}
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

function FoundLine({
  session,
  run,
  isReport,
  onBack,
}: {
  readonly session: Session;
  readonly run: Found;
  /** True in a report, where no form shows the parameters. */
  readonly isReport: boolean;
  readonly onBack: () => void;
}): VNode {
  const { property, result, failingPart, trace } = run;
  const bad = property.verdict === 'violated';
  const settings = [
    ...Object.entries(result.shown).map(([name, value]) => `${name}=${value}`),
    ...faultWords(result.faults),
  ];
  const why = trace.why?.sentences ?? [];
  return (
    <>
      <p class="headline-text">
        <span class={`tag ${bad ? 'violated' : 'holds'}`}>{bad ? 'violated' : 'reached'}</span>{' '}
        <strong>
          <Name text={property.name} />
        </strong>
      </p>
      {bad && failingPart !== undefined && (
        <p class="quiet">
          <Name text={failingPart} />
        </p>
      )}
      {isReport && settings.length > 0 && (
        <p class="quiet settings">
          <Name text={settings.join('  ')} />
        </p>
      )}
      {why.length > 0 && (
        <ul class="why">
          {why.map((sentence) => (
            <li key={sentence}>
              <bdi>{printable(sentence)}</bdi>
            </li>
          ))}
        </ul>
      )}
      {!isAsFound(session) && (
        <p>
          <span class="tag own">your own way</span>{' '}
          <button type="button" onClick={onBack}>
            Back to the {bad ? 'counterexample' : 'run that was found'}
          </button>
        </p>
      )}
    </>
  );
}

function verdictText(results: readonly PageResult[]): string {
  const violated = results.filter(({ verdict }) => verdict === 'violated').length;
  const undecided = results.filter(({ verdict }) => verdict === 'undecided').length;
  if (violated > 0) return `${violated} of ${results.length} checks violated`;
  if (undecided > 0) return `${undecided} of ${results.length} checks undecided`;
  return results.length === 1 ? 'every property holds' : `all ${results.length} checks hold`;
}

/** `violated: no volume is lost (7 steps)`, with the point where there are several points. */
function runText({ result, property, trace }: Found, withPoint: boolean): string {
  const settings = pointText({ parameters: result.shown, faults: result.faults });
  const what = property.verdict === 'violated' ? 'violated' : 'reached';
  const place = withPoint ? `; ${`${result.scenario} ${settings}`.trim()}` : '';
  return printable(
    clipped(`${what}: ${property.name} (${trace.schedule.length} steps${place})`, 160),
  );
}
