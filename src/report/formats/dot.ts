import { attribute, Digraph, Edge, Node, toDot } from 'ts-graphviz';
import { withoutCommands } from '../../spec/visible.ts';
import type { ReportDocument } from '../document.ts';
import { NothingToShow } from '../runs.ts';
import { type StateGraph, stateGraphOf } from './state-graph.ts';

/** A drawing of more states shows nothing. */
export const drawnStatesMax = 500;

/**
 * The state graph of a report, or the states of its first run, in the language of Graphviz. Initial
 * states have a bold rim; violating ones are red, deadlocked ones orange. Throws a NothingToShow
 * for a graph that is too large to draw.
 */
export function dot(document: ReportDocument): string {
  const graph = stateGraphOf(document);
  if (graph.states > drawnStatesMax) {
    throw new NothingToShow(
      `the graph has ${graph.states} states, which is too large to draw (${drawnStatesMax} at most)`,
      'Write it as aut: mCRL2 and LTSmin read that format and can make the graph smaller.',
    );
  }
  return dotOf(graph);
}

/** A graph of any size in the language of Graphviz. */
export function dotOf({ name, states, initial, violating, deadlocked, edges }: StateGraph): string {
  const graph = new Digraph(printable(name), {
    [attribute.rankdir]: 'TB',
    [attribute.bgcolor]: 'transparent',
  });
  graph.node({
    shape: 'ellipse',
    fontname: 'Helvetica,Arial,sans-serif',
    style: 'filled',
    fillcolor: '#eee8d5',
  });
  graph.edge({ fontname: 'Helvetica,Arial,sans-serif', fontsize: 10 });
  const nodes = Array.from({ length: states }, (_, state) => {
    const looks = {
      ...(violating.includes(state) ? { fillcolor: '#dc322f', fontcolor: 'white' as const } : {}),
      ...(deadlocked.includes(state) ? { fillcolor: '#cb4b16', fontcolor: 'white' as const } : {}),
      ...(initial.includes(state) ? { penwidth: 3 } : {}),
    };
    return new Node(`s${state}`, { label: String(state), ...looks });
  });
  for (const node of nodes) graph.addNode(node);
  for (const [from, entry, to] of edges) {
    const [source, target] = [nodes[from], nodes[to]];
    if (source === undefined || target === undefined) continue;
    graph.addEdge(new Edge([source, target], { label: `  ${printable(entry)}  ` }));
  }
  return `${toDot(graph)}\n`;
}

/**
 * In labels a backslash begins a command and a quote after one ends the text, so both are written
 * as entities.
 */
function printable(text: string): string {
  return withoutCommands(text).replace(
    /[&"\\<>]/g,
    (character) => `&#${character.codePointAt(0)};`,
  );
}
