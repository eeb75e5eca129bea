import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RunQuestions } from '../../../src/checker/explain/decide-runs.ts';
import { explain } from '../../../src/checker/explain/explain.ts';
import { FailuresInGraph } from '../../../src/checker/explain/failures-in-graph.ts';
import { RunGraph } from '../../../src/checker/explain/run-graph.ts';
import type { Runs, RunsMeant } from '../../../src/checker/explain/run-set.ts';
import { check, type Scenario } from '../../../src/index.ts';
import { makeQuestions } from '../../../src/spec/questions.ts';
import { makeScenario } from '../../../src/spec/scenario.ts';
import type { AnySystem } from '../../../src/spec/system.ts';
import { smallModel } from '../small-arbitrary.ts';
import type { SmallModel } from '../small-form.ts';
import type { Small } from '../small-model.ts';
import { scenarioOf } from '../small-scenario.ts';
import { everyRun, isWithin, type Move, type Whole, wholeOf } from './every-run.ts';
import { raceModel } from './race-arbitrary.ts';

const statesMax = 80;
const ask = makeQuestions<Small>();

/** The properties of a small model, and one about steps: p0 changes `x` only to 1. */
function withStep(small: SmallModel): Scenario {
  const base = scenarioOf(small);
  const step = ask.step(
    'step',
    (before, { actor }, after) => actor !== 'p0' || before.x === after.x || after.x === 1,
  );
  return makeScenario({
    name: 'small',
    about: 'Made up by fast-check.',
    system: () => {
      const system = base.system({}) as AnySystem;
      return { ...system, properties: [...(system.properties ?? []), step] } as never;
    },
  });
}

interface Asked {
  readonly scenario: Scenario;
  readonly whole: Whole;
  readonly moves: readonly Move[];
  readonly questions: (name: string) => RunQuestions;
  readonly properties: readonly string[];
}

/**
 * A model, and a graph of it by the checker and one by the interpreter; undefined where it is too
 * large.
 */
function askedOf(small: SmallModel): Asked | undefined {
  const scenario = withStep(small);
  const system = scenario.system({});
  const whole = wholeOf(system, statesMax);
  if (whole === undefined) return undefined;
  const graph = new RunGraph(scenario, { statesMax: 10 * statesMax });
  const safety = (system.properties ?? []).filter(({ kind }) => kind !== 'reachable');
  const all = [
    ...safety.map(({ name, kind }) => ({ name, kind })),
    ...(system.final === 'anywhere' ? [] : [{ name: 'deadlock', kind: 'deadlock' as const }]),
  ] as { name: string; kind: 'always' | 'never' | 'step' | 'deadlock' }[];
  const failures = new FailuresInGraph(graph, all);
  return {
    scenario,
    whole,
    moves: whole.moves.flat(),
    questions: (name) => {
      const property = all.find((each) => each.name === name);
      if (property === undefined) throw new Error(`no property ${name}`);
      const known = failures.of(property);
      if (known === undefined) throw new Error('the graph is not known whole');
      return new RunQuestions(graph, known);
    },
    properties: all.map(({ name }) => name),
  };
}

/** Numbers that choose a set of runs, whatever steps there are. */
const choice = fc.record({
  kind: fc.constantFrom('order', 'without', 'no_fault', 'apart', 'after', 'begins', 'only'),
  numbers: fc.array(fc.nat({ max: 999 }), { minLength: 8, maxLength: 8 }),
  isAlone: fc.boolean(),
});
type Choice = typeof choice extends fc.Arbitrary<infer T> ? T : never;

const operation = (move: Move): string =>
  move.action.kind === 'process' ? (move.action.actor ?? '') : move.name;
const agent = (move: Move): string =>
  move.action.kind === 'process'
    ? `process ${move.action.actor}`
    : `${move.action.kind} ${move.name}`;

function chosen({ whole, moves }: Asked, { kind, numbers, isAlone }: Choice): Runs | undefined {
  const [a, b, c, d, ...walk] = numbers as [number, number, number, number, ...number[]];
  const [one, other] = [moves[a % moves.length], moves[b % moves.length]];
  if (one === undefined || other === undefined) return undefined;
  const operations = [...new Set(moves.map(operation))];
  const only = isAlone ? operations.filter((_, i) => i !== c % operations.length) : undefined;
  const alone = only === undefined ? {} : { only };
  const time = (move: Move, n: number) => ({
    name: move.name,
    agent: agent(move),
    nth: 1 + (n % 4 === 0 ? 1 : 0),
  });
  if (kind === 'begins') {
    const schedule: string[] = [];
    const init = a % whole.initial.length;
    let state = whole.initial[init] ?? 0;
    for (const n of walk.slice(0, 1 + (d % 4))) {
      const next = whole.moves[state] ?? [];
      const move = next[n % Math.max(1, next.length)];
      if (move === undefined) break;
      schedule.push(move.word);
      state = move.to;
    }
    const meant = isAlone ? { kind: 'without' as const, entries: [one.word] } : undefined;
    return { meant, begins: { init, schedule } };
  }
  const meant = meantBy(kind, one, other, time(one, c), time(other, d));
  return meant === 'nothing' ? undefined : { meant, ...alone };
}

function meantBy(
  kind: string,
  one: Move,
  other: Move,
  earlier: Extract<RunsMeant, { kind: 'order' }>['earlier'],
  later: Extract<RunsMeant, { kind: 'order' }>['later'],
): RunsMeant | undefined | 'nothing' {
  switch (kind) {
    case 'order':
      return agent(one) === agent(other) ? 'nothing' : { kind, earlier, later };
    case 'without':
      return { kind, entries: [one.word] };
    case 'no_fault':
      return { kind };
    case 'apart':
      return operation(one) === operation(other)
        ? 'nothing'
        : { kind, operations: [operation(one), operation(other)] };
    case 'after':
      return operation(one) === operation(other)
        ? 'nothing'
        : { kind, first: operation(one), second: operation(other) };
    default:
      return undefined;
  }
}

const small = fc.oneof({ weight: 1, arbitrary: smallModel }, { weight: 3, arbitrary: raceModel });

/** Set RACEWRIGHT_RUNS for more. */
const factor = Number(process.env['RACEWRIGHT_RUNS'] ?? 1);

/** Gives each random model that is small enough to `judge`. */
function forModels<T>(runs: number, more: fc.Arbitrary<T>, judge: (asked: Asked, more: T) => void) {
  const property = fc.property(small, more, (model, given) => {
    const asked = askedOf(model);
    fc.pre(asked !== undefined);
    if (asked !== undefined) judge(asked, given);
  });
  fc.assert(property, { numRuns: runs * factor });
}

/** The number of times that each of some events came about. */
class Tally {
  readonly #counts = new Map<string, number>();

  add(...keys: readonly string[]): void {
    for (const key of keys) this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }

  expectAll(keys: readonly string[]): void {
    expect(keys.filter((key) => !this.#counts.has(key))).toEqual([]);
  }
}

describe('a claim about a set of runs', () => {
  test('a claim about a set of runs is decided as a judge of single runs decides it, for random models and sets', () => {
    const tally = new Tally();
    const choices = fc.array(choice, { minLength: 4, maxLength: 4 });
    forModels(120, choices, (asked, kinds) => {
      const sets = kinds.flatMap((each) => {
        const runs = chosen(asked, each);
        return asked.properties.flatMap((name) =>
          runs === undefined ? [] : [{ kind: each.kind, name, runs }],
        );
      });
      for (const { kind, name, runs } of sets) {
        const truth = everyRun(asked.whole, runs, name);
        const decided = asked.questions(name).holds(runs);
        expect([runs, name, decided]).toEqual([runs, name, truth.holds]);
        if (!truth.isEmpty) tally.add(`${kind} ${truth.holds}`);
      }
    });
    // Each kind of set has some in which the property holds, and some in which it does not.
    const kinds = ['order', 'without', 'no_fault', 'apart', 'after', 'begins', 'only'];
    tally.expectAll(kinds.flatMap((kind) => [`${kind} true`, `${kind} false`]));
  });

  test('a claim about a set of runs follows from another exactly where its runs are among those of the other', () => {
    const tally = new Tally();
    forModels(200, fc.tuple(choice, choice), (asked, [one, other]) => {
      const [runs, others] = [chosen(asked, one), chosen(asked, other)];
      const [name] = asked.properties;
      if (runs === undefined || others === undefined || name === undefined) return;
      if (others.begins !== undefined) return;
      const truth = isWithin(asked.whole, runs, others);
      tally.add(String(truth));
      const decided = asked.questions(name).isWithin(runs, others);
      expect([runs, others, decided]).toEqual([runs, others, truth]);
    });
    tally.expectAll(['true', 'false']);
  });
});

/** The reasons of everything that is violated in a model, with the name of the property. */
function reasonsIn({ scenario }: Asked) {
  return check(scenario).properties.flatMap((property) => {
    const { kind, verdict, trace } = property;
    if (verdict !== 'violated' || trace === undefined || kind === 'reachable') return [];
    const explanation = explain(scenario, property, trace, { smallerStatesMax: 0 });
    const name = kind === 'deadlock' ? 'deadlock' : property.name;
    return explanation?.reasons === undefined ? [] : [{ name, ...explanation.reasons }];
  });
}

describe('a reason of an explanation', () => {
  test('every single run of which a reason speaks bears it out, for random models', () => {
    const tally = new Tally();
    forModels(300, fc.constant(undefined), (asked) => {
      const reasons = reasonsIn(asked);
      if (reasons.some(({ refuted }) => refuted > 0)) tally.add('refuted');
      const claims = reasons.flatMap(({ name, found }) =>
        found.map(({ runs }) => ({ name, runs })),
      );
      for (const { name, runs } of claims) {
        const truth = everyRun(asked.whole, runs, name);
        expect([runs, truth]).toEqual([runs, { holds: true, isEmpty: false }]);
        tally.add(runs.meant?.kind ?? 'schedule', runs.only ? 'alone' : 'all');
      }
    });
    tally.expectAll(['refuted', 'order', 'without', 'apart', 'all', 'alone']);
  });

  test('a reason about an order does not follow from another one, for random models', () => {
    forModels(150, fc.constant(undefined), (asked) => {
      for (const { found } of reasonsIn(asked)) {
        const orders = found.filter(({ runs }) => runs.meant?.kind === 'order');
        for (const { runs } of orders) {
          const others = orders.filter((other) => other.runs !== runs);
          expect(others.filter((other) => isWithin(asked.whole, runs, other.runs))).toEqual([]);
        }
      }
    });
  });
});
