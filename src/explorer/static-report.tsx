import type { VNode } from 'preact';
import type { StepRecord } from '../report/document.ts';
import { pointText } from '../report/runs.ts';
import { printable, valueText } from '../report/value-text.ts';
import type { Plain } from '../spec/plain.ts';
import { ResultLine } from './check-panel.tsx';
import { type Found, runsOf } from './found-runs.ts';
import type { PageData, PageResult } from './page-data.ts';
import { PointGrid } from './point-grid.tsx';
import { StepName } from './step-list.tsx';
import { clipped, Name } from './text.tsx';
import { foundations } from './verdict-panel.tsx';

/**
 * A run of up to this many steps is written whole; of a longer one the end, where it goes wrong.
 */
const writtenMax = 200;
/** After this many steps in all, the page without scripts leaves runs out. */
const writtenInAllMax = 1000;
/** Longer values are cut after this many characters. */
const valueMax = 240;

/**
 * The report without scripts: every verdict, and every run step by step, with the first one
 * unfolded.
 */
export function StaticReport({ data }: { readonly data: PageData }): VNode {
  let written = 0;
  const isFirst = (): boolean => written === 0;
  return (
    <main class="plain">
      <header class="top">
        <p class="brand">racewright</p>
        <div>
          <h1>
            <Name text={data.models.find(({ id }) => id === data.model)?.name ?? data.model} />
          </h1>
        </div>
      </header>
      <PointGrid results={data.results} />
      {data.results.map((result) => (
        <section key={titleOf(result)} class="panel">
          <ResultHead result={result} />
          {runsOf([result]).map((run) => {
            const isOpen = isFirst();
            const room = Math.max(0, writtenInAllMax - written);
            written += Math.min(writtenMax, run.trace.schedule.length);
            return <RunSection key={run.trace} run={run} isOpen={isOpen} room={room} />;
          })}
        </section>
      ))}
    </main>
  );
}

function ResultHead({ result }: { readonly result: PageResult }): VNode {
  return (
    <>
      <h2>
        <Name text={titleOf(result)} />
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
            {worstFirst(result.properties).map(({ name, verdict }) => (
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
      <p class="quiet">{foundations(result).map(printable).join(' ')}</p>
    </>
  );
}

function worstFirst(properties: PageResult['properties']): PageResult['properties'] {
  const order = ['violated', 'undecided', 'holds'];
  return [...properties].sort((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict));
}

function RunSection({
  run,
  isOpen,
  room,
}: {
  readonly run: Found;
  readonly isOpen: boolean;
  /** The number of steps that may still be written. */
  readonly room: number;
}): VNode {
  const { property, trace, failingPart } = run;
  const steps = trace.steps ?? [];
  const left = Math.max(0, steps.length - Math.min(writtenMax, room));
  return (
    <details open={isOpen}>
      <summary>
        <h3>
          {property.verdict === 'violated' ? 'violated' : 'reached'}: <Name text={property.name} />
          {failingPart !== undefined && (
            <>
              {' '}
              (<Name text={failingPart} />)
            </>
          )}
          , {trace.schedule.length} steps
        </h3>
      </summary>
      <ul class="why">
        {(trace.why?.sentences ?? []).map((sentence) => (
          <li key={sentence}>{printable(sentence)}</li>
        ))}
      </ul>
      {left > 0 && (
        <p class="quiet">
          The first {left} steps are left out here; with scripts this page shows all of them.
        </p>
      )}
      <ol start={left + 1}>
        {steps.slice(left).map((step, i) => (
          <li key={i} class={(step.fails?.length ?? 0) > 0 ? 'bad' : undefined}>
            <StepName step={{ ...step, actor: step.actor ?? undefined }} />
            <Changes step={step} />
          </li>
        ))}
      </ol>
    </details>
  );
}

/**
 * The changes of a step, or the next label where there are none, with as little markup as possible.
 */
function Changes({ step }: { readonly step: StepRecord }): VNode {
  const world = step.changes.filter(({ path }) => path !== `processes.${step.actor}.at`);
  const shown = world.length > 0 ? world : step.changes;
  return (
    <ul>
      {shown.map(({ path, before, after }) => (
        <li key={path}>
          <code>{clipped(printable(path), valueMax)}</code>{' '}
          {before === undefined ? 'new' : <del>{shortValue(before)}</del>} →{' '}
          {after === undefined ? 'deleted' : <ins>{shortValue(after)}</ins>}
        </li>
      ))}
    </ul>
  );
}

function shortValue(value: Plain): string {
  return clipped(valueText(value), valueMax);
}

/** `seed-race lock=none attaches=1` */
function titleOf({ scenario, shown, faults }: PageResult): string {
  return `${scenario} ${pointText({ parameters: shown, faults })}`.trim();
}
