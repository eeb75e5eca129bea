import type {
  AnyProperty,
  ReachableStep,
  StateProperty,
  StepProperty,
} from '../../spec/property.ts';
import type { Implements } from '../../spec/refinement.ts';
import type { AnySystem } from '../../spec/system.ts';
import { waitsAfter } from '../ends/after-run.ts';
import type { Ends } from '../ends/ends.ts';
import { isLive, type Live } from '../liveness/liveness.ts';
import type { StateChecker } from '../properties/state-checker.ts';
import type { StepChecker } from '../properties/step-checker.ts';
import { readAtEnd, readOfLastStep } from '../properties/values-read.ts';
import { OUT_OF_REACH } from '../result/end-questions.ts';
import type { CheckOptions } from '../result/options.ts';
import type { PropertyResult, Result, Trace, Verdict } from '../result/result.ts';
import { compared } from './compared.ts';
import { differentTraces } from './different-traces.ts';
import type { Findings, Judged } from './findings.ts';
import { ledgerOf } from './gather-ledger.ts';
import { reasonOf } from './memory.ts';
import { decidedByLastStep } from './orbit-trace.ts';
import { refinementViolation } from './refinement-result.ts';
import { traceOfLasso, traceTo, traceWithStep } from './trace.ts';
import { emptyTable, emptyThere, unchangedTable, unchangedThere, unmetPremise } from './vacuity.ts';

/**
 * The key, beside the names of properties, for the question of who waits for what, which decides
 * nothing.
 */
const ENDS = Symbol('ends');
const WAITS = Symbol('waits');

/**
 * The names of the properties with a known violation. A state that a `reachable` reaches is none.
 */
export function violatedSoFar(
  { properties = [] }: AnySystem,
  stateChecker: StateChecker,
  stepChecker: StepChecker | undefined,
  ends: Ends,
): readonly string[] {
  const goals = new Set(
    properties.filter(({ kind }) => kind === 'reachable').map(({ name }) => name),
  );
  const found = [
    ...stateChecker.discoveries.keys(),
    ...(stepChecker?.violated() ?? []),
    ...ends.violated,
  ];
  return found.filter((name) => !goals.has(name));
}

/** Draws up the verdicts, with traces and the ledger, and compares them with the expectation. */
export function summarise(findings: Findings): Result {
  const { scenario, system, options, point, machine, complete, stopReason, liveness } = findings;
  const judged = (system.properties ?? []).map((property) => judgedOf(property, findings));
  const properties = judged.map(({ result }) => result);
  properties.push(...endsOf(findings));
  const facts = {
    scenario: scenario.name,
    parameters: point,
    ...(isGiven(options.faults) ? { faults: options.faults } : {}),
    verdict: overall(properties, complete),
    complete,
    ...(stopReason === undefined ? {} : { stopReason }),
    states: machine.visited.count,
    generated: findings.generated,
    levels: findings.levels,
    order: options.order ?? 'breadth_first',
    properties,
    ledger: ledgerOf(findings, judged),
    cost: {
      stateBytes: machine.visited.bytes,
      evaluations: machine.counters.evaluations,
      leaves: machine.leaves.count,
      repacks: machine.counters.repacks,
      bitsPerState: machine.layout.bits,
      edges: liveness?.edges.kept ?? 0,
      edgeBytes: liveness?.edges.bytes ?? 0,
    },
  } satisfies Omit<Result, 'asExpected' | 'mismatches'>;
  return compared(scenario, options, facts);
}

function isGiven(faults: CheckOptions['faults']): faults is NonNullable<typeof faults> {
  return Object.keys(faults ?? {}).length > 0;
}

/**
 * The verdict of a property. The model may throw while it or its trace is drawn up; the verdict is
 * then open.
 */
function judgedOf(property: AnyProperty, findings: Findings): Judged {
  const { failures } = findings;
  try {
    if (!failures.has(property.name)) return verdictOf(property, findings);
  } catch (error) {
    failures.set(property.name, error);
  }
  return { result: undecided(property, { stopReason: reasonOf(failures.get(property.name)) }) };
}

function endsOf(findings: Findings): readonly PropertyResult[] {
  const { ends, complete, failures } = findings;
  const name = ends.question(complete);
  if (name === undefined) return [];
  const question = { name, kind: 'deadlock' } as const;
  try {
    if (!failures.has(ENDS)) return [endResult(question, findings)];
  } catch (error) {
    failures.set(ENDS, error);
  }
  return [undecided(question, { stopReason: reasonOf(failures.get(ENDS)) })];
}

function verdictOf(property: AnyProperty, findings: Findings): Judged {
  if (isLive(property)) return liveResult(property, findings);
  if (property.kind === 'step') return stepResult(property, findings);
  if (property.kind === 'implements') return { result: refinementResult(property, findings) };
  if ('step' in property) return reachableStep(property, findings);
  return stateResult(property, findings);
}

function stateResult(property: StateProperty, findings: Findings): Judged {
  const { name, kind } = property;
  const { stateChecker, complete } = findings;
  const found = stateChecker.discoveries.get(name);
  if (found !== undefined) return foundResult(property, found, findings);
  if (!complete) return { result: undecided(property, findings) };
  if (kind === 'reachable' && leavesConstraint(findings)) return { result: openOutside(property) };
  const vacuous = unmetPremise(property, stateChecker) ?? emptyTable(property, findings.machine);
  return { result: { name, kind, verdict: kind === 'reachable' ? 'violated' : 'holds' }, vacuous };
}

/** The result of a property that some states decide. */
function foundResult(
  property: StateProperty,
  found: Parameters<typeof differentTraces>[2],
  { machine, options }: Findings,
): Judged {
  const { name, kind } = property;
  if (kind === 'reachable') {
    const [first] = differentTraces(machine, property, found, 1);
    const vacuous = emptyThere(property, first?.trace);
    return { result: { name, kind, verdict: 'holds', ...first }, vacuous };
  }
  const [first, ...others] = differentTraces(
    machine,
    property,
    found,
    options.counterexamples ?? 1,
  );
  const ways = others.map((other) => ({ ...other, ...readAtEnd(property, other.trace) }));
  const more = ways.length === 0 ? {} : { others: ways };
  const read = first === undefined ? {} : readAtEnd(property, first.trace);
  return { result: { name, kind, verdict: 'violated', ...first, ...read, ...more } };
}

function stepResult(property: StepProperty, findings: Findings): Judged {
  const { name, kind } = property;
  const { machine, stepChecker, complete } = findings;
  const taken = stepChecker?.discoveries.get(name);
  if (taken !== undefined) {
    const trace = decidedByLastStep(machine, property, traceWithStep(machine, taken));
    const read = readOfLastStep(property, trace);
    return { result: { name, kind, verdict: 'violated', trace, ...read } };
  }
  if (!complete) return { result: undecided(property, findings) };
  const vacuous = emptyTable(property, machine) ?? unchangedTable(property, machine);
  return { result: { name, kind, verdict: 'holds' }, vacuous };
}

function refinementResult(property: Implements, findings: Findings): PropertyResult {
  const { name, kind } = property;
  const { machine, stepChecker, complete } = findings;
  const violation = refinementViolation(property, machine, stepChecker);
  if (violation !== undefined) return violation;
  return complete ? { name, kind, verdict: 'holds' } : undecided(property, findings);
}

/** The verdict on whether a step can be taken, with the shortest run that ends in one. */
function reachableStep(property: ReachableStep, findings: Findings): Judged {
  const { name, kind } = property;
  const { machine, stepChecker, complete } = findings;
  const taken = stepChecker?.discoveries.get(name);
  if (taken !== undefined) {
    const trace = decidedByLastStep(machine, property, traceWithStep(machine, taken));
    const vacuous = unchangedThere(property, trace);
    return { result: { name, kind, verdict: 'holds', trace }, vacuous };
  }
  if (!complete) return { result: undecided(property, findings) };
  if (leavesConstraint(findings)) return { result: openOutside(property) };
  return { result: { name, kind, verdict: 'violated' } };
}

function liveResult(property: Live, findings: Findings): Judged {
  const { name, kind } = property;
  const { machine, liveness, complete } = findings;
  if (liveness === undefined) return { result: undecided(property, unaskedOf(findings)) };
  const { lasso, part, vacuous, leaves } = liveness.decide(property);
  if (lasso === undefined) {
    // A run that leaves the known part of the graph may still violate it.
    if (!complete) return { result: undecided(property, findings) };
    if (leaves) return { result: openOutside(property) };
    const reason = vacuous ? 'its premise never held' : emptyTable(property, machine);
    return { result: { name, kind, verdict: 'holds' }, vacuous: reason };
  }
  const trace = traceOfLasso(machine, liveness.edges, lasso);
  const failing = part === undefined ? {} : { failingPart: part };
  return { result: { name, kind, verdict: 'violated', trace, ...failing } };
}

/** Why no graph was kept: it has the steps between orbits, which do not tell who takes them. */
const unaskedOf = ({ verification, stopReason }: Findings): Pick<Findings, 'stopReason'> => ({
  stopReason: verification === undefined ? stopReason : 'symmetry',
});

/** The verdict about ends; empty where runs may end anywhere. */
function endResult(
  question: Pick<PropertyResult, 'name' | 'kind'>,
  findings: Findings,
): PropertyResult {
  const { machine, ends, complete, endsStopReason } = findings;
  const finding = ends.finding(complete);
  if (finding.verdict === 'undecided') {
    return finding.leaves
      ? openOutside(question)
      : undecided(question, { stopReason: endsStopReason });
  }
  if (finding.verdict === 'holds') return { ...question, verdict: 'holds' };
  const trace = traceTo(machine, finding.state);
  const failing = finding.isStuck ? {} : { failingPart: OUT_OF_REACH };
  return { ...question, verdict: 'violated', trace, ...failing, ...knownWaits(trace, findings) };
}

/**
 * Who waits for what at the end of the run. An error of the model beyond the run costs only this
 * part.
 */
function knownWaits(trace: Trace, findings: Findings): Pick<PropertyResult, 'waits'> {
  const { scenario, options, point } = findings;
  try {
    return waitsAfter(scenario, trace, { parameters: point, ...options });
  } catch (error) {
    findings.failures.set(WAITS, error);
    return {};
  }
}

function undecided(
  { name, kind }: Pick<PropertyResult, 'name' | 'kind'>,
  { stopReason }: Pick<Findings, 'stopReason'>,
): PropertyResult {
  return { name, kind, verdict: 'undecided', stopReason: stopReason ?? 'interrupted' };
}

/** The result about a property that a run which leaves the constraint may decide otherwise. */
const openOutside = (property: Pick<PropertyResult, 'name' | 'kind'>): PropertyResult =>
  undecided(property, { stopReason: 'constraint' });

const leavesConstraint = ({ constraint }: Findings): boolean => (constraint?.outside.size ?? 0) > 0;

function overall(properties: readonly PropertyResult[], complete: boolean): Verdict {
  if (properties.some(({ verdict }) => verdict === 'violated')) return 'violated';
  const open = properties.some(({ verdict }) => verdict === 'undecided');
  return open || !complete ? 'undecided' : 'holds';
}
