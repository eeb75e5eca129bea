import type { VNode } from 'preact';
import { printable } from '../report/value-text.ts';
import { ChangeList } from './change-list.tsx';
import { ResultLine } from './check-panel.tsx';
import type { PageData, PageResult } from './page-data.ts';
import { type Found, runsOf } from './session.ts';
import { StepName } from './step-list.tsx';
import { Name } from './text.tsx';

/** Steps of a run that are written out; of a longer one the last ones, where it goes wrong. */
const writtenMax = 200;

/** The report as it can be read without scripts: every verdict, and every run step by step. */
export function StaticReport({ data }: { readonly data: PageData }): VNode {
  return (
    <main class="plain">
      <header class="top">
        <p class="brand">racewright</p>
        <div>
          <h1>
            <Name text={data.scenario} />
          </h1>
        </div>
      </header>
      {data.results.map((result) => (
        <ResultSection key={pointText(result)} result={result} />
      ))}
    </main>
  );
}

function ResultSection({ result }: { readonly result: PageResult }): VNode {
  return (
    <section class="panel">
      <h2>
        <Name text={pointText(result)} />
      </h2>
      <ResultLine result={result} />
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">property</th>
              <th scope="col">verdict</th>
            </tr>
          </thead>
          <tbody>
            {result.properties.map(({ name, verdict }) => (
              <tr key={name}>
                <td>
                  <Name text={name} />
                </td>
                <td>
                  <span class={`tag ${verdict}`}>{verdict}</span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {runsOf([result]).map((run) => (
        <RunSection key={run.trace.words.join(' ')} run={run} />
      ))}
    </section>
  );
}

function RunSection({ run }: { readonly run: Found }): VNode {
  const { property, trace, because } = run;
  const steps = trace.steps ?? [];
  const left = Math.max(0, steps.length - writtenMax);
  return (
    <>
      <h3>
        {property.verdict === 'violated' ? 'violated' : 'reached'}: <Name text={property.name} />
        {because !== undefined && (
          <>
            {' '}
            (<Name text={because} />)
          </>
        )}
      </h3>
      <ul class="why">
        {(trace.why?.sentences ?? []).map((sentence) => (
          <li key={sentence}>
            <bdi>{printable(sentence)}</bdi>
          </li>
        ))}
      </ul>
      {left > 0 && (
        <p class="quiet">
          The first {left} steps are left out here; with scripts this page shows all of them.
        </p>
      )}
      <ol start={left + 1}>
        {steps.slice(left).map((step, i) => (
          <li key={i}>
            <span class="quiet">{left + i + 1}</span>{' '}
            <StepName step={{ ...step, actor: step.actor ?? undefined }} />
            <ChangeList changes={step.changes} />
          </li>
        ))}
      </ol>
    </>
  );
}

/** `seed-race lock=none attaches=1` */
function pointText({ scenario, parameters }: PageResult): string {
  return [scenario, ...Object.entries(parameters).map(([name, value]) => `${name}=${value}`)].join(
    ' ',
  );
}
