/** Typical first models: caches, locks with leases, payments, clocks that are numbers. */
export const firstModels = {
  'cache.ts': `
import { choice, spec, weaklyFair } from 'racewright';

interface World { row: number; cache: { value: number | null; lease: number } }
type Remedy = 'none' | 'twice' | 'lease' | 'expiry';
const store = spec<World>();
const reader = (remedy: Remedy) => store.flow({ name: 'reader', vars: () => ({ seen: -1, lease: 0 }), steps: {
  look(state, self) {
    if (state.cache.value !== null) { self.seen = state.cache.value; return 'done'; }
    state.cache.lease += 1;
    self.lease = state.cache.lease;
  },
  read(state, self) { self.seen = state.row; },
  fill(state, self) {
    if (remedy === 'lease' && state.cache.lease !== self.lease) return 'done';
    state.cache.value = self.seen;
  },
} });
const writer = (remedy: Remedy) => store.flow({ name: 'writer', steps: {
  write(state) { state.row += 1; },
  forget(state) { state.cache.value = null; state.cache.lease += 1; },
  forget_again(state) { if (remedy === 'twice') state.cache.value = null; },
} });
const expiry = store.action({ name: 'expiry', when: ({ cache }) => cache.value !== null, do(state) { state.cache.value = null; } });
const isRight = ({ cache, row }: { cache: { value: number | null }; row: number }) => cache.value === null || cache.value === row;
export const cache = store.scenario({ name: 'cache', about: 'A reader fills the cache with what a writer has replaced meanwhile.',
  parameters: { remedy: choice(['none', 'twice', 'lease', 'expiry']) },
  system: ({ remedy }) => {
    const actions = remedy === 'expiry' ? [expiry] : [];
    const flow = reader(remedy);
    return {
      init: () => [
        { row: 1, cache: { value: null, lease: 0 } },
        { row: 1, cache: { value: 1, lease: 0 } },
      ],
      processes: { r1: flow.start(), r2: flow.start(), w: writer(remedy).start() }, actions,
      properties: [
        store.always('when all are done the cache is right', (state, processes) => Object.values(processes).some((it) => it?.at !== 'done') || isRight(state)),
        store.eventuallyAlways('the cache is right in the end', isRight),
      ],
      fairness: [weaklyFair('processes', ...actions)],
    };
  },
});
`,
  'lease.ts': `
import { choice, spec, weaklyFair } from 'racewright';

interface World { lock: { by: string | null; token: number }; paused: Record<string, boolean>; file: { sum: number; highest: number }; told: number }
type Fencing = 'none' | 'writes' | 'both';
const site = spec<World>();
const awake = (state: { paused: { readonly [id: string]: boolean } }, self: { pid: string }) => !state.paused[self.pid];
const worker = (fencing: Fencing) => site.flow({ name: 'worker', vars: () => ({ token: 0, seen: 0 }), steps: {
  take: { when: (state, self) => awake(state, self) && state.lock.by === null, do(state, self) {
    state.lock.by = self.pid; state.lock.token += 1; self.token = state.lock.token;
  } },
  read: { when: awake, do(state, self) {
    if (fencing === 'both') {
      if (self.token < state.file.highest) return 'take';
      state.file.highest = self.token;
    }
    self.seen = state.file.sum;
  } },
  write: { when: awake, do(state, self) {
    if (fencing !== 'none' && self.token < state.file.highest) return 'take';
    state.file.highest = self.token; state.file.sum = self.seen + 1; state.told += 1;
  } },
  give_back: { when: awake, do(state, self) { if (state.lock.by === self.pid) state.lock.by = null; } },
} });
const pause = site.fault({ name: 'pause', times: 1, do(state, pick, processes) {
  const busy = [...processes].filter(([, { at }]) => at !== 'done').map(([id]) => id);
  state.paused[pick('worker', busy)] = true;
} });
const wake = site.action({ name: 'wake', when: ({ paused }) => Object.values(paused).some(Boolean), do(state, pick) {
  state.paused[pick('worker', Object.keys(state.paused).filter((id) => state.paused[id]))] = false;
} });
const expire = site.action({ name: 'expire', when: ({ lock, paused }) => lock.by !== null && paused[lock.by] === true, do(state) { state.lock.by = null; } });
export const lease = site.scenario({ name: 'lease', about: 'A lock with a lease, and a worker that sleeps longer.', parameters: { fencing: choice(['none', 'writes', 'both']) },
  system: ({ fencing }) => {
    const flow = worker(fencing);
    return {
      init: () => ({ lock: { by: null, token: 0 }, paused: { w1: false, w2: false }, file: { sum: 0, highest: 0 }, told: 0 }),
      processes: { w1: flow.start(), w2: flow.start() }, actions: [wake, expire], faults: [pause],
      properties: [
        site.always('no sum that was told is lost', ({ file, told }) => file.sum === told),
        site.reachable('both have written', ({ told }) => told === 2),
        site.eventually('both are done', (_state, processes) => processes['w1']?.at === 'done' && processes['w2']?.at === 'done'),
        site.leadsTo('a lock that is taken is given back', ({ lock }) => lock.by !== null, ({ lock }) => lock.by === null),
      ],
      fairness: [weaklyFair('processes'), weaklyFair(wake)],
    };
  },
});
`,
  'payment.ts': `
import { choice, spec, weaklyFair } from 'racewright';

interface Shop { keys: Record<string, 'begun' | 'paid'>; taken: Record<string, number>; shown: Record<string, string> }
type Stored = 'late' | 'early' | 'recovered';
const shop = spec<Shop>();
const take = (state: { taken: { [order: string]: number } }, order: string, knows: boolean) => {
  const before = state.taken[order]!;
  if (!(knows && before > 0)) state.taken[order] = Math.min(2, before + 1);
};
const pay = (stored: Stored, knows: boolean) => shop.flow({ name: 'pay', vars: (order: string) => ({ order }), steps: {
  look_up(state, self) {
    const key = state.keys[self.order];
    if (key !== undefined) { state.shown[self.pid] = key === 'paid' ? 'paid' : 'wait'; return 'done'; }
    if (stored !== 'late') state.keys[self.order] = 'begun';
  },
  take(state, self) { take(state, self.order, knows); },
  note(state, self) { state.keys[self.order] = 'paid'; state.shown[self.pid] = 'paid'; },
} });
const crash = shop.fault({ name: 'crash', do(_state, pick, processes) {
  const busy = [...processes].filter(([, { at, flow }]) => flow === 'pay' && at !== 'done');
  processes.stop(pick('request', busy.map(([id]) => id)));
} });
const recover = (knows: boolean) => shop.action({ name: 'recover', do(state, pick, processes) {
  const left = Object.keys(state.keys).filter((order) => state.keys[order] === 'begun' && ![...processes].some(([, { vars, at }]) => vars['order'] === order && at !== 'done'));
  const order = pick('order', left);
  take(state, order, knows);
  state.keys[order] = 'paid';
} });
export const payment = shop.scenario({ name: 'payment', about: 'One order is sent twice, and a server may crash between.',
  parameters: { stored: choice(['late', 'early', 'recovered']), provider: choice(['forgets', 'knows']) },
  system: ({ stored, provider }) => {
    const flow = pay(stored, provider === 'knows');
    const actions = stored === 'recovered' ? [recover(provider === 'knows')] : [];
    return {
      init: () => ({ keys: {}, taken: { o: 0 }, shown: { r1: '', r2: '' } }),
      processes: { r1: flow.start('o'), r2: flow.start('o') }, actions, faults: [crash],
      properties: [
        shop.always('no order is paid twice', shop.every('taken', (times) => times <= 1)),
        shop.always('paid is shown to who has paid', ({ shown, taken }) => !Object.values(shown).includes('paid') || taken['o']! > 0),
        shop.eachLeadsTo('what has a key is paid in the end', 'keys', () => true, (_key, order, { taken }) => taken[order]! > 0),
        shop.eachLeadsTo('what has begun is finished', 'keys', (key) => key === 'begun', (key) => key === 'paid'),
        shop.step('nothing is given back', (before, _action, after) => after.taken['o']! >= before.taken['o']!),
      ],
      fairness: [weaklyFair('processes', ...actions)],
    };
  },
});
`,
  'clock-as-number.ts': `
import { range, spec } from 'racewright';

const hall = spec<{ now: number; queue: string[]; lock: string | null; until: number }>();
const worker = hall.flow({ name: 'worker', steps: {
  take: { when: ({ lock, now, until }) => lock === null || now > until, do(state, self) { state.lock = self.pid; state.until = state.now + 3; } },
  send(state, self) { state.queue.push(self.pid); },
  free(state) { state.lock = null; return 'take'; },
} });
export const clockAsNumber = hall.scenario({ name: 'clock-as-number', about: 'Time only goes on.', parameters: { n: range(1, 4, { default: 2 }) }, system: ({ n }) => ({
  init: () => ({ now: 0, queue: [], lock: null, until: 0 }), final: 'anywhere',
  actions: [
    hall.action({ name: 'tick', do(state) { state.now += 1; } }),
    hall.action({ name: 'receive', when: ({ queue }) => queue.length > 0, do(state) { state.queue.shift(); } }),
  ],
  processes: Object.fromEntries(Array.from({ length: n }, (_, i) => ['w' + i, worker.start()])),
  properties: [hall.always('the queue stays short', ({ queue }) => queue.length < 100_000)],
}) });
`,
};
