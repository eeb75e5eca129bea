import { expect, expectTypeOf, test } from 'vitest';
import { check, type Processes, type Scenario, spec } from '../../src/index.ts';

interface World {
  handed: number;
}
const world = spec<World>();

/** A seller and a buyer meet: one step moves both and hands the price over. */
const seller = world.flow({
  name: 'seller',
  vars: (price: number) => ({ price }),
  steps: { offer: { when: () => false, do() {} }, rest() {} },
});
const buyer = world.flow({
  name: 'buyer',
  vars: () => ({ paid: null as number | null, seen: [] as readonly number[] }),
  steps: { wait: { when: () => false, do() {} }, rest() {} },
});
const typed = world.withProcesses({ sam: seller, bea: buyer });

const meeting = (act: (processes: Processes) => void): Scenario =>
  typed.scenario({
    name: 'meeting',
    about: 'Two processes meet in one step.',
    system: () => ({
      init: () => ({ handed: 0 }),
      processes: { sam: seller.start(3), bea: buyer.start() },
      actions: [
        typed.action({
          name: 'meet',
          when: (_state, { sam, bea }) => sam?.at === 'offer' && bea?.at === 'wait',
          do: (state, _pick, processes) => {
            act(processes as unknown as Processes);
            state.handed += 1;
          },
        }),
      ],
      properties: [
        typed.always(
          'who rests has paid the price',
          (_state, { bea }) => bea?.at === 'wait' || bea?.vars['paid'] === 3,
        ),
        typed.reachable('it was seen', (_state, { bea }) => String(bea?.vars['seen']) === '3'),
      ],
    }),
  });

test('an action moves two processes and hands a variable of one to the other', () => {
  const { properties, states } = check(
    meeting((processes) => {
      const { price } = processes.vars('sam', seller);
      const vars = processes.vars('bea', buyer);
      vars.paid = price;
      vars.seen.push(price);
      processes.move('sam', 'rest');
      processes.move('bea', 'rest');
    }),
  );
  expect(properties.map(({ verdict }) => verdict)).toEqual(['holds', 'holds', 'holds']);
  expect(states).toBe(5);
});

test.each([
  [
    'a process that does not exist',
    (processes: Processes) => processes.vars('zoe', buyer),
    "it asks for the variables of process 'zoe', which does not exist",
  ],
  [
    'another flow than the process runs',
    (processes: Processes) => processes.vars('sam', buyer),
    "it asks for the variables of process 'sam' in flow 'buyer', and it runs 'seller'",
  ],
  [
    'no flow',
    (processes: Processes) => processes.vars('sam', undefined as never),
    "it asks for the variables of process 'sam' without its flow",
  ],
  [
    'a value that is not plain data',
    (processes: Processes) => {
      processes.vars('bea', buyer).paid = new Date(0) as never;
    },
    'vars.paid',
  ],
])('%s is refused for the variables of a process', (_what, act, message) => {
  expect(() => check(meeting((processes) => void act(processes)))).toThrow(message);
});

const inherited = ['constructor', 'toString', 'valueOf', 'hasOwnProperty', '__proto__'];

test.each(inherited)('a step finds no process %s, which each object inherits', (pid) => {
  const checked = (act: (processes: Processes) => void) => check(meeting(act), { statesMax: 9 });
  const found: unknown[] = [];
  checked((processes) => found.push(processes.get(pid)));
  expect([...new Set(found)]).toEqual([undefined]);
  const doesNotExist = `process '${pid}', which does not exist`;
  expect(() => checked((processes) => void processes.vars(pid, buyer))).toThrow(doesNotExist);
  expect(() => checked((processes) => processes.move(pid, 'rest'))).toThrow(doesNotExist);
  expect(() => checked((processes) => processes.start(pid, buyer.start()))).toThrow(
    'has a name that JavaScript gives to something else',
  );
});

test('the variables of a process have the types of its flow', () => {
  typed.action({
    name: 'meet',
    do: (_state, _pick, processes) => {
      const vars = processes.vars('bea', buyer);
      expectTypeOf(vars.paid).toEqualTypeOf<number | null>();
      // @ts-expect-error: the variable is called paid
      vars.payed = 3;
      // @ts-expect-error: there is no process bee
      processes.vars('bee', buyer);
    },
  });
});
