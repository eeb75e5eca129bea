import fc from 'fast-check';
import { type Property, type Scenario, spec } from '../../src/index.ts';
import { hostileName, hostileValue } from './hostile-names.ts';

/** Values that no state can hold. */
const noOption = fc.constantFrom<unknown>(
  Number.NaN,
  Infinity,
  -Infinity,
  undefined,
  1n,
  new Date(0),
);

interface Asked {
  readonly name: string;
  readonly options: readonly unknown[];
}

interface Act {
  readonly picks: readonly Asked[];
  /** A process to start, and which flow it runs. */
  readonly starts: readonly [pid: string, flow: number] | undefined;
}

export interface HostileSystem {
  readonly flows: readonly { readonly name: string; readonly steps: readonly [string, Act][] }[];
  readonly processes: readonly (readonly [pid: string, flow: number])[];
  readonly actions: readonly (Act & {
    readonly actor: string | undefined;
    readonly name: string;
  })[];
  readonly faults: readonly (Act & { readonly name: string })[];
  readonly initial: number;
}

const asked = (options: fc.Arbitrary<unknown>): fc.Arbitrary<Asked> =>
  fc.record({
    name: fc.oneof(fc.constant('v'), hostileName),
    options: fc.array(options, { maxLength: 3 }),
  });

function actWith(options: fc.Arbitrary<unknown>): fc.Arbitrary<Act> {
  return fc.record({
    picks: fc.oneof(
      { weight: 1, arbitrary: fc.constant([]) },
      { weight: 2, arbitrary: fc.array(asked(options), { maxLength: 3 }) },
    ),
    starts: fc.option(fc.tuple(hostileName, fc.nat(2)), { nil: undefined, freq: 3 }),
  });
}

/** Systems with such names; in one of `1 / odd` a pick may have an option that is not plain. */
export const hostileSystem: fc.Arbitrary<HostileSystem> = fc
  .oneof(
    { weight: 9, arbitrary: fc.constant(hostileValue) },
    { weight: 1, arbitrary: fc.constant(fc.oneof(hostileValue, noOption)) },
  )
  .chain((options) => {
    const act = actWith(options);
    const named = act.chain((each) => hostileName.map((name) => ({ ...each, name })));
    return fc.record({
      flows: fc.array(
        fc.record({
          name: hostileName,
          steps: fc.array(fc.tuple(hostileName, act), { minLength: 1, maxLength: 2 }),
        }),
        { minLength: 1, maxLength: 3 },
      ),
      processes: fc.array(fc.tuple(hostileName, fc.nat(2)), { maxLength: 2 }),
      actions: fc.array(
        named.chain((each) =>
          fc.option(hostileName, { nil: undefined, freq: 3 }).map((actor) => ({ ...each, actor })),
        ),
        { maxLength: 2 },
      ),
      faults: fc.array(named, { maxLength: 2 }),
      initial: fc.integer({ min: 1, max: 3 }),
      twin: fc.nat(5),
    });
  })
  .map(({ twin, ...system }) => (twin === 0 ? withTwins(system) : system));

/**
 * The same with an action that is called as the first step of a process: by chance this is rare.
 */
function withTwins(system: HostileSystem): HostileSystem {
  const { flows, processes, actions } = system;
  const [[pid, which] = ['a', 0]] = processes;
  const [name] = flows[which % flows.length]?.steps[0] ?? ['a'];
  const [act = { picks: [], starts: undefined }] = actions;
  return { ...system, actions: [{ ...act, actor: pid, name }] };
}

interface State {
  /** Which initial state the run began in. */
  start: number;
  /** The number of actions taken so far. */
  taken: number;
  /** The last step, as the recipe itself records it. */
  last: string;
}

/**
 * The record that a step makes of itself: every pick of it, in order, the second of one name as
 * `n#2`.
 */
export const told = (
  actor: string | undefined,
  label: string,
  picks: readonly (readonly [string, unknown])[],
): string => JSON.stringify([actor ?? null, label, picks]);

const vocabulary = spec<State>();
type Picking = (name: string, options: readonly (object | string)[]) => unknown;
type Start = (pid: string, flow: number) => void;

/** Picks and starts as the act says, and returns the picks in order. */
function perform({ picks, starts }: Act, start: Start, pick: Picking): [string, unknown][] {
  const times = new Map<string, number>();
  const answers = picks.map(({ name, options }): [string, unknown] => {
    const time = (times.get(name) ?? 0) + 1;
    times.set(name, time);
    // The generator makes options that the types forbid, too.
    const answer = pick(name, options as readonly string[]);
    return [time === 1 ? name : `${name}#${time}`, answer];
  });
  if (starts !== undefined) start(...starts);
  return answers;
}

function makeFlows(system: HostileSystem) {
  const flows = system.flows.map(({ name, steps }) =>
    vocabulary.flow({
      name,
      steps: Object.fromEntries(
        steps.map(([label, act]) => [
          label,
          (state, self, pick, processes): undefined => {
            const start = (pid: string, which: number) => {
              const running = processes.get(pid);
              if (pid !== self.pid && (running === undefined || running.at === 'done'))
                processes.start(pid, startOf(which));
            };
            state.last = told(self.pid, label, perform(act, start, pick));
          },
        ]),
      ) as Parameters<typeof vocabulary.flow<[], object, string>>[0]['steps'],
    }),
  );
  const startOf = (which: number) =>
    (flows[which % flows.length] as (typeof flows)[number]).start();
  return startOf;
}
type StartOf = ReturnType<typeof makeFlows>;

/** The parts of an action or a fault with this act. */
function actionOf(act: Act, actor: string | undefined, name: string, startOf: StartOf) {
  return {
    name,
    when: (state: State) => state.taken < 2,
    do(
      state: State,
      pick: Picking,
      processes: {
        get(pid: string): { at: string } | undefined;
        start(pid: string, of: ReturnType<StartOf>): void;
      },
    ) {
      const start = (pid: string, which: number) => {
        const running = processes.get(pid);
        if (running === undefined || running.at === 'done') processes.start(pid, startOf(which));
      };
      state.last = told(actor, name, perform(act, start, pick));
      state.taken += 1;
    },
  };
}

const toldEveryPick: Property<State> = vocabulary.step(
  'a property about steps is told every pick of the step',
  (_before, action, after) => {
    const [actor, label, picks] = JSON.parse(after.last) as [
      string | null,
      string,
      [string, unknown][],
    ];
    return (
      (action.actor ?? null) === actor &&
      action.label === label &&
      JSON.stringify(sorted(action.picks)) === JSON.stringify(sorted(Object.fromEntries(picks)))
    );
  },
);

/** The system as a scenario. Each step records in the state its actor and its picks. */
export function scenarioOf(system: HostileSystem): Scenario {
  return vocabulary.scenario({
    name: 'hostile',
    about: 'Names and values that are hard to tell apart.',
    system: () => {
      const startOf = makeFlows(system);
      return {
        init: () =>
          Array.from({ length: system.initial }, (_, start) => ({ start, taken: 0, last: '' })),
        processes: Object.fromEntries(
          system.processes.map(([pid, which]) => [pid, startOf(which)]),
        ),
        actions: system.actions.map((each) =>
          vocabulary.action({
            ...(each.actor === undefined ? {} : { actor: each.actor }),
            ...actionOf(each, each.actor, each.name, startOf),
          }),
        ),
        faults: system.faults.map((each) =>
          vocabulary.fault(actionOf(each, 'fault', each.name, startOf)),
        ),
        final: 'anywhere',
        properties: [toldEveryPick],
      };
    },
  });
}

/** With the keys of all records in order, as values are written in words. */
export function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, part]) => [key, sorted(part)]));
}
