/**
 * Volumes attached and detached at the same time, connect and disconnect in two steps each: one
 * process per attachment creates a record on some host, logs in the host's shared session, adds its
 * device, and undoes it all. Logging out drops every device of the host, so a process counts the
 * other records of the host first. Source of the counts: TLC, SPIN (bench/attach.pml) and
 * Stateright agree on every row.
 */
import { choice, range, spec } from 'racewright';

interface Hosts {
  /** Attachment records: the host, or null where there is none. */
  readonly records: { [attachment: string]: string | null };
  /** Is the device of the attachment there? */
  readonly devices: { [attachment: string]: boolean };
  /** Is the host's shared session logged in? */
  readonly sessions: { [host: string]: boolean };
  readonly locks: { [host: string]: string | null };
}

interface Attachment {
  /** What the count said, until the disconnect that relies on it. */
  alone: boolean;
}

/** The process that runs the step, as the shared pieces below see it. */
type Self = Attachment & { readonly pid: string };

const model = spec<Hosts>();

/** The host of one's own record, which every step after the first can rely on. */
function hostOf(state: Hosts, self: Self): string {
  const host = state.records[self.pid];
  if (host === null || host === undefined) throw new Error(`${self.pid} has no record`);
  return host;
}

/** The flow, with or without a mutex per host around connect and around count and disconnect. */
function attachAndDetach(hosts: readonly string[], pids: readonly string[], locked: boolean) {
  const lock = {
    when: (state: Hosts, self: Self) => state.locks[hostOf(state, self)] === null,
    do: (state: Hosts, self: Self) => {
      state.locks[hostOf(state, self)] = self.pid;
    },
  };
  const release = (state: Hosts, self: Self) => {
    if (locked) state.locks[hostOf(state, self)] = null;
  };
  const connect = {
    login(state: Hosts, self: Self) {
      state.sessions[hostOf(state, self)] = true;
    },
    add_device(state: Hosts, self: Self) {
      state.devices[self.pid] = state.sessions[hostOf(state, self)] === true; // no session, no device
      release(state, self);
    },
  };
  const disconnect = {
    count(state: Hosts, self: Self) {
      const host = hostOf(state, self);
      self.alone = pids.every((pid) => pid === self.pid || state.records[pid] !== host);
    },
    disconnect(state: Hosts, self: Self) {
      const host = hostOf(state, self);
      if (self.alone) {
        state.sessions[host] = false;
        for (const pid of pids) if (state.records[pid] === host) state.devices[pid] = false;
      } else {
        state.devices[self.pid] = false;
      }
      self.alone = false;
      release(state, self);
    },
    delete_record(state: Hosts, self: Self) {
      state.records[self.pid] = null;
    },
  };
  const vars = (): Attachment => ({ alone: false });
  const create = (
    state: Hosts,
    self: Self,
    pick: (name: string, options: readonly string[]) => string,
  ) => {
    state.records[self.pid] = pick('host', hosts);
  };
  const begin_detach = () => {};
  if (!locked) {
    const steps = { create, ...connect, begin_detach, ...disconnect };
    return model.flow({ name: 'attach_and_detach', vars, steps });
  }
  const steps = {
    create,
    lock_connect: lock,
    ...connect,
    begin_detach,
    lock_disconnect: lock,
    ...disconnect,
  };
  return model.flow({ name: 'attach_and_detach', vars, steps });
}

const property = 'an attached volume has its device';

const withMutex = [
  [1, 3, 745, 1_582],
  [1, 4, 5_205, 14_033],
  [1, 5, 35_567, 115_496],
  [1, 6, 240_539, 910_417],
  [1, 7, 1_613_409, 6_959_366],
  [2, 3, 5_274, 13_765],
  [2, 4, 78_043, 261_137],
  [2, 5, 1_043_808, 4_247_211],
  [2, 6, 13_131_284, 62_614_873],
] as const;

const without = [
  [1, 3, 1_219, 3_067],
  [1, 4, 13_980, 47_425],
  [1, 5, 157_785, 677_431],
  [1, 6, 1_758_290, 9_157_681],
  [2, 3, 5_598, 15_589],
  [2, 4, 118_099, 437_289],
  [2, 5, 2_491_764, 11_569_651],
] as const;

export const attachDetach = model.scenario({
  name: 'attach-detach',
  about:
    'Whoever counts the other users of a shared session and then logs out cuts off the one who came in between.',
  parameters: {
    hosts: range(1, 2),
    attachments: range(1, 7, { default: 3 }),
    lock: choice(['none', 'mutex'], {
      about: 'a mutex per host around connect and count + disconnect',
    }),
  },
  system: ({ hosts: hostCount, attachments, lock }) => {
    const hosts = Array.from({ length: hostCount }, (_, i) => `h${i + 1}`);
    const pids = Array.from({ length: attachments }, (_, i) => `a${i + 1}`);
    const flow = attachAndDetach(hosts, pids, lock === 'mutex');
    return {
      init: () => ({
        records: Object.fromEntries(pids.map((pid) => [pid, null])),
        devices: Object.fromEntries(pids.map((pid) => [pid, false])),
        sessions: Object.fromEntries(hosts.map((host) => [host, false])),
        locks: Object.fromEntries(hosts.map((host) => [host, null])),
      }),
      processes: Object.fromEntries(pids.map((pid) => [pid, flow.start()])),
      properties: [
        // A process that stands before begin_detach is attached.
        model.always(
          property,
          model.every(
            'devices',
            (present, pid, _state, processes) => present || processes[pid]?.at !== 'begin_detach',
          ),
        ),
      ],
    };
  },
  expect: [
    ...withMutex.map(([hosts, attachments, states, generated]) => ({
      given: { hosts, attachments, lock: 'mutex' as const },
      states,
      generated,
      levels: 9 * attachments + 1,
      reason: 'TLC, SPIN, Stateright; levels: SPIN',
    })),
    ...without.map(([hosts, attachments, states, generated]) => ({
      given: { hosts, attachments, lock: 'none' as const },
      violates: { [property]: 9 },
      states,
      generated,
      levels: 7 * attachments + 1,
      reason: 'TLC, SPIN, Stateright; levels: SPIN',
    })),
  ],
});
