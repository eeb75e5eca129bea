import type { Process, Processes, ProcessState } from '../spec/process.ts';
import { SpecError } from '../spec/spec-error.ts';
import type { Flows } from './flows.ts';
import type { Slots } from './slots.ts';
import { processField, type Tracker } from './tracker.ts';

/** What a process slot holds at first: the flow's name, its first label and the variables. */
export function processState({ flow, vars }: Process): ProcessState {
  // A flow always has a first label: makeFlow refuses one without steps.
  return { flow: flow.name, at: flow.labels[0] ?? 'done', vars };
}

/** The `processes` argument of recipes. `acting` tells whose step is being taken. */
export function makeProcesses(
  slots: Slots,
  tracker: Tracker,
  flows: Flows,
  acting: () => string | undefined,
): Processes {
  const field = processField(slots);
  // Whatever is in this table was put there by this file and has that shape.
  const stateOf = (slot: number) => tracker.get(slot) as ProcessState | undefined;
  const methods: Processes = {
    get: (pid) => stateOf(slots.slot(field, pid)),
    start(pid, process) {
      if (pid === acting()) refuseOwn('starts', pid);
      const slot = slots.slot(field, pid);
      const running = stateOf(slot);
      if (running !== undefined && running.at !== 'done') {
        throw new SpecError({
          what: `it starts process '${pid}', which is running already (at '${running.at}')`,
          mend: 'Give the new process an id of its own, or wait until the other is done.',
        });
      }
      flows.enter(pid, process);
      tracker.set(slot, processState(process));
    },
    move(pid, label) {
      if (pid === acting()) refuseOwn('moves', pid);
      const slot = slots.slot(field, pid);
      const process = stateOf(slot);
      const labels = process === undefined ? undefined : flows.get(process.flow)?.labels;
      if (process === undefined || labels === undefined) {
        throw new SpecError({
          what: `it moves process '${pid}', which does not exist`,
          mend: `There are: ${tracker.ids(field).join(', ') || 'none'}.`,
        });
      }
      if (label !== 'done' && !labels.includes(label)) {
        throw new SpecError({
          what: `it moves process '${pid}' to '${label}', which is not a label of flow '${process.flow}'`,
          mend: `Its labels are ${labels.join(', ')} and done.`,
        });
      }
      tracker.set(slot, { flow: process.flow, at: label, vars: process.vars });
    },
    stop(pid) {
      const slot = slots.slot(field, pid);
      if (tracker.has(slot)) tracker.remove(slot);
    },
    *[Symbol.iterator]() {
      for (const pid of tracker.ids(field)) {
        const process = stateOf(slots.slot(field, pid));
        if (process !== undefined) yield [pid, process] as const;
      }
    },
  };
  return new Proxy(methods, noRecord);
}

/** What guards and properties see is a record by id; whoever takes this for one would go through its methods. */
const noRecord: ProxyHandler<Processes> = {
  get(methods, key) {
    if (key in methods) return Reflect.get(methods, key);
    return typeof key === 'symbol' ? undefined : refuseRecord(`reads '${key}' of`);
  },
  has: (methods, key) => key in methods,
  set: (_methods, key) => refuseRecord(`sets '${String(key)}' of`),
  deleteProperty: (_methods, key) => refuseRecord(`deletes '${String(key)}' of`),
  ownKeys: () => refuseRecord('lists the keys of'),
};

function refuseRecord(does: string): never {
  throw new SpecError({
    what: `it ${does} the processes, which are no record in \`do\``,
    mend: 'Go through them with `for (const [pid, process] of processes)`; there is get(pid), start, move and stop.',
  });
}

/** Where a process goes is said by what its step returns, and only by that. */
function refuseOwn(does: 'starts' | 'moves', pid: string): never {
  throw new SpecError({
    what: `it ${does} its own process '${pid}'`,
    mend: 'Return the label to jump to; to go on in another flow, start a process with another id.',
  });
}
