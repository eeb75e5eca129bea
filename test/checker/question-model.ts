import {
  type Property,
  type Scenario,
  type System,
  spec,
  stronglyFair,
  type Trace,
  weaklyFair,
} from '../../src/index.ts';
import { type Condition, type Edge, type Graph, inSteps, type Run } from './brute-force.ts';

/**
 * Systems whose states and steps are a drawn graph, what holds in each state, and the questions
 * that can be put to them: every kind of property with every form of body, as data. Nothing here
 * comes from src/checker.
 */

/** What is to be seen in one state of a drawing. */
export interface Content {
  readonly x: number;
  /** From the ids of the jobs that there are to whether each is done. */
  readonly jobs: { readonly [id: string]: boolean };
  /** Whether there is a process called 'child'. */
  readonly child: boolean;
}

export interface Drawing {
  /** Agent 0 is a process, agent 1 an action. */
  readonly graph: Graph;
  readonly contents: readonly Content[];
  readonly fairness: 'unsaid' | 'none' | 'weak' | 'strong';
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

const world = spec<World>();

/** What a condition means in a state of the drawing. */
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

const jobTest =
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

/** What the types forbid, and what a file that is not type-checked may hold. */
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
function bodyOf(form: Form, agentIn: (actor: string | undefined) => number): unknown {
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

const stepTest =
  (form: Extract<Form, { is: 'step' }>, agentIn: (actor: string | undefined) => number) =>
  (before: { at: number }, action: { actor: string | undefined }, after: { at: number }): boolean =>
    inSteps(form, { from: before.at, agent: agentIn(action.actor), to: after.at });

export const kinds = [
  'always',
  'never',
  'reachable',
  'step',
  'eventually',
  'infinitelyOften',
  'eventuallyAlways',
  'leadsTo',
  'eachLeadsTo',
] as const;
export type Kind = (typeof kinds)[number];

/** What is asked with two bodies is asked with the second one, too. */
export interface Question {
  readonly kind: Kind;
  readonly body: Form;
  readonly to: Form;
}

const agentOf = (actor: string | undefined): number => (actor === 'p' ? 0 : 1);

/** The property that asks the question. */
export function propertyOf({ kind, body, to }: Question, name: string): Property<World> {
  const asked = bodyOf(body, agentOf);
  switch (kind) {
    case 'step':
      return world.step(name, (body.is === 'step' ? stepTest(body, agentOf) : asked) as never);
    case 'leadsTo':
      return world.leadsTo(name, asked as never, bodyOf(to, agentOf) as never);
    case 'eachLeadsTo': {
      const each = (form: Form) =>
        form.is === 'every' ? jobTest(form.cond) : bodyOf(form, agentOf);
      return world.eachLeadsTo(name, 'jobs', each(body) as never, each(to) as never);
    }
    default:
      return world[kind](name, asked as never);
  }
}

/** The scenario whose reachable states and steps are those of the drawing. */
export function scenarioOf(drawing: Drawing, properties: readonly Property<World>[]): Scenario {
  const { graph, contents, fairness } = drawing;
  const idle = world.flow({ name: 'idle', steps: { wait: { when: () => false, do() {} } } });
  const targets = (agent: number, { at }: { readonly at: number }) => [
    ...new Set(
      graph.edges.filter((edge) => edge.agent === agent && edge.from === at).map(({ to }) => to),
    ),
  ];
  const moveTo = (state: World, to: number) => {
    const content = contents[to] as Content;
    state.at = to;
    state.x = content.x;
    for (const id of Object.keys(state.jobs)) if (!(id in content.jobs)) delete state.jobs[id];
    for (const [id, done] of Object.entries(content.jobs)) state.jobs[id] = { done };
    return content.child;
  };
  const settle = (isThere: boolean, processes: Parameters<Move>[2]) => {
    if (!isThere) processes.stop('child');
    else if (processes.get('child') === undefined) processes.start('child', idle.start());
  };
  const walk = world.flow({
    name: 'walk',
    steps: {
      go: {
        when: (state) => targets(0, state).length > 0,
        do(state, _self, pick, processes) {
          settle(moveTo(state, pick('to', targets(0, state))), processes);
          return 'go';
        },
      },
    },
  });
  const tick = world.action({
    name: 'tick',
    when: (state) => targets(1, state).length > 0,
    do(state, pick, processes) {
      settle(moveTo(state, pick('to', targets(1, state))), processes);
    },
  });
  const starts = [...contents.keys()].filter((state) => (graph.initial & (1 << state)) !== 0);
  const assumed = {
    unsaid: {},
    none: { fairness: [] },
    weak: { fairness: weaklyFair('anything') },
    strong: { fairness: stronglyFair('processes', tick) },
  };
  return world.scenario({
    name: 'drawing',
    about: 'A graph of a few states.',
    system: (): System<World> => ({
      init: () =>
        starts.map((at) => {
          const { x, jobs } = contents[at] as Content;
          const entries = Object.entries(jobs).map(([id, done]) => [id, { done }] as const);
          return { at, x, jobs: Object.fromEntries(entries) };
        }),
      // Initial states have the same processes, so that the drawing has no child in them.
      processes: { p: walk.start() },
      actions: [tick],
      properties,
      final: 'anywhere',
      ...assumed[fairness],
    }),
  });
}

type Move = Parameters<typeof world.action>[0]['do'];

/** What the assumptions say of the agents. */
export function conditionsOf({ fairness }: Drawing): readonly Condition[] {
  switch (fairness) {
    case 'unsaid':
      return [{ kind: 'weak', agents: 1 }];
    case 'none':
      return [];
    case 'weak':
      return [{ kind: 'weak', agents: 3 }];
    case 'strong':
      return [1, 2].map((agents) => ({ kind: 'strong', agents }));
  }
}

/** A trace as a run through the graph. */
export function runOf({ init, steps, loopsTo }: Trace): Run {
  const path = [init, ...steps.map(({ state }) => state)].map(({ state }) => Number(state['at']));
  const taken = steps.map(
    ({ actor }, i): Edge => ({
      from: path[i] ?? -1,
      agent: agentOf(actor),
      to: path[i + 1] ?? -1,
    }),
  );
  return { start: path[0] ?? -1, steps: taken, loopsTo };
}
