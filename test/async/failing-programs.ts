import fc from 'fast-check';
import type { Body, Kit } from '../../src/async/index.ts';

/** A call on a cell, and what the code of the task does after its answer. */
export interface Statement {
  readonly cell: string;
  /** What the call does with the cell. */
  readonly does: 'look' | 'double' | 'increase';
  /**
   * After the answer: `throw` an error where it is `n` or more, leave a promise behind that is
   * rejected there (`forget`), `open` or `await` a gate, or go on.
   */
  readonly next: 'go on' | 'throw' | 'forget' | 'open' | 'await';
  readonly n: number;
}

/** By task: its statements. */
export type FailingProgram = { readonly [task: string]: readonly Statement[] };

const statement: fc.Arbitrary<Statement> = fc.record({
  cell: fc.constantFrom('a', 'b', 'c'),
  does: fc.constantFrom('look', 'double', 'increase'),
  next: fc.oneof(
    { weight: 3, arbitrary: fc.constant('go on' as const) },
    fc.constantFrom('throw', 'forget', 'open', 'await'),
  ),
  n: fc.nat({ max: 5 }),
});
const list = (maxLength: number) => fc.array(statement, { minLength: 1, maxLength });

export const failingProgram: fc.Arbitrary<FailingProgram> = fc.oneof(
  fc.record({ ann: list(3), bob: list(3) }),
  fc.record({ ann: list(2), bob: list(2), cat: list(1) }),
);

type Cells = { [cell: string]: number };

function perform(cells: Cells, { cell, does }: Statement): number {
  const was = cells[cell] ?? 1;
  if (does !== 'look') cells[cell] = does === 'double' ? was * 2 : was + 1;
  return cells[cell] ?? was;
}

const message = (task: string, { cell }: Statement, value: number) =>
  `${task} saw ${cell}=${value}`;

/** What is wrong at the end: the last word of a body that passes otherwise. */
const isOdd = ({ a = 1, b = 1, c = 1 }: Cells) => (a + 2 * b + 3 * c) % 5 === 0;
const endOf = ({ a = 1, b = 1, c = 1 }: Cells) => `ends with ${a} ${b} ${c}`;

interface Place {
  readonly cells: Cells;
  readonly isOpen: boolean;
  /** By task: the number of statements that it has begun, and whether it waits at the gate. */
  readonly at: { readonly [task: string]: number };
  readonly waits: ReadonlySet<string>;
}

/** What a statement leads to, and how it fails. */
function after(place: Place, task: string, each: Statement) {
  const cells = { ...place.cells };
  const value = perform(cells, each);
  const isOpen = place.isOpen || each.next === 'open';
  const waits = new Set(isOpen ? [] : place.waits);
  if (each.next === 'await' && !isOpen) waits.add(task);
  const at = { ...place.at, [task]: (place.at[task] ?? 0) + 1 };
  const text = message(task, each, value);
  const failures = { throw: text, forget: `not handled: ${text}` };
  const failure = each.next === 'throw' || each.next === 'forget' ? failures[each.next] : undefined;
  return {
    place: { cells, isOpen, at, waits },
    failure: value >= each.n ? failure : undefined,
  };
}

/** The failures of all orders of the statements, and the number of orders. */
export function failuresByBruteForce(program: FailingProgram): {
  readonly failures: ReadonlySet<string>;
  readonly orders: number;
} {
  const failures = new Set<string>();
  let orders = 0;
  const tasks = Object.keys(program);
  const end = (failure: string | undefined) => {
    orders += 1;
    if (failure !== undefined) failures.add(failure);
  };
  /** The error of the body is told before a rejection that is not handled. */
  const isLastWord = ({ at, waits, cells }: Place, each: Statement) =>
    each.next === 'forget' &&
    tasks.every((task) => at[task] === program[task]?.length) &&
    waits.size === 0 &&
    isOdd(cells);
  const isAble = ({ waits, at }: Place, task: string) =>
    !waits.has(task) && at[task] !== program[task]?.length;
  const endAt = ({ waits, cells }: Place) => {
    const waiting = tasks.filter((task) => waits.has(task));
    if (waiting.length > 0) end(`deadlock: ${waiting.join(' ')}`);
    else end(isOdd(cells) ? endOf(cells) : undefined);
  };
  const go = (place: Place): void => {
    const able = tasks.filter((task) => isAble(place, task));
    for (const task of able) {
      const each = program[task]?.[place.at[task] ?? 0] as Statement;
      const { place: next, failure } = after(place, task, each);
      if (failure === undefined) go(next);
      else end(isLastWord(next, each) ? endOf(next.cells) : failure);
    }
    if (able.length === 0) endAt(place);
  };
  go({ cells: {}, isOpen: false, at: { ann: 0, bob: 0, cat: 0 }, waits: new Set() });
  return { failures, orders };
}

/** The program as asynchronous code under the kit. Keys are declared of these cells only. */
export const failingBody =
  (program: FailingProgram, declared: readonly string[]): Body =>
  async (kit) => {
    const cells: Cells = {};
    const gate = gateOf();
    const run = (task: string, statements: readonly Statement[]) => () =>
      runStatements(kit, { cells, gate, task, declared }, statements);
    const tasks = Object.entries(program).map(([task, statements]) =>
      kit.task(task, run(task, statements), { begins: 'at once' }),
    );
    await Promise.all(tasks);
    if (isOdd(cells)) throw new Error(endOf(cells));
  };

interface Gate {
  readonly opened: Promise<void>;
  readonly open: () => void;
}

function gateOf(): Gate {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

interface World {
  readonly cells: Cells;
  readonly gate: Gate;
  readonly task: string;
  readonly declared: readonly string[];
}

async function runStatements(
  kit: Kit,
  world: World,
  statements: readonly Statement[],
): Promise<void> {
  for (const each of statements) {
    const describe = () => (world.declared.length > 0 ? keysOf(each, world.declared) : {});
    const run = async () => perform(world.cells, each);
    await goOn(world, each, await kit.call(each.does, run, { describe })());
  }
}

/** The cell, and the gate where the code opens it or waits for it. */
function keysOf({ cell, does, next }: Statement, declared: readonly string[]) {
  const cells = declared.includes(cell) ? [cell] : [];
  return {
    reads: [...(does === 'look' ? cells : []), ...(next === 'await' ? ['gate'] : [])],
    writes: [...(does === 'look' ? [] : cells), ...(next === 'open' ? ['gate'] : [])],
  };
}

async function goOn({ gate, task }: World, each: Statement, value: number): Promise<void> {
  if (each.next === 'open') gate.open();
  if (each.next === 'await') await gate.opened;
  if (value < each.n) return;
  if (each.next === 'throw') throw new Error(message(task, each, value));
  if (each.next === 'forget') void Promise.reject(new Error(message(task, each, value)));
}
