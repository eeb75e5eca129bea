import type { Question } from './decide.ts';
import { type Edges, OUTSIDE } from './edges.ts';

/**
 * Whether a run that leaves the constraint of the system may still violate a property. `outside`
 * are the states that were stored and not expanded: what follows them is unknown. Fairness does not
 * count, because any run that leaves may be fair.
 */
export function mayLeave(
  edges: Edges,
  initial: readonly number[],
  outside: readonly number[],
  question: Question,
): boolean {
  if (outside.length === 0) return false;
  const { begins, asks, pends } = question;
  // What is asked of the far end of a run is open for every run that leaves.
  if (begins === 'anywhere' || pends === undefined) return true;
  const open = new Set(outside.filter(pends));
  if (asks !== undefined && [...open].some(asks)) return true;
  const starts = begins === 'start' ? initial : [...begins.keys()].filter((at) => begins[at] === 1);
  return open.size > 0 && isMet(edges, starts, open, question);
}

/** Whether one of the `open` states is reached from the starts by way of states `inside`. */
function isMet(
  edges: Edges,
  starts: readonly number[],
  open: ReadonlySet<number>,
  { inside, blocked }: Question,
): boolean {
  if (starts.some((state) => open.has(state))) return true;
  const found = new Set(starts.filter((state) => inside[state] === 1));
  // The loop also visits the states that it adds.
  for (const state of found) {
    for (let edge = edges.begin[state] as number; edge < (edges.end[state] as number); edge++) {
      const next = edges.target[edge] as number;
      if (next === OUTSIDE || blocked?.[edge] === 1) continue;
      if (open.has(next)) return true;
      if (inside[next] === 1) found.add(next);
    }
  }
  return false;
}
