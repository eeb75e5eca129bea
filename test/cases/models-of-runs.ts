/** Schedules, ends, whole runs, and names that there are not. */
export const runModels = {
  'twin-words.ts': `
import { spec } from 'racewright';
const desk = spec<{ n: number }>();
const clerk = desk.flow({ name: 'clerk', steps: { lock(state) { state.n = 1; } } });
export const twinWords = desk.scenario({ name: 'twin-words', about: 'A process and an action that say the same word.', system: () => ({
  init: () => ({ n: 0 }), processes: { ann: clerk.start() }, final: 'anywhere',
  actions: [desk.action({ actor: 'ann', name: 'lock', when: ({ n }) => n < 2, do(state) { state.n = 2; } })],
  properties: [desk.step('no step makes it two', (_before, _action, after) => after.n !== 2), desk.never('it is two', ({ n }) => n === 2)],
}) });
`,
  'two-picks.ts': `
import { spec } from 'racewright';
const pair = spec<{ a: number; b: number }>();
const drawer = pair.flow({ name: 'drawer', steps: { draw(state, _self, pick) { for (const side of ['a', 'b'] as const) state[side] = pick('value', [1, 2]); } } });
export const twoPicks = pair.scenario({ name: 'two-picks', about: 'One step draws twice under one name.', system: () => ({
  init: () => ({ a: 0, b: 0 }), processes: { p: drawer.start() },
  properties: [pair.never('the two differ', ({ a, b }) => a === 1 && b === 2)],
}) });
`,
  'null-or-all.ts': `
import { spec } from 'racewright';
const gate = spec<{ n: number }>();
const guard = gate.flow({ name: 'guard', steps: { open(state, _self, pick) { state.n = pick('limit', [Infinity, null]) === null ? 1 : 2; } } });
export const nullOrAll = gate.scenario({ name: 'null-or-all', about: 'Two options that JSON writes alike.', system: () => ({
  init: () => ({ n: 0 }), processes: { p: guard.start() },
  properties: [gate.never('unlimited by null', ({ n }) => n === 1), gate.step('no step says null', (_before, _action, after) => after.n !== 1)],
}) });
export const notANumber = gate.scenario({ name: 'not-a-number', about: 'An option that is not equal to itself.', system: () => ({
  init: () => ({ n: 0 }), properties: [],
  processes: { p: gate.flow({ name: 'guard', steps: { open(state, _self, pick) { state.n = Number.isNaN(pick('x', [NaN, 1])) ? 1 : 2; } } }).start() },
}) });
`,
  'partly-stuck.ts': `
import { spec } from 'racewright';
const town = spec<{ a: { by: string | null }; b: { by: string | null }; n: number }>();
const owner = town.flow({ name: 'owner', vars: (first: 'a' | 'b', then: 'a' | 'b') => ({ first, then }), steps: {
  one: { when: (state, self) => state[self.first].by === null, do(state, self) { state[self.first].by = self.pid; } },
  other: { when: (state, self) => state[self.then].by === null, do(state, self) { state[self.then].by = self.pid; } },
  give_back(state, self) { state[self.first].by = null; state[self.then].by = null; },
} });
const make = (name: string, more: object) => town.scenario({ name, about: 'Two locks, taken in opposite order.', system: () => ({
  init: () => ({ a: { by: null }, b: { by: null }, n: 0 }),
  processes: { p: owner.start('a', 'b'), q: owner.start('b', 'a') },
  final: (_state: unknown, processes) => processes['p']?.at === 'done' && processes['q']?.at === 'done', ...more,
}) });
export const alone = make('alone', {});
export const clock = make('clock', { actions: [town.action({ name: 'tick', do(state) { state.n = 1 - state.n; } })] });
export const idle = make('idle', { actions: [town.action({ name: 'nothing', do() {} })] });
`,
  'early-loop.ts': `
import { choice, spec, weaklyFair } from 'racewright';
const inn = spec<{ asked: boolean; spin: number; n: number }>();
export const earlyLoop = inn.scenario({ name: 'early-loop', about: 'A loop of few states beside a counter of many.', parameters: { most: choice([5, 1_000_000]) }, system: ({ most }) => {
  const guest = inn.flow({ name: 'guest', steps: { ask(state) { state.asked = true; }, spin(state) { state.spin = 1 - state.spin; return 'spin'; } } });
  return {
    init: () => ({ asked: false, spin: 0, n: 0 }), processes: { g: guest.start() }, final: 'anywhere', fairness: weaklyFair(guest),
    actions: [inn.action({ name: 'count', when: ({ n }) => n < most, do(state) { state.n += 1; } })],
    properties: [inn.leadsTo('who asks is served', ({ asked }) => asked, () => false)],
  };
} });
export const deadAtOnce = inn.scenario({ name: 'dead-at-once', about: 'Nothing can happen.', system: () => ({
  init: () => ({ asked: false, spin: 0, n: 0 }), actions: [], properties: [], final: () => false,
}), expect: [{ violates: { deadlock: 0 } }] });
`,
  'unfair.ts': `
import { spec } from 'racewright';
const bar = spec<{ served: boolean; x: number }>();
const noise = ['a', 'b', 'c', 'd'].map((name, i) => bar.action({ name, when: ({ x }) => x === 0, do(state) { state.x = i + 1; } }));
export const unfair = bar.scenario({ name: 'unfair', about: 'Noise for ever, and one who is never served.', system: () => ({
  init: () => ({ served: false, x: 0 }), fairness: [], final: 'anywhere',
  actions: [...noise, bar.action({ name: 'back', when: ({ x }) => x !== 0, do(state) { state.x = 0; } }), bar.action({ name: 'serve', when: ({ served }) => !served, do(state) { state.served = true; } })],
  properties: [bar.eventually('all are served', ({ served }) => served)],
}) });
`,
  'tickets.ts': `
import { spec } from 'racewright';
const hall = spec<{ left: number; sold: number }>();
const buyer = hall.flow({ name: 'buyer', vars: () => ({ seen: 0 }), steps: {
  look(state, self) { self.seen = state.left; },
  pay(state, self) { if (self.seen > 0) { state.left -= 1; state.sold += 1; } },
} });
export const tickets = hall.scenario({ name: 'tickets', about: 'Three buyers, one ticket.', system: () => ({
  init: () => ({ left: 1, sold: 0 }), processes: { a: buyer.start(), b: buyer.start(), c: buyer.start() },
  properties: [hall.always('a ticket is sold once', ({ sold }) => sold <= 1)],
}) });
`,
  'same.ts': `
import { spec } from 'racewright';
const world = spec<{ n: number }>();
const to = (most: number) => world.scenario({ name: 'same', about: 'Counts to ' + most, system: () => ({
  init: () => ({ n: 0 }), final: 'anywhere', properties: [world.always('n stays below ' + most, ({ n }) => n < most)],
  actions: [world.action({ actor: 'a', name: 'count' + most, when: ({ n }) => n < most, do(state) { state.n += 1; } })],
}) });
export const one = to(1);
export const two = to(2);
`,
  'misspelt.ts': `
import { spec } from 'racewright';
const world = spec<{ n: number }>();
const flow = world.flow({ name: 'worker', steps: { a(state) { state.n = 1; }, b(state) { state.n = 2; } } });
export const misspelt = world.scenario({ name: 'misspelt', about: 'Ids and labels that there are not.', system: () => ({
  init: () => ({ n: 0 }), processes: { w1: flow.start(), w2: flow.start() },
  properties: [
    world.always('never both at b', (_state, processes: any) => !(processes['w1']?.at === 'b' && processes['w3']?.at === 'b')),
    world.always('never both at bb', (_state, processes: any) => !(processes['w1']?.at === 'bb' && processes['w2']?.at === 'bb')),
  ],
}) });
`,
  'ever-more.ts': `
import { spec } from 'racewright';
const post = spec<{ mails: Record<string, number> }>();
const sender = post.flow({ name: 'sender', steps: { send(state) { state.mails['m'] = (state.mails['m'] ?? 0) + 1; }, again() { return 'send'; } } });
export const everMore = post.scenario({ name: 'ever-more', about: 'A counter that only grows.', system: () => ({
  init: () => ({ mails: { m: 0 } }), processes: { s: sender.start() }, properties: [post.always('never below zero', post.every('mails', (count) => count >= 0))],
}) });
`,
};
