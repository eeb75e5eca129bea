import {
  type Property,
  type Scenario,
  type System,
  stronglyFair,
  type Trace,
  weaklyFair,
} from '../../src/index.ts';
import type { Condition, Edge, Graph, Run } from './brute-force.ts';

import {
  bodyOf,
  type Content,
  type Form,
  jobTest,
  stepTest,
  type World,
  world,
} from './question-bodies.ts';

/**
 * Systems whose states and steps are a drawn graph, what holds in each state, and the questions
 * that can be put to them: every kind of property, as data. Nothing here
 * comes from src/checker.
 */

export interface Drawing {
  /** Agent 0 is a process, agent 1 an action. */
  readonly graph: Graph;
  readonly contents: readonly Content[];
  readonly fairness: 'unsaid' | 'none' | 'weak' | 'strong';
}

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

/** A question with two bodies also gets the second one. */
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

/** The assumptions about the agents. */
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
