const counter = `
import { spec } from 'racewright';
const world = spec<{ n: number; t: Record<string, number> }>();
const counts = (body: (state: { n: number; t: Record<string, number> }) => void) => world.scenario({
  name: 'counts', about: 'Counts to two.',
  system: () => ({
    init: () => ({ n: 0, t: { a: 0 } }), final: 'anywhere',
    actions: [world.action({ actor: 'clerk', name: 'count', when: ({ n }) => n < 2, do(state) { state.n += 1; body(state); } })],
    properties: [world.always('n stays below two', ({ n }) => n < 2)],
  }),
});
`;

/**
 * Models that are not functions of their state, and models that end the process, fill the disk or
 * write to other files.
 */
export const impureModels = {
  'awaits.ts': `
import { spec } from 'racewright';
const office = spec<{ jobs: Record<string, { done: boolean }> }>();
const clerk = office.flow({ name: 'clerk', steps: {
  finish(state) { Object.keys(state.jobs).forEach(async (id) => { await Promise.resolve(); state.jobs[id] = { done: true }; }); },
} });
export const awaits = office.scenario({ name: 'awaits', about: 'A step that writes after an await.', system: () => ({
  init: () => ({ jobs: { one: { done: false } } }), processes: { p: clerk.start() },
  properties: [office.never('a job is done', (state) => state.jobs['one']?.done === true)],
}) });
`,
  'clocks.ts': `
import { choice, spec } from 'racewright';
const shift = spec<{ n: number; late: boolean }>();
const { now } = Date;
const { random } = Math;
const bodies = {
  now: (state: { n: number; late: boolean }) => { state.late = now() > 0; },
  random: (state: { n: number }) => { state.n = random(); },
  hrtime: (state: { n: number }) => { state.n = Number(process.hrtime.bigint() / 1_000_000_000_000_000n); },
  intl: (state: { n: number }) => { state.n = new Intl.DateTimeFormat('en').format().length; },
  performance: (state: { n: number }) => { state.n = Math.floor(performance.now()) > 0 ? 1 : 2; },
};
export const clocks = shift.scenario({ name: 'clocks', about: 'A step that asks a clock.', parameters: { clock: choice(['now', 'random', 'hrtime', 'intl', 'performance']) }, system: ({ clock }) => ({
  init: () => ({ n: 0, late: false }), processes: { p: shift.flow({ name: 'worker', steps: { ask: bodies[clock] } }).start() },
  properties: [shift.always('n is no less than zero', ({ n }) => n >= 0)],
}) });
`,
  'dice.ts': `
import { spec } from 'racewright';
import { randomInt } from 'node:crypto';
const table = spec<{ n: number }>();
const player = table.flow({ name: 'player', steps: {
  roll(state) { if (randomInt(1000) === 7) state.n = -1; else state.n = (state.n + 1) % 20; return 'roll'; },
} });
export const dice = table.scenario({ name: 'dice', about: 'A step that throws dice.', system: () => ({
  init: () => ({ n: 0 }), processes: { p: player.start() }, final: 'anywhere', properties: [table.always('n stays above zero', ({ n }) => n >= 0)],
}) });
`,
  'random-init.ts': `
import { spec } from 'racewright';
const toss = spec<{ coin: number; n: number }>();
const reader = toss.flow({ name: 'reader', steps: { read(state) { state.n = state.coin; } } });
export const randomInit = toss.scenario({ name: 'random-init', about: 'A beginning that is left to chance.', system: () => ({
  init: () => ({ coin: Math.random() < 0.5 ? 1 : 0, n: 0 }), processes: { p: reader.start() }, properties: [toss.never('n is one', ({ n }) => n === 1)],
}) });
`,
  'numbering.ts': `
import { spec } from 'racewright';
const queue = spec<{ jobs: Record<string, number> }>();
let next = 0;
const maker = queue.flow({ name: 'maker', steps: { make(state) { state.jobs['job' + next++] = 1; } } });
export const numbering = queue.scenario({ name: 'numbering', about: 'Ids from a counter outside of the state.', system: () => ({
  init: () => ({ jobs: {} }), processes: { p: maker.start() }, properties: [queue.always('few jobs', (state) => Object.keys(state.jobs).length < 3)],
}) });
`,
  'changed-point.ts': `
import { choice, spec } from 'racewright';
const door = spec<{ n: number }>();
export const changedPoint = door.scenario({ name: 'changed-point', about: 'A system that changes its own parameters.', parameters: { lock: choice(['no', 'yes']) },
  system: (point) => { const own = point as { lock: string }; if (own.lock === 'no') own.lock = 'yes'; return { init: () => ({ n: 0 }), final: 'anywhere', properties: [door.always('n is zero', ({ n }) => n === 0)] }; },
  expect: [{ given: { lock: 'no' }, violates: { 'n is zero': 1 } }, { given: { lock: 'yes' }, violates: {}, states: 1 }],
});
`,
  'exits-at-once.ts': `(process as any).reallyExit(0);\n${counter}\nexport const it = counts(() => {});`,
  'exits-in-a-step.ts': `${counter}\nexport const it = counts(() => { (process as any).reallyExit(0); });`,
  'aborts.ts': `${counter}\nexport const it = counts(() => { process.abort(); });`,
  'kills.ts': `${counter}\nexport const it = counts(() => { process.kill(process.pid, 'SIGKILL'); });`,
  'prints-at-once.ts': `process.stdout.write('from the file\\n'); console.log('and the console');\n${counter}\nexport const it = counts(() => {});`,
  'prints-in-a-step.ts': `${counter}\nexport const it = counts(() => { process.stdout.write('from a step\\n'); console.log('and the console'); });`,
  'fat.ts': `
import { spec } from 'racewright';
const store = spec<{ blob: string[]; n: number }>();
export const fat = store.scenario({ name: 'fat', about: 'Each state adds a value of 200 kB.', system: () => ({
  init: () => ({ blob: ['x'], n: 0 }), final: 'anywhere', properties: [store.always('n counts', ({ n }) => n >= 0)],
  actions: [store.action({ actor: 'clerk', name: 'put', do(state) { state.n += 1; state.blob = Array.from({ length: 20_000 }, (_, i) => 'v' + state.n + '_' + i); } })],
}) });
`,
  'many-picks.ts': `
import { choice, spec } from 'racewright';
const lot = spec<{ drawn: number; n: number }>();
export const manyPicks = lot.scenario({ name: 'many-picks', about: 'A step with very many options.', parameters: { options: choice([1000, 3000]) }, system: ({ options }) => ({
  init: () => ({ drawn: -1, n: 0 }), final: 'anywhere', properties: [lot.always('the last one is not drawn', ({ drawn }) => drawn !== options - 1)],
  actions: [lot.action({ actor: 'clerk', name: 'draw', when: ({ n }) => n < 1, do(state, pick) { state.n += 1; state.drawn = pick('lot', Array.from({ length: options }, (_, i) => i)); } })],
}) });
`,
};
