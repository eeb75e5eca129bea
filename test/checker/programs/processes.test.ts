import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MemoSetting } from '../../../src/checker/result/options.ts';
import { type Process, type Processes, Search, spec, type WorldState } from '../../../src/index.ts';
import type { ProcessState } from '../../../src/spec/process.ts';
import { type Own, processStatements, type Stage } from './process-statements.ts';
import { world } from './program.ts';
import type { Operands, World } from './statements.ts';

const runs = Number(process.env['RACEWRIGHT_PROGRAMS'] ?? 20_000) / 20;
const seed = process.env['RACEWRIGHT_SEED'];

type Program = readonly (readonly [name: string, operands: Operands])[];
const operand = fc.nat({ max: 997 });
const program: fc.Arbitrary<Program> = fc.array(
  fc.tuple(fc.constantFrom(...Object.keys(processStatements)), fc.tuple(operand, operand, operand)),
  { minLength: 1, maxLength: 7 },
);

function runAll(all: Program, stage: Omit<Stage, 'log'>): string[] {
  const log: string[] = [];
  const whole: Stage = { ...stage, log: (text) => log.push(String(text)) };
  for (const [name, operands] of all) processStatements[name]?.(whole, operands);
  return log;
}

const vocabulary = spec<World>();
const waiting = { when: () => false, do() {} };
const other = vocabulary.flow({
  name: 'other',
  vars: (n: number) => ({ n }),
  steps: { a: waiting, b: waiting },
});

function engine(all: Program, begin: World, memo: MemoSetting): WorldState | undefined {
  const flow = vocabulary.flow({
    name: 'runs',
    vars: () => ({ x: 1, list: [2] as unknown as number[], record: {} as Record<string, number> }),
    steps: {
      go(state, self, _pick, processes) {
        // Statements put in all kinds of things, which the types of one flow cannot say.
        const own = self as unknown as Own;
        const stage = { state: state as unknown as World, self: own, processes };
        state.seen = runAll(all, { ...stage, other: (n) => other.start(n) });
      },
      after: waiting,
    },
  });
  const scenario = vocabulary.scenario({
    name: 'processes',
    about: 'One process runs a program.',
    system: () => ({
      init: () => structuredClone(begin),
      processes: { p: flow.start(), q: other.start(1), r: other.start(2) },
      final: 'anywhere',
      properties: [],
    }),
  });
  return [...new Search(scenario, { memo, keys: 'sorted' }).run().states()][1];
}

type Table = Record<string, { flow: string; at: string; vars: Record<string, unknown> }>;

/** The same on plain objects. */
function plainly(all: Program, begin: World): { state: World; processes: Table } {
  const state = structuredClone(begin);
  // Keys in the order of a state: between two steps their order is forgotten.
  const vars: Record<string, unknown> = { list: [2], record: {}, x: 1 };
  const table: Table = {
    p: { at: 'go', flow: 'runs', vars },
    q: { at: 'a', flow: 'other', vars: { n: 1 } },
    r: { at: 'a', flow: 'other', vars: { n: 2 } },
  };
  Object.defineProperty(vars, 'pid', { value: 'p', configurable: true });
  const start = (pid: string, { flow, vars: own }: Process): void => {
    table[pid] = { flow: flow.name, at: flow.labels[0] as string, vars: own as never };
  };
  const processes: Processes = {
    get: (pid) => table[pid] as ProcessState | undefined,
    start,
    restart: start,
    vars: (pid) => table[pid]?.vars as never,
    move(pid, label) {
      (table[pid] as { at: string }).at = label;
    },
    stop(pid) {
      delete table[pid];
    },
    *[Symbol.iterator]() {
      for (const pid of Object.keys(table)) {
        const process = table[pid];
        if (process !== undefined) yield [pid, process as unknown as ProcessState] as const;
      }
    },
  };
  const stage = { state, self: vars as unknown as Own, processes };
  state.seen = runAll(all, { ...stage, other: (n) => other.start(n) });
  if (table['p'] !== undefined) table['p'].at = 'after';
  delete vars['pid'];
  return { state, processes: table };
}

const ordered = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(ordered);
  const entries = Object.entries(value).map(([key, part]) => [key, ordered(part)] as const);
  return entries.sort(([one], [next]) => (one < next ? -1 : 1));
};

test.each(['adaptive', 'off', 'sometimes'] as const)(
  'a step changes its variables and other processes as on plain objects, memo %s',
  (memo) => {
    fc.assert(
      fc.property(program, world, (all, begin) => {
        const found = engine(all, begin, memo);
        const expected = plainly(all, begin);
        expect(ordered(found?.state)).toEqual(ordered(expected.state));
        expect(ordered(found?.processes)).toEqual(ordered(expected.processes));
      }),
      { numRuns: runs, ...(seed === undefined ? {} : { seed: Number(seed) }) },
    );
  },
);
