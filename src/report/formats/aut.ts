import { withoutCommands } from '../../spec/visible.ts';
import type { ReportDocument } from '../document.ts';
import { stateGraphOf } from './state-graph.ts';

/**
 * The state graph of a report, or the states of its first run, as an Aldebaran file for mCRL2, CADP
 * and LTSmin. The first line is `des (first state, transitions, states)`; each further line is a
 * step.
 */
export function aut(document: ReportDocument): string {
  const { states, initial, edges } = stateGraphOf(document);
  // The format has one initial state: where the graph has several, a new state leads to them.
  const [only = 0] = initial;
  const several = initial.length !== 1;
  const first = several ? states : only;
  const all = several
    ? [...initial.map((state) => [first, 'init', state] as const), ...edges]
    : edges;
  const lines = all.map(([from, entry, to]) => `(${from},"${labelText(entry)}",${to})`);
  return `${[`des (${first},${all.length},${several ? states + 1 : states})`, ...lines].join('\n')}\n`;
}

/**
 * The format cannot escape a quote inside a label, so a quote is written as in addresses, `%22`.
 */
function labelText(entry: string): string {
  return withoutCommands(entry).replace(
    /[%"\\]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
