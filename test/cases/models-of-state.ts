/** Recipes, guards and properties that look at the state in ways that a checker may get wrong. */
export const stateModels = {
  'drains.ts': `
import { spec } from 'racewright';

const mail = spec<{ inbox: Record<string, number>; outbox: Record<string, number>; total: number }>();
const clerk = mail.flow({ name: 'clerk', steps: {
  empty(state) {
    const batch = state.inbox;
    state.inbox = {};
    for (const amount of Object.values(batch)) state.total += amount;
  },
} });
export const drains = mail.scenario({ name: 'drains', about: 'A table is replaced while its old entries are still wanted.', system: () => ({
  init: () => ({ inbox: { first: 1, second: 2 }, outbox: {}, total: 0 }),
  processes: { clerk: clerk.start() },
  properties: [
    mail.always('nothing gets lost', (state, processes) => processes['clerk']?.at !== 'done' || state.total === 3),
    mail.never('all of it is counted', (state) => state.total === 3),
  ],
}) });
`,
  'swaps.ts': `
import { spec } from 'racewright';

const boxes = spec<{ left: Record<string, number>; right: Record<string, number> }>();
const porter = boxes.flow({ name: 'porter', steps: {
  swap(state) { [state.left, state.right] = [state.right, state.left]; },
} });
export const swaps = boxes.scenario({ name: 'swaps', about: 'Two tables change places.', system: () => ({
  init: () => ({ left: { x: 1 }, right: { y: 2 } }),
  processes: { porter: porter.start() },
  properties: [
    boxes.never('x is on the right', (state) => 'x' in state.right),
    boxes.never('y is on the left', (state) => 'y' in state.left),
    boxes.always('each is in one place', (state) => Object.keys({ ...state.left, ...state.right }).length === 2),
  ],
}) });
`,
  'moves.ts': `
import { spec } from 'racewright';

type Table = Record<string, number>;
const tables = spec<{ today: Table; kept: Record<string, Table>; spare: Table; list: Table[] }>();
const archivist = tables.flow({ name: 'archivist', steps: {
  archive(state) { state.kept['monday'] = state.today; state.today = {}; },
  restore(state) { const old = state.spare; state.spare = { other: 9 }; state.spare = old; },
  push(state) { state.list.push(state.spare); state.spare = {}; },
  share(state) { state.today = state.spare; state.spare['z'] = 1; },
} });
export const moves = tables.scenario({ name: 'moves', about: 'Tables are archived, restored, pushed and shared.', system: () => ({
  init: () => ({ today: { a: 1 }, kept: {}, spare: { b: 2 }, list: [] }),
  processes: { archivist: archivist.start() },
  properties: [
    tables.never('what was archived is there', (state) => state.kept['monday']?.['a'] === 1),
    tables.always('what was restored is there', (state, { archivist: it }) => it?.at !== 'push' || state.spare['b'] === 2),
    tables.never('what was pushed is there', (state) => state.list[0]?.['b'] === 2),
    tables.never('what is shared shows in both', (state) => state.today['z'] === 1 && state.spare['z'] === 1),
  ],
}) });
`,
  'cached.ts': `
import { spec } from 'racewright';

type Disks = { readonly [id: string]: { readonly state: string } };
const farm = spec<{ disks: Record<string, { state: string }> }>();
const remembering = <Argument, Answer>(ask: (argument: Argument) => Answer) => {
  let last: Argument | undefined, answer: Answer | undefined;
  return (argument: Argument): Answer => {
    if (answer === undefined || argument !== last) { last = argument; answer = ask(argument); }
    return answer;
  };
};
const used = remembering((disks: Disks) => Object.values(disks).filter(({ state }) => state === 'used').length);
const taker = farm.flow({ name: 'taker', steps: {
  first(state) { state.disks['d1'] = { state: 'used' }; },
  second(state) { state.disks['d2'] = { state: 'used' }; },
} });
export const cached = farm.scenario({ name: 'cached', about: 'A property remembers its last answer by identity.', system: () => ({
  init: () => ({ disks: { d1: { state: 'free' }, d2: { state: 'free' } } }),
  processes: { taker: taker.start() },
  properties: [
    farm.always('at most one disk is used', (state) => used(state.disks) <= 1),
    farm.always('the same without remembering', (state) => Object.values(state.disks).filter(({ state: each }) => each === 'used').length <= 1),
  ],
}) });
`,
  'quantifiers.ts': `
import { spec } from 'racewright';

const shop = spec<{ orders: Record<string, { sent: boolean }>; left: number; right: number }>();
const sender = shop.flow({ name: 'sender', steps: {
  send(state) { state.orders['one'] = { sent: true }; state.left = 1; },
} });
const both = { left: (state: { left: number }) => state.left === 1, right: (state: { right: number }) => state.right === 1 };
export const quantifiers = shop.scenario({ name: 'quantifiers', about: 'Questions about every part, where only one part comes true.', system: () => ({
  init: () => ({ orders: { one: { sent: false }, two: { sent: false } }, left: 0, right: 0 }),
  processes: { sender: sender.start() },
  properties: [
    shop.reachable('every order gets sent', shop.every('orders', ({ sent }) => sent) as never),
    shop.reachable('both sides get to one', shop.all(both) as never),
    shop.never('both sides are at one', shop.all(both) as never),
    shop.always('some order is open', shop.some('orders', ({ sent }) => !sent) as never),
  ],
}) });
`,
  'toggles.ts': `
import { spec, weaklyFair } from 'racewright';

const lamp = spec<{ lit: boolean }>();
const on = lamp.action({ name: 'on', when: ({ lit }) => !lit, do(state) { state.lit = true; } });
const off = lamp.action({ name: 'off', when: ({ lit }) => lit, do(state) { state.lit = false; } });
export const toggles = lamp.scenario({ name: 'toggles', about: 'A lamp goes on and off for ever.', system: () => ({
  init: () => ({ lit: false }), actions: [on, off], fairness: weaklyFair(on, off), final: 'anywhere',
  properties: [lamp.eventuallyAlways('from some time on every step is an on', { step: (_before, { label }) => label === 'on' })],
}) });
`,
  'deep-chain.ts': `
import { range, spec } from 'racewright';

const chain = spec<{ level: number; side: number }>();
export const deepChain = chain.scenario({ name: 'deep-chain', about: 'Three states on each of many levels.', parameters: { depth: range(1, 10_000) }, system: ({ depth }) => ({
  init: () => ({ level: 0, side: 0 }),
  actions: [
    chain.action({ name: 'down', when: ({ level }) => level < depth, do(state) { state.level += 1; } }),
    chain.action({ name: 'aside', do(state, pick) { state.side = pick('side', [0, 1, 2]); } }),
  ],
  final: 'anywhere', properties: [chain.always('it stays between the ends', ({ level }) => level >= 0 && level <= depth)],
}) });
`,
  'clauses.ts': `
import { choice, spec, weaklyFair } from 'racewright';

const river = spec<{ stream: string[]; count: number }>();
export const fills = river.scenario({ name: 'fills', about: 'A stream that is never filled while a counter may grow.',
  parameters: { counter: choice(['stands', 'grows']), fair: choice(['no', 'weakly']) },
  system: ({ counter, fair }) => {
    const add = river.action({ name: 'add', do(state) { if (counter === 'grows') state.count += 1; } });
    return {
      init: () => ({ stream: [], count: 0 }), actions: [add], final: 'anywhere', fairness: fair === 'no' ? [] : weaklyFair(add),
      properties: [
        river.eventually('the stream fills', ({ stream }) => stream.length > 0),
        river.always('the counter is below zero', ({ count }) => count < 0),
      ],
    };
  },
});
export const clauses = river.scenario({ name: 'clauses', about: 'Which of several clauses fails.', system: () => ({
  init: () => ({ stream: [], count: 0 }), final: 'anywhere',
  actions: [river.action({ name: 'add', when: ({ count }) => count < 3, do(state) { state.count += 1; state.stream.push('x'); } })],
  properties: [
    river.always('plain', ({ stream, count }) => count < 9 && stream.length < 2 && count >= 0),
    river.always('by parts', river.all({ small: ({ count }) => count < 9, short: ({ stream }) => stream.length < 2, positive: ({ count }) => count >= 0 })),
  ],
}) });
`,
};
