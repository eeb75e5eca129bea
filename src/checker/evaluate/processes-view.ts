import { own } from '../../spec/own.ts';
import type { Process, Processes, ProcessState } from '../../spec/process.ts';
import { SpecError } from '../../spec/spec-error.ts';
import type { Flows } from './flows.ts';

/** The initial value of a process slot: the name of the flow, the first label and the variables. */
export function processState({ flow, vars }: Process): ProcessState {
  // `makeFlow` refuses a flow without steps, so there is a first label.
  return { flow: flow.name, at: flow.labels[0] ?? 'done', vars };
}

/** The table of processes as a step may change it: a draft of the checker or of immer. */
export type ProcessRecord = { [pid: string]: ProcessState | undefined };

/**
 * The `processes` argument of recipes. `record` returns the current table, `acting` the process
 * whose step is taken.
 */
export function makeProcesses(
  record: () => ProcessRecord,
  flows: Flows,
  acting: () => string | undefined,
): Processes {
  const find = (pid: string) => own(record(), pid);
  const methods: Processes = {
    get: find,
    start(pid, process) {
      if (pid === acting()) refuseOwn('starts', pid);
      const running = find(pid);
      if (running !== undefined && running.at !== 'done') {
        throw new SpecError({
          what: `it starts process '${pid}', which is running already (at '${running.at}')`,
          mend: 'Give the new process an id of its own, or wait until the other is done.',
        });
      }
      flows.enter(pid, process);
      record()[pid] = processState(process);
    },
    move(pid, label) {
      if (pid === acting()) refuseOwn('moves', pid);
      const process = find(pid);
      const labels = process === undefined ? undefined : flows.get(process.flow)?.labels;
      if (process === undefined || labels === undefined) {
        throw new SpecError({
          what: `it moves process '${pid}', which does not exist`,
          mend: `There are: ${Object.keys(record()).join(', ') || 'none'}.`,
        });
      }
      if (label !== 'done' && !labels.includes(label)) {
        throw new SpecError({
          what: `it moves process '${pid}' to '${label}', which is not a label of flow '${process.flow}'`,
          mend: `Its labels are ${labels.join(', ')} and done.`,
        });
      }
      moveTo(process, label);
    },
    restart(pid, process) {
      if (pid === acting()) refuseOwn('restarts', pid);
      flows.enter(pid, process);
      record()[pid] = processState(process);
    },
    vars(pid, flow) {
      const process = find(pid);
      const { name } = checkedFlow(flow, pid);
      if (process?.flow === name) {
        // A draft of what the flow made: only the types of models are read-only.
        return process.vars as never;
      }
      throw new SpecError({
        what:
          process === undefined
            ? `it asks for the variables of process '${pid}', which does not exist`
            : `it asks for the variables of process '${pid}' in flow '${name}', and it runs '${process.flow}'`,
        mend: `There are: ${processesIn(record())}.`,
      });
    },
    stop(pid) {
      delete record()[pid];
    },
    *[Symbol.iterator]() {
      for (const pid of Object.keys(record())) {
        const process = record()[pid];
        if (process !== undefined) yield [pid, process] as const;
      }
    },
  };
  return new Proxy(methods, noRecord);
}

function checkedFlow(flow: unknown, pid: string): { readonly name: string } {
  if ((flow as { readonly kind?: unknown } | null | undefined)?.kind === 'flow') {
    return flow as { readonly name: string };
  }
  throw new SpecError({
    what: `it asks for the variables of process '${pid}' without its flow`,
    mend: "Name the flow that it runs: processes.vars('ann', client)",
  });
}

function processesIn(record: ProcessRecord): string {
  const all = Object.entries(record).map(([pid, process]) => `${pid} (${process?.flow})`);
  return all.join(', ') || 'none';
}

/** Sets the program counter of a process that is a draft. */
export function moveTo(process: ProcessState, label: string): void {
  // The type is read-only for models; the checker itself may write.
  (process as { at: string }).at = label;
}

/**
 * Refuses to treat the argument as a record. Guards and properties get a record by id, but this
 * object has methods.
 */
const noRecord: ProxyHandler<Processes> = {
  get(methods, key) {
    if (key in methods) return Reflect.get(methods, key);
    return typeof key === 'symbol' ? undefined : refuseRecord(`reads '${key}' of`);
  },
  has: (methods, key) => key in methods,
  set: (_methods, key) => refuseRecord(`sets '${String(key)}' of`),
  deleteProperty: (_methods, key) => refuseRecord(`deletes '${String(key)}' of`),
  defineProperty: (_methods, key) => refuseRecord(`sets '${String(key)}' of`),
  setPrototypeOf: () => refuseRecord('changes the prototype of'),
  preventExtensions: () => refuseRecord('freezes'),
  ownKeys: () => refuseRecord('lists the keys of'),
};

function refuseRecord(does: string): never {
  throw new SpecError({
    what: `it ${does} the processes, which are no record in \`do\``,
    mend: 'Go through them with `for (const [pid, process] of processes)`; there is get(pid), vars(pid, flow), start, restart, move and stop.',
  });
}

/**
 * Refuses to start or move the acting process, because only the return value of its step says where
 * it goes.
 */
function refuseOwn(does: 'starts' | 'restarts' | 'moves', pid: string): never {
  throw new SpecError({
    what: `it ${does} its own process '${pid}'`,
    mend: 'Return the label to jump to; to go on in another flow, start a process with another id.',
  });
}
