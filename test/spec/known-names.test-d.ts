import { expectTypeOf, test } from 'vitest';
import {
  allDone,
  check,
  choice,
  judgeRun,
  range,
  replay,
  type Scenario,
  spec,
} from '../../src/index.ts';
import { expectHolds, expectViolated, runs } from '../../src/testing/index.ts';

interface Cloud {
  volumes: Record<string, { status: 'in-use' | 'detaching' }>;
  turn: number;
}

const cloud = spec<Cloud>();

const lock = cloud.flow({ name: 'lock', steps: { ask() {}, wait() {} } });
const audit = cloud.flow({ name: 'audit', steps: { look() {} } });
const typed = cloud.withProcesses({ ann: lock, bob: lock, eve: audit });

test('a misspelt process id does not compile where the processes are known', () => {
  typed.never('two wait', (_state, { ann, bob }) => ann?.at === 'wait' && bob?.at === 'wait');
  // @ts-expect-error: there is no bop
  typed.never('two wait', (_state, processes) => processes.bop?.at === 'wait');
  // @ts-expect-error: there is no bop
  typed.leadsTo('one waits', (_state, { bop }) => bop, allDone);
  typed.action({
    name: 'tick',
    // @ts-expect-error: there is no bop
    when: (_state, processes) => processes.bop === undefined,
    do: (_state, _pick, processes) => {
      processes.move('ann', 'ask');
      processes.start('bob', lock.start());
      // @ts-expect-error: there is no bop
      processes.stop('bop');
    },
  });
  typed.flow({
    name: 'other',
    steps: {
      begin: {
        // @ts-expect-error: there is no bop
        when: (_state, _self, processes) => processes.bop === undefined,
        do(_state, self, _pick, processes) {
          expectTypeOf(self.pid).toEqualTypeOf<'ann' | 'bob' | 'eve'>();
          // @ts-expect-error: there is no bop
          processes.get('bop');
        },
      },
    },
  });
});

test('a misspelt label of a process does not compile where its flow is known', () => {
  typed.always('ann asks', (_state, { ann }) => ann?.at === 'ask' || ann?.at === 'done');
  // @ts-expect-error: the label is 'ask'
  typed.always('ann asks', (_state, { ann }) => ann?.at === 'asks');
  // @ts-expect-error: eve audits, and never asks
  typed.always('eve asks', (_state, { eve }) => eve?.at === 'ask');
  typed.step('ann goes on', (_before, _action, _after, { before, after }) => {
    // @ts-expect-error: the label is 'wait'
    return before.ann?.at === 'ask' && after.ann?.at === 'waits';
  });
  typed.everyProcess(({ at }) => {
    expectTypeOf(at).toEqualTypeOf<'ask' | 'wait' | 'look' | 'done'>();
    return true;
  });
  // @ts-expect-error: eve audits, and never asks
  typed.action({ name: 'tick', do: (_state, _pick, processes) => processes.move('eve', 'ask') });
});

test('a scenario lists processes of the flows that are known', () => {
  const init = () => ({ volumes: {}, turn: 0 });
  typed.scenario({
    name: 'some-of-them',
    about: 'Not every process exists at every point.',
    system: () => ({ init, processes: { ann: lock.start() }, final: allDone }),
  });
  typed.scenario({
    name: 'another-flow',
    about: 'Eve audits.',
    // @ts-expect-error: a process of another flow
    system: () => ({ init, processes: { eve: lock.start() } }),
  });
  typed.scenario({
    name: 'another-process',
    about: 'There is no bop.',
    // @ts-expect-error: there is no bop
    system: () => ({ init, processes: { bop: lock.start() } }),
  });
});

test('process ids of a pattern are typed by the pattern', () => {
  const workers: { readonly [id: `w${number}`]: typeof lock } = {};
  const many = cloud.withProcesses(workers);
  many.never('the first waits', (_state, processes) => processes['w1']?.at === 'wait');
  // @ts-expect-error: workers are called w1, w2 and so on
  many.never('the first waits', (_state, processes) => processes['x1']?.at === 'wait');
});

const counted = cloud.scenario({
  name: 'counted',
  about: 'Two parameters and two properties.',
  parameters: { lock: choice(['none', 'both']), attaches: range(0, 3) },
  system: () => ({
    init: () => ({ volumes: {}, turn: 0 }),
    properties: [cloud.always('it turns', () => true), cloud.never('it turned', () => false)],
  }),
});

test('a check and a test name parameters and values that a scenario has', () => {
  check(counted, { parameters: { lock: 'both' } });
  replay(counted, [], { parameters: { attaches: 2 } });
  runs(counted, { parameters: { lock: 'none' } });
  expectHolds(counted, { parameters: {} });
  // @ts-expect-error: it is called lock
  check(counted, { parameters: { lokc: 'both' } });
  // @ts-expect-error: not a value of lock
  expectHolds(counted, { parameters: { lock: 'bot' } });
  // @ts-expect-error: not a value of lock
  replay(counted, [], { parameters: { lock: 'bot' } });
  // @ts-expect-error: it is called lock
  runs(counted, { parameters: { lokc: 'both' } });
});

test('a test names properties that a scenario has', () => {
  expectViolated(counted, 'it turns', { steps: 3 });
  expectViolated(counted, 'every run can go on until it is done');
  judgeRun(counted, 'it turned', []);
  // @ts-expect-error: it is called 'it turns'
  expectViolated(counted, 'it turnns');
  // @ts-expect-error: it is called 'it turned'
  judgeRun(counted, 'it turnned', []);
});

test('a scenario stands for any scenario where its types do not matter', () => {
  const some: readonly Scenario[] = [counted];
  for (const each of some) check(each, { parameters: { whatever: 1 } });
});
