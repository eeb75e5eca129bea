import fc from 'fast-check';
import type { SmallModel, SmallStep } from '../small-form.ts';
import type { Cond, Expr, Op } from '../small-model.ts';

/**
 * Small models in which processes of one or two flows read a shared value and write what follows
 * from it, so that whoever reads before another writes is often to blame. Faults and picks get in
 * between.
 */

const one: Expr = { is: 'const', value: 1 };
const u: Expr = { is: 'var', name: 'u' };
const slot = fc.constantFrom<'a' | 'b'>('a', 'b');
const entry = (id: string): Expr => ({ is: 'entry', table: 'flat', id });

const read: fc.Arbitrary<Op> = slot.map((id) => ({ do: 'set_var', name: 'u', to: entry(id) }));
const add: fc.Arbitrary<Op> = fc
  .record({ from: fc.constantFrom<Expr>(u, { is: 'x' }), id: slot })
  .map(({ from, id }) => ({
    do: 'set',
    table: 'flat',
    id,
    to: { is: 'plus', left: from, right: one },
  }));
const count: Op = { do: 'set_x', to: { is: 'plus', left: { is: 'x' }, right: one } };
const onlyIf = (op: Op): Op => ({
  do: 'if',
  cond: { left: u, differs: false, right: { is: 'const', value: 0 } },
  ops: op.do === 'if' ? op.ops : [op],
});
const write: fc.Arbitrary<Op> = fc.oneof(
  add,
  fc.constant(count),
  add.map(onlyIf),
  fc.constant(onlyIf(count)),
  fc.constant<Op>({ do: 'pick_const', options: [0, 1] }),
);

const step = (op: fc.Arbitrary<Op>): fc.Arbitrary<SmallStep> =>
  fc.array(op, { minLength: 1, maxLength: 2 }).map((ops) => ({ ops }));
/** Once more from the beginning while `x` is one: so that a step is taken more than once. */
const again = { jump: { to: 0, cond: { left: { is: 'x' }, differs: false, right: one } } } as const;
const change = fc
  .tuple(step(read), step(write), fc.option(step(write), { nil: undefined }), fc.boolean())
  .map(([first, second, third, isLoop]) => {
    const steps = third === undefined ? [first, second] : [first, second, third];
    return isLoop ? [...steps.slice(0, -1), { ...steps.at(-1), ...again } as SmallStep] : steps;
  });

const set = (id: string, to: Expr): SmallStep => ({ ops: [{ do: 'set', table: 'flat', id, to }] });
const mixed: Cond = { left: u, differs: true, right: { is: 'var', name: 'v' } };
/**
 * Two reads that belong together, and two writes that do: no order of two single steps keeps them
 * apart.
 */
const look: readonly SmallStep[] = [
  { ops: [{ do: 'set_var', name: 'u', to: entry('a') }] },
  { ops: [{ do: 'set_var', name: 'v', to: entry('b') }] },
  { ops: [{ do: 'if', cond: mixed, ops: [{ do: 'set_x', to: { is: 'const', value: 2 } }] }] },
];
const update: readonly SmallStep[] = [set('a', one), set('b', one)];

const flows: fc.Arbitrary<SmallModel['flows']> = fc.oneof(
  { weight: 3, arbitrary: fc.array(change, { minLength: 1, maxLength: 2 }) },
  { weight: 1, arbitrary: fc.constant([look, update]) },
);

const bad: fc.Arbitrary<Cond> = fc.oneof(
  fc.record({
    left: fc.constantFrom<Expr>({ is: 'x' }, entry('a'), entry('b')),
    differs: fc.constant(true),
    right: fc.constantFrom<Expr>({ is: 'const', value: 2 }, { is: 'const', value: 2 }, entry('b')),
  }),
);

/** A small model with races. */
export const raceModel: fc.Arbitrary<SmallModel> = fc.record({
  inits: fc.constant([{ x: 0, log: [], flat: { a: 0, b: 0 }, deep: {}, late: {} }]),
  flows,
  processes: fc
    .integer({ min: 2, max: 3 })
    .map((n) => Array.from({ length: n }, (_, i) => ({ flow: i, u: 0 }))),
  actions: fc.constant([]),
  faults: fc.array(
    write.map((op) => ({ ops: [op], times: 1 })),
    { maxLength: 1 },
  ),
  properties: fc.array(
    bad.map((cond) => ({ kind: 'always' as const, conds: [cond] })),
    { minLength: 1, maxLength: 2 },
  ),
  final: fc.constant('anywhere' as const),
});
