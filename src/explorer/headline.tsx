import type { VNode } from 'preact';
import { failingEntry } from '../report/failing-entry.ts';
import { count } from '../report/figures.ts';
import { faultWords } from '../report/runs.ts';
import { printable } from '../report/value-text.ts';
import { FoldedList } from './folded-list.tsx';
import type { Found } from './found-runs.ts';
import type { PageResult } from './page-data.ts';
import { isAsFound, type Session } from './session.ts';
import { Fields } from './state-view.tsx';
import { clipped, Name } from './text.tsx';
import { stateAt } from './walk.ts';

/** Further reasons are folded away. */
const reasonsMax = 3;

/** The point, and what a check says about it: a violated property with its reasons, or `holds`. */
export function Headline({
  session,
  result,
  isReport,
  onBack,
}: {
  readonly session: Session;
  readonly result: PageResult | undefined;
  /** True in a report, where no form shows the parameters. */
  readonly isReport: boolean;
  readonly onBack: () => void;
}): VNode {
  const { found } = session;
  const about = found?.run.result ?? result;
  const settings = [
    ...Object.entries(about?.shown ?? {}).map(([name, value]) => `${name}=${value}`),
    ...faultWords(about?.faults),
  ];
  return (
    <>
      {isReport && settings.length > 0 && (
        <p class="quiet settings">
          <Name text={settings.join('  ')} />
        </p>
      )}
      {found?.run.property.verdict !== 'violated' && <PointLine result={about} />}
      {found !== undefined && <FoundLines session={session} run={found.run} onBack={onBack} />}
    </>
  );
}

/** The verdict of a point without a run, or that there was no check. */
function PointLine({ result }: { readonly result: PageResult | undefined }): VNode {
  if (result === undefined) {
    return (
      <p class="headline-text">
        <span class="tag">exploring</span> this point was not checked
      </p>
    );
  }
  const { verdict, properties } = result;
  const texts = {
    holds:
      properties.length === 1 ? 'the property holds' : `all ${properties.length} properties hold`,
    violated: 'a property is violated',
    undecided: 'not every property is decided',
  };
  return (
    <p class="headline-text">
      <span class={`tag ${verdict}`}>{verdict}</span> <strong>{texts[verdict]}</strong>
    </p>
  );
}

function FoundLines({
  session,
  run,
  onBack,
}: {
  readonly session: Session;
  readonly run: Found;
  readonly onBack: () => void;
}): VNode {
  const { property, trace, result } = run;
  const bad = property.verdict === 'violated';
  const tag = bad ? 'violated' : 'reached';
  return (
    <>
      <p class={bad ? 'headline-text' : undefined}>
        <span class={`tag ${bad ? 'violated' : 'holds'}`}>{tag}</span>{' '}
        <strong>
          <Name text={property.name} />
        </strong>{' '}
        <span class="quiet">
          after {count(trace.schedule.length, 'step')}
          {bad && result.asExpected === true && ', as the scenario expects'}
        </span>
      </p>
      {bad && <FailingPart session={session} run={run} />}
      <Reasons sentences={trace.why?.sentences ?? []} />
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

/** The part that fails, with the values of its entry at the end of the run. */
function FailingPart({
  session,
  run,
}: {
  readonly session: Session;
  readonly run: Found;
}): VNode | null {
  const { failingPart } = run;
  const walk = session.found?.walk ?? session.walk;
  if (failingPart === undefined) return null;
  const entry = failingEntry(failingPart, stateAt(walk, walk.steps.length));
  return (
    <p class="failing">
      <span class="quiet">fails for</span> <Name text={failingPart} />
      {entry !== undefined && (
        <span class="failing-entry">
          <Fields value={entry.value} />
        </span>
      )}
    </p>
  );
}

function Reasons({ sentences }: { readonly sentences: readonly string[] }): VNode | null {
  if (sentences.length === 0) return null;
  const list = (some: readonly string[]): VNode => (
    <ul class="why">
      {some.map((sentence) => (
        <li key={sentence}>
          <bdi>{clipped(printable(sentence), 600)}</bdi>
        </li>
      ))}
    </ul>
  );
  return (
    <div class="reasons">
      <h2>Why</h2>
      <FoldedList items={sentences} most={reasonsMax} shown={list} />
    </div>
  );
}
