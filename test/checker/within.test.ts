import fc from 'fast-check';
import { expect, test } from 'vitest';
import { graphOf } from '../../src/checker/runs/graph.ts';
import type { Scenario } from '../../src/index.ts';
import { check, Search } from '../../src/index.ts';
import type { AnySystem } from '../../src/spec/system.ts';
import { type Claim, type Edge, has, inSteps } from './brute-force.ts';
import { answersFor } from './drawing-answers.ts';
import { drawing } from './drawing-arbitrary.ts';
import { type Drawing, scenarioOf as ofDrawing } from './graph-scenario.ts';
import { Interpreter, type World } from './interpreter.ts';
import { canonical } from './reference.ts';
import { smallCond, smallModel } from './small-arbitrary.ts';
import { type Cond, holds, type Small } from './small-model.ts';
import { scenarioOf } from './small-scenario.ts';

/** Models with more states than this say no more than smaller ones, and take longer. */
const statesMax = 400;

const conds = fc.array(smallCond, { minLength: 1, maxLength: 3, size: 'max' });

/** The same scenario, of which the search goes on only where one of the conditions is true. */
function within(scenario: Scenario, conds: readonly Cond[]): Scenario {
  const isWithin = (state: object, processes: World['processes']) =>
    conds.some((cond) => holds(cond, { state: state as Small, processes }));
  const system = scenario.system({});
  return { ...scenario, system: () => ({ ...system, within: isWithin }) as AnySystem };
}

interface Found {
  readonly world: World;
  readonly isOutside: boolean;
  readonly depth: number;
  /** The states after its steps, and of these after steps that are no faults. */
  readonly after: readonly string[];
  readonly own: readonly string[];
}

/** From the definition: every state that is reached by states within. */
function bruteForce(system: AnySystem) {
  const model = new Interpreter(system);
  const isWithin = system.within ?? (() => true);
  const found = new Map<string, Found>();
  let level = model.init().map(canonical);
  const initial = level.length;
  for (let depth = 0; level.length > 0; depth++) {
    for (const key of new Set(level)) {
      if (found.has(key)) continue;
      if (found.size > statesMax) return undefined;
      const world: World = JSON.parse(key);
      const isOutside = !isWithin(world.state, world.processes);
      const { steps, faults } = isOutside ? { steps: [], faults: [] } : model.successors(world);
      const own = steps.map(canonical);
      found.set(key, { world, isOutside, depth, own, after: [...own, ...faults.map(canonical)] });
    }
    level = [...found.values()].flatMap(({ after }) => after).filter((key) => !found.has(key));
  }
  return { model, initial, found };
}

type Brute = NonNullable<ReturnType<typeof bruteForce>>;

/** The states from which one of these is reached without a fault. */
function leadingTo({ found }: Brute, goals: Iterable<string>): ReadonlySet<string> {
  const good = new Set(goals);
  for (let before = -1; before < good.size; ) {
    before = good.size;
    for (const [key, { own }] of found) if (own.some((next) => good.has(next))) good.add(key);
  }
  return good;
}

/** The verdict on ends, and its question where one is asked. */
function endsOf(brute: Brute, system: AnySystem): string | undefined {
  const { model, found } = brute;
  if (system.final === 'anywhere') return undefined;
  const all = [...found];
  const inside = all.filter(([, { isOutside }]) => !isOutside);
  const isEnd = ({ world }: Found) => model.isFinal(world);
  const stuck = inside.some(([, each]) => each.own.length === 0 && !isEnd(each));
  if (stuck) return 'violated';
  const ends = all.filter(([, each]) => isEnd(each)).map(([key]) => key);
  if (system.final === undefined && ends.length === 0) return 'holds';
  const outside = all.filter(([, each]) => each.isOutside).map(([key]) => key);
  const hopeful = leadingTo(brute, [...ends, ...outside]);
  if (inside.some(([key]) => !hopeful.has(key))) return 'violated';
  const sure = leadingTo(brute, ends);
  return inside.every(([key]) => sure.has(key)) ? 'holds' : 'undecided';
}

/** The verdict on a property of states. */
function verdictOf({ model, found }: Brute, kind: string, name: string): string {
  const all = [...found.values()];
  const isDecided = all.some(({ world }) => model.decides(world).includes(name));
  if (kind !== 'reachable') return isDecided ? 'violated' : 'holds';
  if (isDecided) return 'holds';
  return all.some(({ isOutside }) => isOutside) ? 'undecided' : 'violated';
}

const settings = [
  { order: 'breadth_first', memo: 'adaptive' },
  { order: 'breadth_first', memo: 'off' },
  { order: 'depth_first', memo: 'sometimes' },
  { order: 'depth_first', memo: 'adaptive', depthMax: 10_000 },
] as const;

function expectAgreement(scenario: Scenario, brute: Brute, options: (typeof settings)[number]) {
  const { found, initial } = brute;
  const system = scenario.system({});
  const search = new Search(scenario, { ...options, selfCheck: 0.5 });
  while (!search.advance(7));
  expect(new Set([...search.states()].map(canonical))).toEqual(new Set(found.keys()));
  const { properties, generated, levels, complete, ledger } = search.result();
  const outside = [...found.values()].filter(({ isOutside }) => isOutside).length;
  expect({ generated, levels, complete }).toEqual({
    generated: [...found.values()].reduce((sum, { after }) => sum + after.length, initial),
    levels: 1 + Math.max(...[...found.values()].map(({ depth }) => depth)),
    complete: true,
  });
  expect([ledger.statesOutside, ledger.exhaustive]).toEqual([outside, outside === 0]);
  for (const { name, kind, verdict, stopReason, trace } of properties) {
    const wanted = kind === 'deadlock' ? endsOf(brute, system) : verdictOf(brute, kind, name);
    expect([name, verdict, stopReason]).toEqual([
      name,
      wanted,
      wanted === 'undecided' ? 'constraint' : undefined,
    ]);
    const path = trace === undefined ? [] : [trace.init, ...trace.steps.map(({ state }) => state)];
    for (const world of path.slice(0, -1)) {
      expect(found.get(canonical(world))?.isOutside).toBe(false);
    }
  }
}

test('a search within a constraint agrees with brute force, in either order, whatever it remembers', () => {
  let constrained = 0;
  const agreement = fc.property(
    smallModel,
    conds,
    fc.constantFrom(...settings),
    (small, some, options) => {
      const scenario = within(scenarioOf(small), some);
      const brute = bruteForce(scenario.system({}));
      fc.pre(brute !== undefined);
      if (brute === undefined) return;
      const all = [...brute.found.values()];
      if (all.every(({ isOutside }) => isOutside)) {
        expect(() => new Search(scenario).run()).toThrow(
          '`within` is false in every initial state',
        );
        return;
      }
      if (all.some(({ isOutside }) => isOutside)) constrained += 1;
      expectAgreement(scenario, brute, options);
    },
  );
  fc.assert(agreement, { numRuns: 250 });
  expect(constrained).toBeGreaterThan(0);
});

test('the state graph has the states of the search, and none that is cut off counts as a deadlock', () => {
  const agreement = fc.property(smallModel, conds, (small, some) => {
    const scenario = within(scenarioOf(small), some);
    const brute = bruteForce(scenario.system({}));
    fc.pre(brute !== undefined);
    if (brute === undefined || [...brute.found.values()].every(({ isOutside }) => isOutside))
      return;
    const graph = graphOf(scenario, { statesMax: 2 * statesMax });
    const { properties } = new Search(scenario).run().result();
    expect(graph?.states).toBe(brute.found.size);
    const ends = properties.find(({ kind }) => kind === 'deadlock');
    expect((graph?.deadlocked.length ?? 0) > 0).toBe(ends?.verdict === 'violated');
  });
  fc.assert(agreement, { numRuns: 60 });
});

/** Each state of the drawing that a run reaches by states within, as a set. */
function reachedWithin({ graph }: Drawing, inside: number): number {
  let reached = graph.initial;
  for (let before = 0; before !== reached; ) {
    before = reached;
    for (const { from, to } of graph.edges) {
      if (has(reached & inside, from)) reached |= 1 << to;
    }
  }
  return reached;
}

/** Whether a run can go from one of these states to a goal, by the given steps and states. */
function canReach(edges: readonly Edge[], from: number, by: number, goals: number): boolean {
  let reached = from & (by | goals);
  for (let before = -1; before !== reached; ) {
    before = reached;
    for (const edge of edges) {
      const isOnWay = has(reached & by, edge.from) && has(by | goals, edge.to);
      if (isOnWay) reached |= 1 << edge.to;
    }
  }
  return (reached & goals) !== 0;
}

/** Whether a run that leaves may violate a claim, by the definitions. */
function mayLeave({ graph }: Drawing, claim: Claim, inside: number): boolean {
  const reached = reachedWithin({ graph } as Drawing, inside);
  const outside = reached & ~inside;
  if (outside === 0) return false;
  switch (claim.kind) {
    case 'eventually':
      return canReach(graph.edges, graph.initial, inside & ~claim.holds, outside & ~claim.holds);
    case 'eventuallyStep': {
      const edges = graph.edges.filter((edge) => !inSteps(claim.step, edge));
      return canReach(edges, graph.initial, inside, outside);
    }
    case 'leadsTo':
      return canReach(graph.edges, reached & claim.from, inside & ~claim.to, outside & ~claim.to);
    default:
      return true;
  }
}

test('a property of whole runs within a constraint is violated by a fair run that stays within, and undecided where a run that leaves may violate it', () => {
  const seen = { violated: 0, undecided: 0, holds: 0 };
  const orders = fc.constantFrom('breadth_first' as const, 'depth_first' as const);
  const agreement = fc.property(
    drawing,
    fc.integer({ min: 1, max: 127 }),
    orders,
    (drawn, set, order) => {
      const inside = set | (drawn.graph.initial & -drawn.graph.initial);
      const { system, ...rest } = ofDrawing(drawn, 'number');
      const isWithin = ({ at }: { readonly at: number }) => has(inside, at);
      const scenario = {
        ...rest,
        system: () => ({ ...system({}), within: isWithin }) as AnySystem,
      };
      const whole = check(ofDrawing(drawn, 'number'));
      const { properties } = check(scenario, { order });
      const answers = answersFor(drawn, reachedWithin(drawn, inside) & inside);
      const claims = answers.map(({ stem }, i) => {
        if (stem !== undefined) return 'violated';
        const asked = i < drawn.claims.length ? [drawn.claims[i] as Claim] : drawn.each;
        return asked.some((claim) => mayLeave(drawn, claim, inside)) ? 'undecided' : 'holds';
      });
      expect(properties.map(({ verdict }) => verdict)).toEqual(claims);
      for (const [i, { kind, verdict }] of properties.entries()) {
        seen[verdict] += 1;
        // A run within is a run of the whole system, and what is fulfilled within stays fulfilled.
        if (verdict === 'violated') expect(whole.properties[i]?.verdict).toBe('violated');
        if (verdict === 'holds' && kind === 'eventually') {
          expect(whole.properties[i]?.verdict).toBe('holds');
        }
      }
    },
  );
  fc.assert(agreement, { numRuns: 100 });
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(2);
});
