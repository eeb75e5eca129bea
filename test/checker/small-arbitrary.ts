import fc from 'fast-check';
import type { SmallAction, SmallModel, SmallProperty, SmallStep } from './small-form.ts';
import type { Cond, Deep, Expr, Op, Small } from './small-model.ts';

/** Small models made up by fast-check. Most of them have less than a few hundred states. */

const digit = fc.integer({ min: 0, max: 2 });
const id = fc.constantFrom('a', 'b', 'c');
const table = fc.constantFrom('flat' as const, 'deep' as const, 'late' as const);
const pid = fc.constantFrom('p0', 'p1', 'p2', 'child');
const name = fc.constantFrom('u' as const, 'v' as const);
const label = fc.integer({ min: 0, max: 3 });

const atom: fc.Arbitrary<Expr> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ is: fc.constant('const' as const), value: digit }) },
  { weight: 2, arbitrary: fc.record({ is: fc.constant('var' as const), name }) },
  { weight: 2, arbitrary: fc.record({ is: fc.constantFrom('x' as const, 'log' as const) }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('processes' as const) }) },
  { weight: 3, arbitrary: fc.record({ is: fc.constant('entry' as const), table, id }) },
  {
    weight: 2,
    arbitrary: fc.record({
      is: fc.constantFrom('size' as const, 'sum' as const, 'first' as const),
      table,
    }),
  },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('has' as const), table, id }) },
  {
    weight: 1,
    arbitrary: fc.record({
      is: fc.constantFrom('at' as const, 'var_of' as const),
      pid,
      value: fc.integer({ min: -1, max: 3 }),
    }),
  },
);

const expr: fc.Arbitrary<Expr> = fc.oneof(
  { weight: 4, arbitrary: atom },
  {
    weight: 1,
    arbitrary: fc.record({ is: fc.constant('plus' as const), left: atom, right: atom }),
  },
);

/** A comparison that is true in some states of a small model and false in others. */
export const smallCond: fc.Arbitrary<Cond> = fc.record({
  left: expr,
  differs: fc.boolean(),
  right: atom,
});

const simpleOp: fc.Arbitrary<Op> = fc.oneof(
  fc.record({ do: fc.constant('nothing' as const) }),
  fc.record({ do: fc.constant('clear_deep' as const) }),
  fc.record({
    do: fc.constantFrom('set_x' as const, 'push_log' as const, 'set_all' as const),
    to: expr,
  }),
  fc.record({ do: fc.constant('set_var' as const), name, to: expr }),
  fc.record({ do: fc.constant('set' as const), table, id, to: expr }),
  fc.record({ do: fc.constant('delete' as const), table, id }),
  fc.record({ do: fc.constantFrom('set_deep' as const, 'push_deep' as const), id, to: expr }),
  fc.record({ do: fc.constantFrom('copy_deep' as const, 'swap_deep' as const), id, other: id }),
  fc.record({
    do: fc.constant('pick_const' as const),
    options: fc.uniqueArray(digit, { maxLength: 3 }),
  }),
  fc.record({ do: fc.constant('pick_id' as const), table }),
  fc.record({
    do: fc.constantFrom('start' as const, 'restart' as const),
    pid,
    flow: digit,
    with: expr,
  }),
  fc.record({ do: fc.constant('set_var_of' as const), pid, name, to: expr }),
  fc.record({ do: fc.constant('stop' as const), pid }),
  fc.record({ do: fc.constant('move' as const), pid, label }),
);

const op: fc.Arbitrary<Op> = fc.oneof(
  { weight: 5, arbitrary: simpleOp },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('if' as const),
      cond: smallCond,
      ops: fc.array(simpleOp, { minLength: 1, maxLength: 2 }),
    }),
  },
);

const ops = fc.array(op, { minLength: 1, maxLength: 3 });
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined, freq: 1 });
/** Guards are rare: a model in which everything waits has nothing to say. */
const seldom = <T>(one: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: one });

const step: fc.Arbitrary<SmallStep> = fc.record({
  when: seldom(smallCond),
  ops,
  jump: seldom(fc.record({ to: fc.integer({ min: -1, max: 3 }), cond: smallCond })),
});

/** Jumps that lead behind the last label lead to the last label instead. */
const flow = fc.array(step, { minLength: 2, maxLength: 4, size: 'max' }).map((steps) =>
  steps.map(({ jump, ...rest }) => ({
    ...rest,
    jump: jump && { ...jump, to: Math.min(jump.to, steps.length - 1) },
  })),
);

const deep: fc.Arbitrary<Deep> = fc.record({
  n: digit,
  inner: fc.record({ list: fc.array(digit, { maxLength: 2 }) }),
});

const some = <T>(entry: fc.Arbitrary<T>) =>
  fc
    .record({ a: maybe(entry), b: maybe(entry), c: maybe(entry) })
    // Absent entries are absent, not undefined.
    .map((all) =>
      Object.fromEntries(
        Object.entries(all).flatMap(([key, one]) => (one === undefined ? [] : [[key, one]])),
      ),
    );

const init: fc.Arbitrary<Small> = fc.record({
  x: digit,
  log: fc.array(digit, { maxLength: 1 }),
  flat: some(digit),
  deep: some(deep),
  late: fc.constant({}),
});

const action: fc.Arbitrary<SmallAction> = fc.record({
  when: seldom(smallCond),
  ops,
  times: digit,
});

const property: fc.Arbitrary<SmallProperty> = fc.record({
  kind: fc.constantFrom(
    'always' as const,
    'never' as const,
    'reachable' as const,
    'every' as const,
  ),
  conds: fc.array(smallCond, { minLength: 1, maxLength: 3, size: 'max' }),
});

const process = fc.record({ flow: digit, u: digit });

/** A whole small model. */
export const smallModel: fc.Arbitrary<SmallModel> = fc.record({
  inits: fc.array(init, { minLength: 1, maxLength: 3 }),
  flows: fc.array(flow, { minLength: 1, maxLength: 2 }),
  processes: fc.oneof(
    { weight: 6, arbitrary: fc.array(process, { minLength: 2, maxLength: 3, size: 'max' }) },
    { weight: 1, arbitrary: fc.array(process, { maxLength: 1 }) },
  ),
  actions: fc.array(action, { maxLength: 2 }),
  faults: fc.array(action, { maxLength: 1 }),
  properties: fc.array(property, { maxLength: 4, size: 'max' }),
  final: maybe(fc.oneof(smallCond, fc.constant('anywhere' as const))),
});
