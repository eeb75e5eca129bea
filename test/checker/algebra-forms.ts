import fc from 'fast-check';
import {
  allDone,
  type ProcessTable,
  type Property,
  type StepAction,
  spec,
} from '../../src/index.ts';
import { smallCond } from './small-arbitrary.ts';
import { type Cond, type Deep, holds, type Small } from './small-model.ts';

/**
 * Bodies of properties as data, with every word of the algebra, nested. evaluate-body.ts has their
 * meaning; this file only has their form.
 */

type Table = 'flat' | 'deep' | 'late';

/** The question that a test of an entry asks. */
type EntryCond =
  | { readonly is: 'small' | 'named_a' | 'as_outer' | 'outer_named_alike' | 'beyond_outer' }
  | { readonly is: 'state'; readonly cond: Cond };

export type Form =
  | { readonly is: 'test'; readonly cond: Cond; readonly entry: EntryCond }
  | { readonly is: 'of_state'; readonly cond: Cond }
  | { readonly is: 'all_done' }
  | {
      readonly is: 'every' | 'some' | 'count';
      readonly over: Table | 'processes';
      readonly bounds: { atLeast?: number; atMost?: number; exactly?: number };
      readonly part: boolean;
      readonly body: Form;
    }
  | { readonly is: 'and' | 'or' | 'all'; readonly operands: readonly Form[] }
  | { readonly is: 'not'; readonly operand: Form }
  | { readonly is: 'implies'; readonly premise: Form; readonly conclusion: Form };

export type StepForm =
  | { readonly is: 'step'; readonly cond: Cond; readonly after: Cond; readonly actor: string }
  | { readonly is: 'before' | 'after'; readonly body: Form }
  | {
      readonly is: 'everyChanged' | 'someChanged';
      readonly table: Table;
      readonly asks: 'stays' | 'grows' | 'named_a' | 'state';
      readonly cond: Cond;
    }
  | { readonly is: 'and' | 'or' | 'all'; readonly operands: readonly StepForm[] }
  | { readonly is: 'not'; readonly operand: StepForm }
  | { readonly is: 'implies'; readonly premise: StepForm; readonly conclusion: StepForm };

const table = fc.constantFrom('flat' as const, 'deep' as const, 'late' as const);
const entryCond: fc.Arbitrary<EntryCond> = fc.oneof(
  fc.record({
    is: fc.constantFrom(
      'small' as const,
      'named_a' as const,
      'as_outer' as const,
      'outer_named_alike' as const,
      'beyond_outer' as const,
    ),
  }),
  fc.record({ is: fc.constant('state' as const), cond: smallCond }),
);
const two = fc.nat({ max: 2 });
const bounds = fc.oneof(
  fc.record({ atLeast: two }),
  fc.record({ atMost: two }),
  fc.record({ exactly: two }),
  fc.record({ atLeast: fc.nat({ max: 1 }), atMost: two }),
);

/** `T` is a leaf of logic. */
const logic = <T>(leaf: fc.Arbitrary<T>) => {
  const operands = fc.array(leaf, { minLength: 1, maxLength: 3 });
  return [
    fc.record({ is: fc.constantFrom('and' as const, 'or' as const, 'all' as const), operands }),
    fc.record({ is: fc.constant('not' as const), operand: leaf }),
    fc.record({ is: fc.constant('implies' as const), premise: leaf, conclusion: leaf }),
  ] as const;
};

const asks = fc.record({
  is: fc.constant('test' as const),
  cond: smallCond,
  entry: entryCond,
});

/** Not deeper than a few levels; a quantifier stands in about every second one. */
const { form } = fc.letrec<{ form: Form }>((tie) => ({
  form: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    asks,
    fc.record({ is: fc.constant('of_state' as const), cond: smallCond }),
    fc.record({ is: fc.constant('all_done' as const) }),
    ...[0, 1].map(() =>
      fc.record({
        is: fc.constantFrom('every' as const, 'some' as const, 'count' as const),
        over: fc.oneof(table, fc.constant('processes' as const)),
        bounds,
        part: fc.boolean(),
        body: tie('form'),
      }),
    ),
    ...logic(tie('form')),
  ),
}));

const stepLeaf: fc.Arbitrary<StepForm> = fc.oneof(
  fc.record({
    is: fc.constant('step' as const),
    cond: smallCond,
    after: smallCond,
    actor: fc.constantFrom('p0', 'p1', 'system'),
  }),
  fc.record({ is: fc.constantFrom('before' as const, 'after' as const), body: form }),
  fc.record({
    is: fc.constantFrom('everyChanged' as const, 'someChanged' as const),
    table,
    asks: fc.constantFrom('stays' as const, 'grows' as const, 'named_a' as const, 'state' as const),
    cond: smallCond,
  }),
);
const { stepForm } = fc.letrec<{ stepForm: StepForm }>((tie) => ({
  stepForm: fc.oneof({ maxDepth: 2 }, stepLeaf, ...logic(tie('stepForm'))),
}));

export interface Asked {
  readonly kind: 'always' | 'never' | 'reachable';
  readonly form: Form;
}

export const questions: fc.Arbitrary<readonly Asked[]> = fc.array(
  fc.record({
    kind: fc.constantFrom('always' as const, 'never' as const, 'reachable' as const),
    form,
  }),
  { minLength: 2, maxLength: 5, size: 'max' },
);
export const stepForms: fc.Arbitrary<readonly StepForm[]> = fc.array(stepForm, {
  minLength: 1,
  maxLength: 3,
  size: 'max',
});

const world = spec<Small>();

interface Outer {
  readonly entry: unknown;
  readonly id: string;
  readonly outer: Outer | undefined;
}

const numberOf = (entry: unknown): number => {
  if (typeof entry === 'number') return entry;
  const { n, vars } = entry as Deep & { readonly vars?: { readonly u: number } };
  return n ?? vars?.u ?? 0;
};

const seen = (state: object, processes: ProcessTable) => ({ state: state as Small, processes });

const stateTest = (cond: Cond) => (state: object, processes: ProcessTable) =>
  holds(cond, seen(state, processes));

const entryTest =
  (asked: EntryCond) =>
  (entry: unknown, id: string, state: object, processes: ProcessTable, outer?: Outer): boolean => {
    switch (asked.is) {
      case 'small':
        return numberOf(entry) < 1;
      case 'named_a':
        return id === 'a' || id === 'p0';
      case 'as_outer':
        return outer === undefined || numberOf(entry) === numberOf(outer.entry);
      case 'outer_named_alike':
        return outer !== undefined && outer.id === id;
      case 'beyond_outer':
        return outer?.outer !== undefined && numberOf(outer.outer.entry) > 0;
      case 'state':
        return holds(asked.cond, seen(state, processes));
    }
  };

/** One function for equal questions, so that they are shared. */
const made = new Map<string, object>();
const once = <F extends object>(key: unknown, make: () => F): F => {
  const text = JSON.stringify(key);
  const known = made.get(text) ?? make();
  made.set(text, known);
  return known as F;
};

/**
 * The body in the vocabulary, its types forgotten; `depth` tells of how many entries it is asked.
 */
function bodyOf(form: Form, depth = 0): never {
  return once([form, depth], () => build(form, depth)) as never;
}

function build(form: Form, depth: number): object {
  switch (form.is) {
    case 'test':
      return depth === 0
        ? once(['s', form.cond], () => stateTest(form.cond))
        : once(['e', form.entry], () => entryTest(form.entry));
    case 'of_state':
      return world.ofState(once(['s', form.cond], () => stateTest(form.cond)));
    case 'all_done':
      return allDone;
    case 'every':
    case 'some':
    case 'count': {
      const body = bodyOf(form.body, depth + 1);
      return quantified(form, body);
    }
    case 'not':
      return world.not(bodyOf(form.operand, depth));
    case 'implies':
      return world.implies(bodyOf(form.premise, depth), bodyOf(form.conclusion, depth));
    default:
      return joined(
        form.is,
        form.operands.map((operand) => bodyOf(operand, depth)),
      );
  }
}

function quantified(
  { is, over, bounds: count, part }: Extract<Form, { is: 'every' | 'some' | 'count' }>,
  body: never,
): object {
  if (over === 'processes') {
    if (is === 'count') return world.countProcesses(count, body);
    if (is === 'some') return world.someProcess(body);
    return part ? world.everyProcess('as it should be', body) : world.everyProcess(body);
  }
  if (is === 'count') return world.count(over, count, body);
  if (is === 'some') return world.some(over, body);
  return part ? world.every(over, 'as it should be', body) : world.every(over, body);
}

function joined(is: 'and' | 'or' | 'all', operands: readonly never[]): object {
  if (is !== 'all') return world[is](...operands);
  return world.all(Object.fromEntries(operands.map((operand, i) => [`part ${i}`, operand])));
}

function stepBodyOf(form: StepForm): never {
  return buildStep(form) as never;
}

function buildStep(form: StepForm): object {
  switch (form.is) {
    case 'step':
      return (before: object, action: StepAction, after: object, processes: StepProcesses) =>
        action.actor === form.actor ||
        holds(form.cond, seen(before, processes.before)) ||
        holds(form.after, seen(after, processes.after));
    case 'before':
    case 'after':
      return world[form.is](bodyOf(form.body));
    case 'everyChanged':
    case 'someChanged':
      return world[form.is](form.table, (before, after, id, step) => {
        switch (form.asks) {
          case 'stays':
            return after !== undefined;
          case 'grows':
            return numberOf(before ?? 0) <= numberOf(after ?? 0);
          case 'named_a':
            return id === 'a';
          case 'state':
            return holds(form.cond, seen(step.after, step.processes.after));
        }
      });
    case 'not':
      return world.not(stepBodyOf(form.operand));
    case 'implies':
      return world.implies(stepBodyOf(form.premise), stepBodyOf(form.conclusion));
    default:
      return joined(form.is, form.operands.map(stepBodyOf));
  }
}

interface StepProcesses {
  readonly before: ProcessTable;
  readonly after: ProcessTable;
}

export const propertyOf = ({ kind, form }: Asked, name: string): Property<Small> =>
  world[kind](name, bodyOf(form));

export const stepPropertyOf = (form: StepForm, name: string): Property<Small> =>
  world.step(name, stepBodyOf(form));
