import type { Claims } from './claims.ts';
import type { Reason } from './reason.ts';
import type { GraphAction } from './run-graph.ts';
import type { Runs } from './run-set.ts';

/** The number of steps that are tried, from the end, where the run goes wrong. */
const triesMax = 40;
const reasonsMax = 6;

/** Faults and picks of the run that are reasons: without them, the property holds. */
export function choiceReasons(claims: Claims): readonly Reason[] {
  const { actions, graph } = claims;
  const choices = choicesIn(claims).slice(0, triesMax);
  if (choices.length > 0) graph.explore();
  const found: Reason[] = [];
  for (const { step, others } of choices) {
    const { entry } = actions[step] as GraphAction;
    if (found.some(({ runs }) => isOf(runs, entry))) continue;
    const runs = claims.firstTrue(setsWithout(claims, step, others));
    if (runs !== undefined) found.push({ runs, steps: [step] });
    if (found.length === reasonsMax) break;
  }
  if (found.some(({ runs }) => runs.begins === undefined)) return found;
  return [...withoutFaults(claims), ...found];
}

function isOf({ meant }: Runs, entry: string): boolean {
  return meant?.kind === 'without' && meant.entries.includes(entry);
}

interface Choice {
  readonly step: number;
  /** The entries of the other options of the pick. */
  readonly others: readonly string[];
}

/** The faults of a run, and its picks that had another option; the last one first. */
function choicesIn({ graph, actions, trace }: Claims): readonly Choice[] {
  const choices: Choice[] = [];
  let state = graph.initial[trace.initIndex] ?? -1;
  for (const [step, action] of actions.entries()) {
    const onward = graph.onward(state) ?? [];
    const isSame = ({ agent, name }: GraphAction): boolean =>
      agent === action.agent && name === action.name;
    const alike = onward.map((each) => graph.action(each.action)).filter(isSame);
    const others = [...new Set(alike.map(({ entry }) => entry))].filter(
      (entry) => entry !== action.entry,
    );
    if (action.kind === 'fault' || others.length > 0) choices.push({ step, others });
    const taken = onward.find((each) => graph.action(each.action).entry === action.entry);
    if (taken === undefined) break;
    state = taken.to;
  }
  return choices.reverse();
}

/**
 * Sets of runs without a step, the largest first: all runs without it, all without similar steps,
 * and those that begin like this run and then take another pick.
 */
function setsWithout(claims: Claims, step: number, others: readonly string[]): readonly Runs[] {
  const { schedule, initIndex } = claims.trace;
  const action = claims.actions[step] as GraphAction;
  const meant = { kind: 'without' as const, entries: [action.entry] };
  const alike = likeIt(claims, action);
  const family = { kind: 'without' as const, entries: alike };
  const before = schedule.slice(0, step);
  const begins = (more: readonly string[]): Runs['begins'] => ({
    init: initIndex,
    schedule: [...before, ...more],
  });
  const [all, ...alone] = claims.widest(meant);
  return [
    ...(all === undefined ? [] : [all]),
    ...(alike.length > 1 ? [{ meant: family }] : []),
    ...alone,
    { meant, begins: begins([]) },
    ...others.map((other): Runs => ({ meant: undefined, begins: begins([other]) })),
  ];
}

/**
 * The entries of similar steps: the same fault with any picks; the same picks at the same label of
 * a flow, by any process.
 */
function likeIt({ graph }: Claims, action: GraphAction): readonly string[] {
  const { kind, flow, label, name, entry } = action;
  const isAlike = (other: GraphAction): boolean =>
    kind === 'fault'
      ? other.agent === action.agent
      : flow !== undefined &&
        other.flow === flow &&
        other.label === label &&
        other.entry.slice(other.name.length) === entry.slice(name.length);
  const others = graph.actions.filter((other) => other.entry !== entry && isAlike(other));
  return [entry, ...new Set(others.map((other) => other.entry))];
}

/** All faults together, for when no single one is a reason. */
function withoutFaults(claims: Claims): readonly Reason[] {
  const steps = claims.actions.flatMap(({ kind }, step) => (kind === 'fault' ? [step] : []));
  if (steps.length === 0) return [];
  const runs = claims.firstTrue(claims.widest({ kind: 'no_fault' }));
  return runs === undefined ? [] : [{ runs, steps }];
}
