import { spec } from '../../src/index.ts';
import { inSteps } from './brute-force.ts';

/**
 * Every form of body that a property can have, as data, and what each means. Nothing here comes
 * from src/checker.
 */

/** The view of one state of a drawing. */
export interface Content {
  readonly x: number;
  /** From the ids of the jobs that there are to whether each is done. */
  readonly jobs: { readonly [id: string]: boolean };
  /** Whether there is a process called 'child'. */
  readonly child: boolean;
}

/** A condition on a state, and on one job of it. */
export type Cond =
  | { readonly is: 'x' | 'size'; readonly value: number }
  | { readonly is: 'child' }
  | { readonly is: 'job'; readonly id: string };
export type JobCond = 'done' | 'open' | 'named_a' | 'with_child' | 'as_x';

/** A body of a property; 'wrong' is number `value` of what no property can ask. */
export type Form =
  | { readonly is: 'test'; readonly cond: Cond }
  | { readonly is: 'every' | 'some'; readonly cond: JobCond; readonly hasPart: boolean }
  | { readonly is: 'all'; readonly parts: readonly Form[] }
  | { readonly is: 'given'; readonly premise: Form; readonly conclusion: Form }
  | { readonly is: 'step'; readonly agents: number; readonly from: number; readonly to: number }
  | { readonly is: 'wrong'; readonly value: number };

export interface World {
  at: number;
  x: number;
  readonly jobs: { [id: string]: { done: boolean } };
}

export const world = spec<World>();

/** The meaning of a condition in a state of the drawing. */
export function meansIn({ x, jobs, child }: Content, cond: Cond): boolean {
  switch (cond.is) {
    case 'x':
      return x === cond.value;
    case 'size':
      return Object.keys(jobs).length === cond.value;
    case 'child':
      return child;
    case 'job':
      return jobs[cond.id] === true;
  }
}

export function meansOf({ x, jobs, child }: Content, id: string, cond: JobCond): boolean {
  switch (cond) {
    case 'done':
      return jobs[id] === true;
    case 'open':
      return jobs[id] === false;
    case 'named_a':
      return id === 'a';
    case 'with_child':
      return child;
    case 'as_x':
      return jobs[id] === (x === 1);
  }
}

type Seen = {
  readonly x: number;
  readonly jobs: { readonly [id: string]: { readonly done: boolean } };
};
type Processes = { readonly [pid: string]: object | undefined };

/** The condition as a test that a property can ask. */
const test =
  (cond: Cond) =>
  (state: Seen, processes: Processes): boolean => {
    switch (cond.is) {
      case 'x':
        return state.x === cond.value;
      case 'size':
        return Object.keys(state.jobs).length === cond.value;
      case 'child':
        return processes['child'] !== undefined;
      case 'job':
        return state.jobs[cond.id]?.done === true;
    }
  };

export const jobTest =
  (cond: JobCond) =>
  (job: { readonly done: boolean }, id: string, state: Seen, processes: Processes): boolean => {
    switch (cond) {
      case 'done':
        return job.done;
      case 'open':
        return !job.done;
      case 'named_a':
        return id === 'a';
      case 'with_child':
        return processes['child'] !== undefined;
      case 'as_x':
        return job.done === (state.x === 1);
    }
  };

/** Bodies that the types forbid, and that a file without a type check may hold. */
export const wrongBodies: readonly (() => unknown)[] = [
  () => undefined,
  () => null,
  () => true,
  () => 'it is fine',
  () => 3,
  () => ({}),
  () => [() => true],
  () => new Map([['one', () => true]]),
  () => Promise.resolve(() => true),
  () => async () => true,
  () => function* later() {},
  () => ({ kind: 'each', table: 'jobs', test: () => true }),
  () => world.always('another', () => true),
  () => world.every('x' as never, () => true),
  () => world.every('processes' as never, () => true),
  () => world.every('#processes' as never, () => true),
  () => world.some('nothing' as never, () => true),
  () => world.every('jobs', undefined as never),
  () => world.some(undefined as never, () => true),
  () => world.every('jobs', 7 as never, () => true),
  () => world.all([() => true] as never),
  () => world.all(new Map([['one', () => true]]) as never),
  () => world.all({ one: 'two' as never }),
  () => world.all({ one: { step: () => true } as never }),
  () => world.given(() => true, undefined as never),
  () =>
    world.given(
      world.given(
        () => true,
        () => true,
      ) as never,
      () => true,
    ),
  () => world.count('jobs', {}, () => true),
  () => world.count('jobs', { atMost: -1 }, () => true),
  () => world.count('jobs', { atMost: 0.5 }, () => true),
  () => world.count('jobs', { most: 1 } as never, () => true),
  () => world.countProcesses(undefined as never, () => true),
  () => world.everyProcess(undefined as never),
  () => world.and(),
  () => world.or(() => true, undefined as never),
  () => world.not(undefined as never),
  () => world.implies(() => true, undefined as never),
  () => world.ofState(undefined as never),
  () => world.every('jobs', world.before(() => true) as never),
  () =>
    world.not(
      world.given(
        () => true,
        () => true,
      ) as never,
    ),
  () => ({ step: 'go' }),
  () => ({ step: () => true, holds: () => true }),
  () => {
    const parts: { [name: string]: unknown } = {};
    const all = world.all(parts as never);
    parts['itself'] = all;
    return all;
  },
];

/** The body in the vocabulary. `agentIn` tells who took a step. */
export function bodyOf(form: Form, agentIn: (actor: string | undefined) => number): unknown {
  const inner = (one: Form) => bodyOf(one, agentIn);
  switch (form.is) {
    case 'test':
      return test(form.cond);
    case 'every':
      return form.hasPart
        ? world.every('jobs', 'as it should be', jobTest(form.cond))
        : world.every('jobs', jobTest(form.cond));
    case 'some':
      return world.some('jobs', jobTest(form.cond));
    case 'all':
      return world.all(
        Object.fromEntries(form.parts.map((part, i) => [`part ${i}`, inner(part)])) as never,
      );
    case 'given':
      return world.given(inner(form.premise) as never, inner(form.conclusion) as never);
    case 'step':
      return { step: stepTest(form, agentIn) };
    case 'wrong':
      return wrongBodies[form.value]?.();
  }
}

export const stepTest =
  (form: Extract<Form, { is: 'step' }>, agentIn: (actor: string | undefined) => number) =>
  (before: { at: number }, action: { actor: string | undefined }, after: { at: number }): boolean =>
    inSteps(form, { from: before.at, agent: agentIn(action.actor), to: after.at });
