import type { VNode } from 'preact';
import type { Truth } from '../checker/properties/truths-at.ts';
import { type Found, runsOf } from './found-runs.ts';
import type { PageProperty, PageResult } from './page-data.ts';
import { Name } from './text.tsx';

/** The list shows up to this many properties that hold. */
const unfoldedMax = 4;

/** Every property, with the verdict of a check and its truth after the current step. */
export function PropertiesPanel({
  truths,
  result,
  onOpen,
}: {
  readonly truths: readonly Truth[];
  /** The result of a check at this point, if there was one. */
  readonly result: PageResult | undefined;
  readonly onOpen: (run: Found) => void;
}): VNode {
  const runs = result === undefined ? [] : runsOf([result]);
  const checked = new Map(result?.properties.map((property) => [property.name, property]));
  const here = new Map(truths.map((truth) => [truth.name, truth]));
  const rank = (name: string): number =>
    ['violated', 'undecided', undefined, 'holds'].indexOf(checked.get(name)?.verdict);
  const names = [...new Set([...here.keys(), ...checked.keys()])].sort((a, b) => rank(a) - rank(b));
  // A property that holds, or was not checked, and does not fail here is folded away: many of them
  // would hide the others.
  const isQuiet = (name: string): boolean =>
    (checked.get(name)?.verdict ?? 'holds') === 'holds' && here.get(name)?.truth !== 'fails';
  const quiet = names.filter(isQuiet);
  const isFolded = quiet.length > unfoldedMax;
  const item = (name: string): VNode => {
    const truth = here.get(name);
    const property = checked.get(name);
    const own = runs.filter((run) => run.property.name === name);
    return (
      <li key={name} class={truth?.truth === 'fails' ? 'fails' : undefined}>
        <p class="property-name">
          <Name text={name} />
        </p>
        <p class="property-facts">
          {truth !== undefined && (
            <span class={`truth truth-${truth.truth}`}>{truthText(truth)}</span>
          )}
          {property !== undefined && (
            <span class={`tag ${property.verdict}`}>{verdictText(property)}</span>
          )}
        </p>
        {truth?.part !== undefined && truth.truth !== 'holds' && (
          <p class="quiet part">
            <Name text={truth.part} />
          </p>
        )}
        {own.map((run, i) => (
          <button key={i} type="button" class="link" onClick={() => onOpen(run)}>
            {run.property.verdict === 'violated' ? 'Counterexample' : 'Run that reaches it'}
            {own.length > 1 ? ` ${i + 1}` : ''}: {run.trace.schedule.length} steps
          </button>
        ))}
      </li>
    );
  };
  return (
    <section class="panel" aria-labelledby="properties-title">
      <h2 id="properties-title">Properties</h2>
      <ul class="properties">{names.filter((name) => !isFolded || !isQuiet(name)).map(item)}</ul>
      {isFolded && (
        <details class="folded">
          <summary>
            {result === undefined
              ? `${quiet.length} properties do not fail here`
              : `${quiet.length} more properties are not violated`}
          </summary>
          <ul class="properties">{quiet.map(item)}</ul>
        </details>
      )}
      {names.length === 0 && <p class="quiet">This scenario has no properties.</p>}
    </section>
  );
}

function verdictText({ kind, verdict }: PageProperty): string {
  if (verdict === 'undecided') return 'undecided';
  if (kind === 'reachable') return verdict === 'holds' ? 'can be reached' : 'is never reached';
  return verdict === 'holds' ? 'holds in every run' : 'violated';
}

function truthText({ kind, truth }: Truth): string {
  switch (truth) {
    case 'fails':
      return 'fails here';
    case 'holds':
      return 'holds here';
    case 'unasked':
      return kind === 'step' ? 'asks about steps' : 'asks about whole runs';
    case 'true':
      return kind === 'leadsTo' ? 'waits from here' : 'true here';
    case 'false':
      return 'not true here';
  }
}
