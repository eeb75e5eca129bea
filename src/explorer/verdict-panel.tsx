import type { VNode } from 'preact';
import { number } from '../report/figures.ts';
import { printable } from '../report/value-text.ts';
import { stopReasons } from './check-panel.tsx';
import { FoldedList } from './folded-list.tsx';
import type { PageResult } from './page-data.ts';
import { clipped, Name } from './text.tsx';

/** Up to this many properties that hold are named at once. */
const namedMax = 6;
/** Up to this many sentences about what a verdict rests on stand open. */
const restsMax = 6;

/** What holds at a point, by name, and what the verdict rests on. */
export function VerdictPanel({ result }: { readonly result: PageResult }): VNode {
  const of = (verdict: PageResult['verdict']) =>
    result.properties.filter((property) => property.verdict === verdict).map(({ name }) => name);
  const [holding, open] = [of('holds'), of('undecided')];
  return (
    <section class="panel verdict" aria-labelledby="verdict-title">
      <h2 id="verdict-title">
        {holding.length === 0 ? 'No property is shown to hold' : 'What holds in every run'}
      </h2>
      {result.properties.length === 0 && (
        <p class="problem">Nothing is asked here: no property, and no deadlock.</p>
      )}
      <Names names={holding} sign="✓" />
      {open.length > 0 && (
        <>
          <h3>Undecided</h3>
          <Names names={open} sign="?" />
        </>
      )}
      <h3>What this rests on</h3>
      <Rests sentences={foundations(result)} />
    </section>
  );
}

/** The first sentences; further ones are folded. */
function Rests({ sentences }: { readonly sentences: readonly string[] }): VNode {
  const list = (some: readonly string[]): VNode => (
    <ul class="rests">
      {some.map((sentence) => (
        <li key={sentence}>
          <bdi>{clipped(printable(sentence), 600)}</bdi>
        </li>
      ))}
    </ul>
  );
  return <FoldedList items={sentences} most={restsMax} shown={list} />;
}

function Names({
  names,
  sign,
}: {
  readonly names: readonly string[];
  readonly sign: string;
}): VNode {
  const items = (some: readonly string[]): VNode => (
    <ul class="names">
      {some.map((name) => (
        <li key={name}>
          <span class="sign" aria-hidden="true">
            {sign}
          </span>{' '}
          <Name text={name} />
        </li>
      ))}
    </ul>
  );
  return <FoldedList items={names} most={namedMax} shown={items} />;
}

/** The bounds, the budgets of faults, and the ledger, one sentence each. */
export function foundations(result: PageResult): readonly string[] {
  const { complete, stopReason, states, levels, seconds, faultBudgets = {}, warnings } = result;
  // The first line says it in full.
  const others = (warnings ?? []).filter((each) => !each.startsWith('not every state was visited'));
  return [
    complete
      ? `Every reachable state was visited: ${number(states)} states, ${number(levels)} levels, ${seconds.toFixed(1)} s.`
      : `Only ${number(states)} states were visited: ${stopReasons[stopReason ?? 'interrupted']}.`,
    faultsText(faultBudgets),
    ...(result.mismatches ?? []).map((mismatch) => `NOT as expected: ${mismatch}`),
    ...(result.asExpected === null ? ['The scenario states no expectation for this point.'] : []),
    ...(result.asExpected === true ? ['The scenario expects this result.'] : []),
    ...others,
    ...(warnings === undefined ? ['The report is of an older version and has no warnings.'] : []),
  ];
}

/** The faults that may happen, by name; of the others the number. */
function faultsText(budgets: NonNullable<PageResult['faultBudgets']>): string {
  const all = Object.entries(budgets);
  if (all.length === 0) return 'The model has no faults.';
  const some = all.filter(([, times]) => times !== 0);
  const told = some.map(([name, times]) => `${name} ${timesText(times)}`).join(', ');
  const others = all.length - some.length;
  if (some.length === 0) return `None of the ${others} faults of the model may happen.`;
  return `Faults that may happen: ${told}${others === 0 ? '' : `; ${others} others may not`}.`;
}

const timesText = (times: number | null): string =>
  times === null ? 'without a bound' : times === 1 ? 'once' : `${times} times`;
