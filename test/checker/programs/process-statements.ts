import type { Process, Processes, ProcessState } from '../../../src/spec/process.ts';
import { id, type Operands, type World } from './statements.ts';

/** The variables of the process that runs a program. */
export interface Own {
  x: number;
  list: unknown[];
  record: Record<string, unknown>;
  more?: number;
  readonly pid: string;
}

/** The data of a statement about processes. */
export interface Stage {
  readonly state: World;
  readonly self: Own;
  readonly processes: Processes;
  /** Makes a process that can be started. */
  readonly other: (n: number) => Process;
  readonly log: (text: unknown) => void;
}

const pidOf = (x: number) => ['q', 'r', 'late', '5'][x % 4] as string;
const varsOf = (process: ProcessState | undefined) => process?.vars as Record<string, unknown>;
const isAlive = (process: ProcessState | undefined) =>
  process !== undefined && process.at !== 'done';

/** Statements about the variables of a process, and about other processes. */
export const processStatements: Record<string, (stage: Stage, operands: Operands) => void> = {
  set: ({ self }, [x]) => {
    self.x = x % 5;
  },
  read: ({ self, log }) => log(`${self.x} ${self.pid} ${JSON.stringify(self.list)}`),
  push: ({ self }, [x]) => {
    if (self.list.length < 5) self.list.push(x % 3);
  },
  replaceList: ({ self }, [x]) => {
    self.list = [x % 4];
  },
  add: ({ self }, [x]) => {
    self.more = x % 3;
  },
  remove: ({ self }) => {
    delete self.more;
  },
  keys: ({ self, log }) => {
    log(Object.keys(self).join());
    log(JSON.stringify(self));
    log('more' in self);
    for (const key in self) log(key);
  },
  copy: ({ state, self }) => {
    state.rec = { ...self };
  },
  shareList: ({ state, self }) => {
    state.list = self.list;
    if (self.list.length < 5) self.list.push(7);
  },
  shareRecord: ({ state, self }, [x]) => {
    state.rec['own'] = self.record;
    self.record['n'] = x % 4;
  },
  takeEntry: ({ state, self }, [x]) => {
    const entry = state.c[id(x)];
    if (entry === undefined) return;
    self.record = { entry };
    entry.n = 6;
  },
  throughTable: ({ self, processes, log }, [x]) => {
    const vars = varsOf(processes.get(self.pid));
    vars['x'] = x % 6;
    log(self.x);
    log(vars['list'] === self.list);
  },
  destructured: ({ self, log }, [x]) => {
    const { list, ...rest } = self;
    list[0] = x % 4;
    log(JSON.stringify(rest));
  },
  lookAtOther: ({ processes, log }, [x]) => {
    const process = processes.get(pidOf(x));
    log(JSON.stringify(process));
  },
  writeToOther: ({ processes }, [x, y]) => {
    const process = processes.get(pidOf(x));
    if (process !== undefined) varsOf(process)['n'] = y % 5;
  },
  start: ({ processes, other }, [x, y]) => {
    const pid = pidOf(x);
    if (!isAlive(processes.get(pid))) processes.start(pid, other(y % 3));
  },
  restart: ({ processes, other }, [x, y]) => processes.restart(pidOf(x), other(y % 3)),
  move: ({ processes }, [x, y]) => {
    const pid = pidOf(x);
    if (processes.get(pid) !== undefined) processes.move(pid, ['a', 'b', 'done'][y % 3] as string);
  },
  stop: ({ processes }, [x]) => processes.stop(pidOf(x)),
  list: ({ processes, log }) => {
    for (const [pid, process] of processes) log(`${pid} ${process.at}`);
  },
  stopInLoop: ({ processes, log }, [x]) => {
    for (const [pid] of processes) {
      log(pid);
      processes.stop(pidOf(x));
    }
  },
};
