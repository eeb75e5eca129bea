import type { Flow, Pick, Processes, ProcessTable } from '../../src/index.ts';

/**
 * Small models as data, so that fast-check can make them up, shrink them and print them. Every
 * number is kept in 0..2 and every list at two entries, which keeps the state spaces small.
 */

/**
 * The state of every small model: scalars (one of them a list), flat and nested tables, and one
 * table born empty.
 */
export interface Small {
  x: number;
  log: number[];
  flat: { [id: string]: number };
  deep: { [id: string]: Deep };
  late: { [id: string]: number };
}

export interface Deep {
  n: number;
  inner: { list: number[] };
}

type Table = 'flat' | 'deep' | 'late';

/** A number, computed from the view of the step. */
export type Expr =
  | { readonly is: 'const'; readonly value: number }
  | { readonly is: 'var'; readonly name: 'u' | 'v' }
  | { readonly is: 'x' | 'log' | 'processes' }
  | { readonly is: 'entry'; readonly table: Table; readonly id: string }
  | { readonly is: 'size' | 'sum' | 'first'; readonly table: Table }
  | { readonly is: 'has'; readonly table: Table; readonly id: string }
  | { readonly is: 'at' | 'var_of'; readonly pid: string; readonly value: number }
  | { readonly is: 'plus'; readonly left: Expr; readonly right: Expr };

export interface Cond {
  readonly left: Expr;
  readonly differs: boolean;
  readonly right: Expr;
}

export type Op =
  | { readonly do: 'nothing' }
  | { readonly do: 'clear_deep' }
  | { readonly do: 'set_x' | 'push_log' | 'set_all'; readonly to: Expr }
  | { readonly do: 'set_var'; readonly name: 'u' | 'v'; readonly to: Expr }
  | { readonly do: 'set'; readonly table: Table; readonly id: string; readonly to: Expr }
  | { readonly do: 'delete'; readonly table: Table; readonly id: string }
  | { readonly do: 'set_deep' | 'push_deep'; readonly id: string; readonly to: Expr }
  | { readonly do: 'copy_deep' | 'swap_deep'; readonly id: string; readonly other: string }
  | { readonly do: 'pick_const'; readonly options: readonly number[] }
  | { readonly do: 'pick_id'; readonly table: Table }
  | {
      readonly do: 'start' | 'restart';
      readonly pid: string;
      readonly flow: number;
      readonly with: Expr;
    }
  | {
      readonly do: 'set_var_of';
      readonly pid: string;
      readonly name: 'u' | 'v';
      readonly to: Expr;
    }
  | { readonly do: 'stop'; readonly pid: string }
  | { readonly do: 'move'; readonly pid: string; readonly label: number }
  | { readonly do: 'if'; readonly cond: Cond; readonly ops: readonly Op[] };

/** The variables of every process of a small model. */
export interface Vars {
  u: number;
  v: number;
}

/**
 * The parts of the state that an expression or an operation may see and touch. Guards and
 * properties see, recipes touch.
 */
export interface Scope {
  readonly state: Small;
  readonly self?: Vars & { readonly pid: string };
  readonly pick?: Pick;
  readonly processes: ProcessTable | Processes;
}

const isHandle = (processes: Scope['processes']): processes is Processes =>
  typeof processes['get'] === 'function';

const processOf = ({ processes }: Scope, pid: string) =>
  isHandle(processes) ? processes.get(pid) : processes[pid];

const pidsOf = ({ processes }: Scope): string[] =>
  isHandle(processes) ? [...processes].map(([pid]) => pid) : Object.keys(processes);

const numberOf = (entry: number | Deep | undefined): number =>
  typeof entry === 'object' ? entry.n + entry.inner.list.length : (entry ?? 0);

function evaluate(expr: Expr, scope: Scope): number {
  const { state } = scope;
  switch (expr.is) {
    case 'const':
      return expr.value;
    case 'var':
      return scope.self?.[expr.name] ?? 0;
    case 'x':
      return state.x;
    case 'log':
      return state.log.reduce((sum, one) => sum * 2 + one, state.log.length) % 3;
    case 'processes':
      return pidsOf(scope).length % 3;
    case 'entry':
      return numberOf(state[expr.table][expr.id]) % 3;
    case 'size':
      return Object.keys(state[expr.table]).length % 3;
    case 'sum':
      return (
        Object.values(state[expr.table]).reduce<number>((sum, one) => sum + numberOf(one), 0) % 3
      );
    case 'first':
      return Object.keys(state[expr.table]).sort()[0] === 'a' ? 1 : 0;
    case 'has':
      return expr.id in state[expr.table] ? 1 : 0;
    case 'at':
      return processOf(scope, expr.pid)?.at === labelOf(expr.value) ? 1 : 0;
    case 'var_of':
      return Number(processOf(scope, expr.pid)?.vars['u'] ?? 2);
    case 'plus':
      return (evaluate(expr.left, scope) + evaluate(expr.right, scope)) % 3;
  }
}

/** Whether a condition is true where `scope` looks. */
export const holds = (cond: Cond, scope: Scope): boolean =>
  (evaluate(cond.left, scope) === evaluate(cond.right, scope)) !== cond.differs;

/** The label that stands for a number in a small model. */
export const labelOf = (number: number): string => (number < 0 ? 'done' : `s${number}`);

/** The flows of a model by number, as operations need them. */
export type Flows = readonly Flow<readonly [number, number], string, Vars>[];

function perform(op: Op, scope: Scope, flows: Flows, path: string): void {
  const { state, self } = scope;
  const value = 'to' in op ? evaluate(op.to, scope) : 0;
  switch (op.do) {
    case 'nothing':
      return;
    case 'set_x':
      state.x = value;
      return;
    case 'push_log':
      state.log.push(value);
      if (state.log.length > 2) state.log.shift();
      return;
    case 'set_all':
      for (const id of Object.keys(state.flat)) state.flat[id] = value;
      return;
    case 'set_var':
      if (self) self[op.name] = value;
      return;
    case 'if':
      if (holds(op.cond, scope)) performAll(op.ops, scope, flows, path);
      return;
    case 'pick_const':
    case 'pick_id':
      performPick(op, scope, path);
      return;
    case 'set_var_of':
      setVarOf(op, scope, flows);
      return;
    case 'start':
    case 'restart':
    case 'stop':
    case 'move':
      performOnProcess(op, scope, flows);
      return;
    default:
      performOnTable(op, state, value);
  }
}

/** Carries operations out, one after the other. `path` makes the names of picks differ. */
export function performAll(ops: readonly Op[], scope: Scope, flows: Flows, path = 'p'): void {
  for (const [i, op] of ops.entries()) perform(op, scope, flows, `${path}${i}`);
}

function performPick(
  op: Extract<Op, { do: 'pick_const' | 'pick_id' }>,
  scope: Scope,
  path: string,
) {
  const { state, self, pick } = scope;
  if (pick === undefined) throw new Error('only recipes pick');
  if (op.do === 'pick_const') {
    const picked = pick(path, op.options);
    if (self) self.v = picked;
    else state.x = picked;
    return;
  }
  const id = pick(path, Object.keys(state[op.table]));
  delete state[op.table][id];
}

function performOnProcess(
  op: Extract<Op, { do: 'start' | 'restart' | 'stop' | 'move' }>,
  scope: Scope,
  flows: Flows,
): void {
  const { self, processes } = scope;
  if (!isHandle(processes)) throw new Error('only recipes change processes');
  const process = processes.get(op.pid);
  if (op.do !== 'stop' && op.do !== 'move') {
    const flow = flows[op.flow % flows.length];
    if (op.do === 'start' && process !== undefined && process.at !== 'done') return;
    if (flow && op.pid !== self?.pid)
      processes[op.do](op.pid, flow.start(evaluate(op.with, scope), 0));
    return;
  }
  if (op.pid === self?.pid) return; // The label that a step returns says where its own process goes
  if (op.do === 'stop') {
    processes.stop(op.pid);
    return;
  }
  const labels = flows.find(({ name }) => name === process?.flow)?.labels ?? [];
  const label = labels[op.label % labels.length];
  if (label !== undefined) processes.move(op.pid, label);
}

function setVarOf(op: Extract<Op, { do: 'set_var_of' }>, scope: Scope, flows: Flows): void {
  const { processes } = scope;
  if (!isHandle(processes)) throw new Error('only recipes change processes');
  const known = flows.find(({ name }) => name === processes.get(op.pid)?.flow);
  if (known !== undefined) processes.vars(op.pid, known)[op.name] = evaluate(op.to, scope);
}

type OnTable = Extract<
  Op,
  { do: 'clear_deep' | 'set' | 'delete' | 'set_deep' | 'push_deep' | 'copy_deep' | 'swap_deep' }
>;

function performOnTable(op: OnTable, state: Small, value: number): void {
  const deep = (): Deep => ({ n: value, inner: { list: [] } });
  switch (op.do) {
    case 'clear_deep':
      for (const [id, { n }] of Object.entries(state.deep)) if (n === 0) delete state.deep[id];
      return;
    case 'set':
      if (op.table === 'deep') state.deep[op.id] = deep();
      else state[op.table][op.id] = value;
      return;
    case 'delete':
      delete state[op.table][op.id];
      return;
    case 'set_deep': {
      const entry = state.deep[op.id];
      if (entry) entry.n = value;
      return;
    }
    case 'push_deep': {
      const list = state.deep[op.id]?.inner.list;
      list?.push(value);
      if (list && list.length > 2) list.shift();
      return;
    }
    case 'copy_deep': {
      const entry = state.deep[op.id];
      if (entry) state.deep[op.other] = entry;
      return;
    }
    case 'swap_deep': {
      const [one, other] = [state.deep[op.id], state.deep[op.other]];
      if (one && other) [state.deep[op.id], state.deep[op.other]] = [other, one];
      return;
    }
  }
}
