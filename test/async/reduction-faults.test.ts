import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ExploreOptions, explore, type Kit } from '../../src/async/index.ts';

/** What a task does, one after another. */
type Act =
  /** Adds to a cell, and remembers what was there. */
  | { readonly kind: 'add'; readonly cell: string }
  /** Adds to two cells at once. */
  | { readonly kind: 'both'; readonly cell: string; readonly other: string }
  /** Adds to a cell, unless a timer fires first. */
  | { readonly kind: 'hurry'; readonly cell: string; readonly ms: number }
  /** Adds to a cell, unless the signal was aborted. */
  | { readonly kind: 'ask'; readonly cell: string };

type Programs = readonly (readonly Act[])[];

const cell = fc.constantFrom('a', 'b', 'c');
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('add' as const), cell }) },
  fc.record({ kind: fc.constant('both' as const), cell, other: cell }),
  fc.record({ kind: fc.constant('hurry' as const), cell, ms: fc.nat({ max: 3 }) }),
  fc.record({ kind: fc.constant('ask' as const), cell }),
);
const programs: fc.Arbitrary<Programs> = fc.oneof(
  fc.array(fc.array(act, { minLength: 1, maxLength: 2 }), { minLength: 2, maxLength: 2 }),
  fc.array(fc.array(act, { minLength: 1, maxLength: 1 }), { minLength: 3, maxLength: 3 }),
);
const budgets = fc.record({
  error: fc.nat({ max: 1 }),
  timeout: fc.nat({ max: 1 }),
  abort: fc.nat({ max: 1 }),
});

interface Acts {
  readonly add: (cell: string) => Promise<unknown>;
  readonly signal: AbortSignal;
  readonly sleep: (ms: number) => Promise<void>;
}

/** Does one act, and returns what it has seen. */
async function perform(act: Act, { add, signal, sleep }: Acts): Promise<unknown> {
  if (act.kind === 'add') return add(act.cell);
  if (act.kind === 'ask') return signal.aborted ? 'gone' : add(act.cell);
  if (act.kind === 'hurry') return Promise.race([add(act.cell), sleep(act.ms).then(() => 'late')]);
  const order: unknown[] = [];
  const first = add(act.cell).then((value) => order.push(`first ${value}`));
  await Promise.all([first, add(act.other).then((value) => order.push(value))]);
  return order;
}

/** Every outcome of the programs, and the number of schedules. */
async function outcomes(given: Programs, declaresKeys: boolean, options: ExploreOptions) {
  const found = new Set<string>();
  const body = async (kit: Kit) => {
    const cells: { [cell: string]: number } = { a: 0, b: 0, c: 0 };
    const signal = kit.abort('stop');
    const add = kit.call(
      'add',
      async (name: string) => (cells[name] = (cells[name] ?? 0) * 2 + 1),
      {
        describe: (name) => (declaresKeys ? { writes: [name] } : {}),
      },
    );
    const answer = (name: string) => add(name).catch((error: Error) => error.message.slice(0, 6));
    const acts = { add: answer, signal, sleep: kit.timers.sleep };
    const run = async (list: readonly Act[]) => {
      const seen: unknown[] = [];
      for (const each of list) seen.push(await perform(each, acts));
      return seen;
    };
    const tasks = given.map((list, i) => kit.task(`t${i}`, () => run(list), { begins: 'at once' }));
    found.add(JSON.stringify([await Promise.all(tasks), cells]));
  };
  const { verdict, ledger } = await explore(body, options);
  return { found, verdict, schedules: ledger.schedules };
}

/** Most programs have fewer; the others would cost more than they show. */
const schedulesMax = 1_500;
const numRuns = Number(process.env['RACEWRIGHT_RUNS'] ?? 8);

test('programs with faults, timers and signals have the same outcomes with keys', async () => {
  let [plain, reduced] = [0, 0];
  await fc.assert(
    fc.asyncProperty(programs, budgets, async (given, faults) => {
      const fewer = await outcomes(given, true, { faults, schedulesMax });
      const all = await outcomes(given, false, { faults, schedulesMax });
      fc.pre(all.verdict === 'holds' && fewer.verdict === 'holds');
      expect(fewer.found).toEqual(all.found);
      plain += all.schedules;
      reduced += fewer.schedules;
    }),
    { numRuns, maxSkipsPerRun: 1_000 },
  );
  expect(reduced).toBeLessThan(plain);
});

test.each([[['left', 'waited']], [['waited', 'left']]])(
  'a call that is still parked where the body ends may come before, whatever its keys: %j',
  async (names) => {
    const ends = async (declaresKeys: boolean) => {
      const found = new Set<string>();
      const { verdict } = await explore(async (kit) => {
        const done: string[] = [];
        const write = kit.call('write', async (row: string) => done.push(row), {
          describe: (row) => (declaresKeys ? { writes: [row] } : {}),
        });
        const tasks = names.map((name) => [
          name,
          kit.task(name, () => write(name), { begins: 'at once' }),
        ]);
        await Object.fromEntries(tasks).waited;
        found.add(done.join());
      });
      expect(verdict).toBe('holds');
      return [...found].sort();
    };
    expect(await ends(false)).toEqual(['left,waited', 'waited']);
    expect(await ends(true)).toEqual(['left,waited', 'waited']);
  },
);
