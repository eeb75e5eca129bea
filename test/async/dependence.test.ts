import { EventEmitter } from 'node:events';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { explore, type Kit } from '../../src/async/index.ts';

/** What the code of a task does after the answer of a call on the key of the task alone. */
type Act =
  /** Waits for a timer, and notes that it fired. */
  | { readonly kind: 'sleep'; readonly ms: number }
  /** Sets a timer that stays behind, or clears the last one that was set in the task. */
  | { readonly kind: 'set'; readonly ms: number }
  | { readonly kind: 'clear' }
  /** Emits an event of the emitter of all tasks. */
  | { readonly kind: 'emit' }
  /** Makes a call in the body, as a connection does that tasks share. */
  | { readonly kind: 'share' }
  /** Asks with a signal, and goes on without the answer. */
  | { readonly kind: 'ask' }
  /** Aborts that signal, whoever asks. */
  | { readonly kind: 'abort' };

const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ kind: fc.constant('sleep' as const), ms: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ kind: fc.constant('set' as const), ms: fc.integer({ min: 1, max: 3 }) }),
  fc.constantFrom<Act>(
    { kind: 'clear' },
    { kind: 'emit' },
    { kind: 'share' },
    { kind: 'ask' },
    { kind: 'abort' },
  ),
);
const acts = fc.array(act, { minLength: 1, maxLength: 2 });

/** What the code notes in all orders, and the number of schedules. */
async function notesOf(lists: readonly (readonly Act[])[], declaresKeys: boolean) {
  const found = new Set<string>();
  const { verdict, ledger } = await explore((kit) => run(kit, lists, declaresKeys, found), {
    schedulesMax: 300,
  });
  return { found, verdict, schedules: ledger.schedules };
}

async function run(
  kit: Kit,
  lists: readonly (readonly Act[])[],
  declaresKeys: boolean,
  found: Set<string>,
): Promise<void> {
  const world = new World(kit, lists.length, declaresKeys);
  const tasks = lists.map((list, i) => {
    const all = async () => {
      for (const each of list) await world.perform(each, i);
    };
    return kit.task(`t${i}`, all, { begins: 'at once' });
  });
  await Promise.all(tasks);
  await world.end();
  found.add(world.notes.join(', '));
}

/** What the tasks of one run share. */
class World {
  readonly notes: string[] = [];
  readonly #kit: Kit;
  readonly #keysOf: (...writes: readonly string[]) => { readonly writes?: readonly string[] };
  readonly #emitter: EventEmitter;
  readonly #signals: readonly AbortController[];
  readonly #requests: (() => void)[] = [];
  readonly #later: Promise<unknown>[];
  readonly #timers = new Map<number, unknown>();

  constructor(kit: Kit, tasks: number, declaresKeys: boolean) {
    this.#kit = kit;
    this.#keysOf = (...writes) => (declaresKeys ? { writes } : {});
    this.#emitter = kit.emitter('bus', new EventEmitter());
    this.#emitter.on('word', (task: number) => this.notes.push(`word ${task}`));
    const numbers = Array.from({ length: tasks }, (_, i) => i);
    this.#signals = numbers.map(() => new AbortController());
    const shared = kit.call('shared', async (i: number) => this.notes.push(`shared ${i}`), {
      describe: () => this.#keysOf('notes'),
    });
    this.#later = numbers.map((i) =>
      new Promise<void>((resolve) => this.#requests.push(resolve)).then(() => shared(i)),
    );
  }

  /** A call on the key of the task, and then the act. */
  async perform(act: Act, task: number): Promise<void> {
    const { setTimeout, clearTimeout, sleep } = this.#kit.timers;
    await this.#kit.call('own', async () => {}, { describe: () => this.#keysOf(`t${task}`) })();
    const fire = () => this.notes.push(`fired ${task}`);
    if (act.kind === 'sleep') await sleep(act.ms);
    else if (act.kind === 'set') this.#timers.set(task, setTimeout(fire, act.ms));
    else if (act.kind === 'clear') clearTimeout(this.#timers.get(task));
    else if (act.kind === 'emit') this.#emitter.emit('word', task);
    else if (act.kind === 'share') this.#requests[task]?.();
    else if (act.kind === 'ask') this.#ask(task);
    else for (const signal of this.#signals) signal.abort();
  }

  #ask(task: number): void {
    const describe = () => this.#keysOf('notes');
    const fetch = this.#kit.fetch(async () => new Response(), { describe });
    const asking = fetch('http://a.test/', { signal: this.#signals[task]?.signal ?? null });
    const note = (word: string) => () => this.notes.push(`${word} ${task}`);
    this.#later.push(asking.then(note('got'), note('gone')));
  }

  async end(): Promise<void> {
    for (const request of this.#requests) request();
    await Promise.all(this.#later);
  }
}

/** Programs of which each needs one reason why steps depend on each other. */
const examples: [[Act[], Act[]]][] = (
  [
    [['emit'], ['emit']],
    [
      ['emit', 'clear'],
      ['emit', 'clear'],
    ],
    [['share'], ['share']],
    [
      ['share', 'clear'],
      ['share', 'clear'],
    ],
    [['ask'], ['abort']],
    [['abort'], ['ask']],
    [
      ['ask', 'abort'],
      ['abort', 'ask'],
    ],
    [
      ['share', 'ask'],
      ['abort', 'share'],
    ],
  ] as const
).map(([one, other]) => [[one.map((kind) => ({ kind })), other.map((kind) => ({ kind }))]]);
examples.push([[[{ kind: 'abort' }, { kind: 'sleep', ms: 1 }], [{ kind: 'ask' }]]]);

const numRuns = Number(process.env['RACEWRIGHT_RUNS'] ?? 12);

test('steps that meet in timers, events, names or signals are tried in both orders', async () => {
  let [plain, reduced] = [0, 0];
  await fc.assert(
    fc.asyncProperty(fc.tuple(acts, acts), async (lists) => {
      const all = await notesOf(lists, false);
      fc.pre(all.verdict === 'holds');
      const fewer = await notesOf(lists, true);
      expect(fewer.found).toEqual(all.found);
      plain += all.schedules;
      reduced += fewer.schedules;
    }),
    { numRuns, maxSkipsPerRun: 1_000, examples },
  );
  expect(reduced).toBeLessThan(plain);
});
