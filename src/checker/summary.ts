import type { AnyPoint } from '../spec/parameters.ts';
import type { AnyProperty } from '../spec/property.ts';
import type { Scenario } from '../spec/scenario.ts';
import { DEADLOCK, type Judge } from './judge.ts';
import type { Machine } from './machine.ts';
import { expectationAt } from './point.ts';
import type { Because, PropertyResult, Result, Verdict } from './result.ts';
import { surprisesAt } from './surprises.ts';
import { traceTo } from './trace.ts';

/** What a search knows when it is asked. */
export interface Findings {
  readonly scenario: Scenario;
  readonly point: AnyPoint;
  readonly machine: Machine;
  readonly judge: Judge;
  readonly complete: boolean;
  readonly because: Because | undefined;
  readonly generated: number;
  readonly levels: number;
  readonly order: Result['order'];
  /** Budgets that were asked for in place of the scenario's own. */
  readonly faults: { readonly [name: string]: number } | undefined;
}

/** Draws up the verdicts, with their traces, and compares them with what the scenario expects. */
export function summarise(findings: Findings): Result {
  const { scenario, point, machine, judge, complete, because } = findings;
  const properties = judge.properties.map((property) => resultOf(property, findings));
  if (judge.asksForDeadlock) properties.push(deadlockResult(findings));
  const facts = {
    scenario: scenario.name,
    parameters: point,
    verdict: overall(properties, complete),
    complete,
    ...(because === undefined ? {} : { because }),
    states: machine.visited.count,
    generated: findings.generated,
    levels: findings.levels,
    order: findings.order,
    properties,
    cost: {
      stateBytes: machine.visited.bytes,
      evaluations: machine.evaluations,
      leaves: machine.leaves.count,
      repacks: machine.repacks,
      bitsPerState: machine.layout.bits,
    },
  };
  // What is expected is said of the scenario's own faults, not of others.
  const expectation = findings.faults === undefined ? expectationAt(scenario, point) : undefined;
  const surprises = expectation === undefined ? [] : surprisesAt(expectation, facts);
  const asExpected = expectation === undefined ? undefined : surprises.length === 0;
  return { ...facts, asExpected, surprises };
}

function resultOf({ name, kind }: AnyProperty, findings: Findings): PropertyResult {
  const { machine, judge, complete, because } = findings;
  const discovery = judge.discoveries.get(name);
  if (discovery !== undefined) {
    const trace = traceTo(machine, discovery.state);
    const verdict = kind === 'reachable' ? 'holds' : 'violated';
    const { entry } = discovery;
    return { name, kind, verdict, trace, ...(entry === undefined ? {} : { because: entry }) };
  }
  if (!complete) return { name, kind, verdict: 'undecided', because: because ?? 'interrupted' };
  return { name, kind, verdict: kind === 'reachable' ? 'violated' : 'holds' };
}

function deadlockResult({ machine, judge, complete, because }: Findings): PropertyResult {
  const name = DEADLOCK;
  const kind = 'deadlock';
  const discovery = judge.discoveries.get(name);
  if (discovery !== undefined) {
    return { name, kind, verdict: 'violated', trace: traceTo(machine, discovery.state) };
  }
  if (!complete) return { name, kind, verdict: 'undecided', because: because ?? 'interrupted' };
  return { name, kind, verdict: 'holds' };
}

function overall(properties: readonly PropertyResult[], complete: boolean): Verdict {
  if (properties.some(({ verdict }) => verdict === 'violated')) return 'violated';
  const open = properties.some(({ verdict }) => verdict === 'undecided');
  return open || !complete ? 'undecided' : 'holds';
}
