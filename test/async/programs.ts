import type { Body, Kit } from '../../src/async/index.ts';

/** An instruction of a small program. Registers belong to the task, cells to all. */
export type Instruction =
  /** reg := cell */
  | { readonly kind: 'read'; readonly cell: string }
  /** cell := reg × 3 + n */
  | { readonly kind: 'write'; readonly cell: string; readonly n: number }
  /** cell := cell × 2 + n, if reg is even */
  | { readonly kind: 'bump'; readonly cell: string; readonly n: number };

/** By task: its instructions. */
export type Program = { readonly [task: string]: readonly Instruction[] };

export interface Memory {
  readonly cells: { [cell: string]: number };
  readonly registers: { [task: string]: number };
}

const blank = (program: Program): Memory => ({
  cells: { a: 0, b: 0, c: 0 },
  registers: Object.fromEntries(Object.keys(program).map((task) => [task, 0])),
});

/** What an instruction does. Numbers stay small. */
function perform(memory: Memory, task: string, instruction: Instruction): void {
  const { cells, registers } = memory;
  const { kind, cell } = instruction;
  const was = cells[cell] ?? 0;
  const register = registers[task] ?? 0;
  if (kind === 'read') registers[task] = was;
  else if (kind === 'write') cells[cell] = (register * 3 + instruction.n) % 50;
  else if (register % 2 === 0) cells[cell] = (was * 2 + instruction.n) % 50;
}

/** Every outcome of a program: all orders of its instructions, one after another. */
export function bruteForce(program: Program): ReadonlySet<string> {
  const tasks = Object.keys(program);
  const outcomes = new Set<string>();
  const go = (order: readonly string[]): void => {
    const left = tasks.filter(
      (task) => order.filter((each) => each === task).length < (program[task]?.length ?? 0),
    );
    for (const task of left) go([...order, task]);
    if (left.length > 0) return;
    const memory = blank(program);
    const at = new Map<string, number>();
    for (const task of order) {
      const next = at.get(task) ?? 0;
      at.set(task, next + 1);
      perform(memory, task, program[task]?.[next] as Instruction);
    }
    outcomes.add(JSON.stringify(memory));
  };
  go([]);
  return outcomes;
}

/** The program as asynchronous code under the kit. It tells each outcome. */
export function bodyOf(
  program: Program,
  declaresKeys: boolean,
  tell: (outcome: string) => void,
): Body {
  return async (kit) => {
    const memory = blank(program);
    await Promise.all(
      Object.entries(program).map(([task, instructions]) =>
        kit.task(task, () => runTask(kit, memory, task, instructions, declaresKeys), {
          begins: 'at once',
        }),
      ),
    );
    tell(JSON.stringify(memory));
  };
}

async function runTask(
  kit: Kit,
  memory: Memory,
  task: string,
  instructions: readonly Instruction[],
  declaresKeys: boolean,
): Promise<void> {
  for (const instruction of instructions) {
    const { kind, cell } = instruction;
    const keys = kind === 'read' ? { reads: [cell] } : { writes: [cell] };
    const describe = () => ({ label: kind, ...(declaresKeys ? keys : {}) });
    const run = async () => perform(memory, task, instruction);
    await kit.call(kind, run, { describe })();
  }
}
