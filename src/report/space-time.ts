import type { WorldState } from '../checker/result/result.ts';
import { nameText } from '../checker/result/schedule-entry.ts';
import type { TraceRecord } from './document.ts';
import { worldsOf } from './worlds.ts';

/** A lifeline: a process, the environment, or the whole system. */
export interface Lane {
  /** A process id, the actor of an action, 'fault', or '' for the system. */
  readonly id: string;
  /**
   * A process called `operation/service` belongs to the group `operation`; any other is its own
   * group.
   */
  readonly group: string;
  /** The flows from which this process took steps. */
  readonly flows: readonly string[];
  /**
   * The host of the process, as far as its locks tell: by convention a lock `what@host` belongs to
   * that host.
   */
  readonly host: string | undefined;
}

/** A process starts another, or takes the answer of one that is done. Steps count from 1. */
export interface Message {
  readonly kind: 'call' | 'reply';
  readonly from: string;
  readonly to: string;
  /** The step that sends it. */
  readonly sent: number;
  /** The step at which it arrives; undefined if it never does. */
  readonly arrives: number | undefined;
  /** The step that loses it; undefined if none does. */
  readonly lost: number | undefined;
}

/**
 * The step of another process ends this one in the middle of its work, as when its service crashes.
 */
export interface Death {
  readonly lane: string;
  /** Counted from 1. */
  readonly step: number;
}

/**
 * A process holds a lock after step `from` (0: from the start) until step `to` (undefined: to the
 * end).
 */
export interface Holding {
  readonly lock: string;
  readonly holder: string;
  readonly from: number;
  readonly to: number | undefined;
}

/** The parts of a space-time diagram. */
export interface SpaceTime {
  readonly lanes: readonly Lane[];
  readonly messages: readonly Message[];
  readonly deaths: readonly Death[];
  readonly holdings: readonly Holding[];
}

/**
 * The space-time view of a run. Lanes stand in the order of their first steps, with those of one
 * operation together.
 */
export function spaceTimeOf(trace: TraceRecord): SpaceTime {
  const worlds = worldsOf(trace);
  const { messages, deaths } = postOf(trace, worlds);
  const holdings = holdingsOf(trace, worlds);
  return { lanes: lanesOf(trace, worlds, messages, holdings), messages, deaths, holdings };
}

/** The lane of a step. */
export function laneOf({ actor }: { readonly actor: string | null }): string {
  return actor ?? '';
}

/** The name of a lane in a picture. It is unique, also for the lane of the system. */
export function laneName(id: string): string {
  if (id === '') return 'system';
  return id === 'system' ? '"system"' : nameText(id);
}

function lanesOf(
  { steps }: TraceRecord,
  worlds: readonly WorldState[],
  messages: readonly Message[],
  holdings: readonly Holding[],
): Lane[] {
  const flows = new Map<string, Set<string>>();
  const seen = (id: string): Set<string> => {
    const known = flows.get(id) ?? new Set();
    flows.set(id, known);
    return known;
  };
  for (const [i, step] of steps.entries()) {
    const id = laneOf(step);
    const flow = worlds[i]?.processes[id]?.flow;
    if (flow === undefined) seen(id);
    else seen(id).add(flow);
  }
  for (const { to } of messages) seen(to);
  for (const { holder } of holdings) seen(holder);
  const lanes = [...flows].map(([id, names]) => ({
    id,
    group: id.split('/')[0] ?? id,
    flows: [...names],
    host: hostOf(id, holdings),
  }));
  const groups = [...new Set(lanes.map(({ group }) => group))];
  return groups.flatMap((group) => lanes.filter((lane) => lane.group === group));
}

/**
 * `h1` of a process that held `s1@h1` and `connect_volume@h1/n-cpu`; undefined if it held none, or
 * locks of several hosts.
 */
function hostOf(id: string, holdings: readonly Holding[]): string | undefined {
  const hosts = holdings.flatMap(({ lock, holder }) => {
    const [, host] = /@([^@/]+)/.exec(lock) ?? [];
    return holder === id && host !== undefined ? [host] : [];
  });
  return new Set(hosts).size === 1 ? hosts[0] : undefined;
}

function postOf(
  { steps }: TraceRecord,
  worlds: readonly WorldState[],
): Pick<SpaceTime, 'messages' | 'deaths'> {
  const post = new Post();
  for (const [i, step] of steps.entries()) {
    const actor = laneOf(step);
    const before = (worlds[i] as WorldState).processes;
    const after = (worlds[i + 1] as WorldState).processes;
    post.begin(actor, i + 1);
    for (const pid of new Set([...Object.keys(before), ...Object.keys(after)])) {
      if (before[pid] !== after[pid]) post.see(pid, before[pid]?.at, after[pid]?.at);
    }
  }
  return { messages: post.all(), deaths: post.deaths };
}

/** Follows the processes of a run and collects the messages between them. */
class Post {
  readonly #messages: Message[] = [];
  readonly deaths: Death[] = [];
  /** By callee: a call that its callee has not yet taken up, with the sender and the step. */
  readonly #calls = new Map<string, { readonly from: string; readonly sent: number }>();
  /** The last step of each process that is done. */
  readonly #ends = new Map<string, number>();
  #actor = '';
  #step = 0;

  /** To be called when `actor` takes a step: a call to it arrives then. */
  begin(actor: string, step: number): void {
    this.#actor = actor;
    this.#step = step;
    this.#deliver(actor, { arrives: step, lost: undefined });
  }

  /**
   * To be called when a step moves a process from label `was` to label `is`; undefined where the
   * process does not exist.
   */
  see(pid: string, was: string | undefined, is: string | undefined): void {
    if (is === 'done') this.#ends.set(pid, this.#step);
    if (pid === this.#actor) return;
    const [idle, goes] = [was === undefined || was === 'done', is !== undefined && is !== 'done'];
    if (idle && goes) this.#calls.set(pid, { from: this.#actor, sent: this.#step });
    if (is !== undefined) return;
    if (was !== undefined && was !== 'done' && !this.#calls.has(pid)) {
      this.deaths.push({ lane: pid, step: this.#step });
    }
    const end = this.#ends.get(pid);
    if (was === 'done' && end !== undefined) {
      const [from, to] = [pid, this.#actor];
      const arrives = this.#step;
      this.#messages.push({ kind: 'reply', from, to, sent: end, arrives, lost: undefined });
    }
    this.#deliver(pid, { arrives: undefined, lost: this.#step });
  }

  /** All messages in the order of sending, including those on their way at the end. */
  all(): readonly Message[] {
    for (const to of [...this.#calls.keys()]) {
      this.#deliver(to, { arrives: undefined, lost: undefined });
    }
    return this.#messages.sort((a, b) => a.sent - b.sent);
  }

  #deliver(to: string, how: Pick<Message, 'arrives' | 'lost'>): void {
    const call = this.#calls.get(to);
    if (call !== undefined) this.#messages.push({ kind: 'call', to, ...call, ...how });
    this.#calls.delete(to);
  }
}

/**
 * The locks and their holders over time. By convention locks stand in a table `locks`, with their
 * holder or null.
 */
function holdingsOf({ steps }: TraceRecord, worlds: readonly WorldState[]): Holding[] {
  const holdings: Holding[] = [];
  const open = new Map<string, { holder: string; from: number }>();
  for (let number = 0; number <= steps.length; number++) {
    const holders = holdersIn(worlds[number] as WorldState);
    for (const [lock, { holder, from }] of open) {
      if (holders.get(lock) === holder) continue;
      holdings.push({ lock, holder, from, to: number });
      open.delete(lock);
    }
    for (const [lock, holder] of holders) {
      if (!open.has(lock)) open.set(lock, { holder, from: number });
    }
  }
  const held = [...open].map(([lock, { holder, from }]) => ({ lock, holder, from, to: undefined }));
  return [...holdings, ...held].sort((a, b) => a.from - b.from);
}

function holdersIn({ state }: WorldState): Map<string, string> {
  const locks = state['locks'];
  if (typeof locks !== 'object' || locks === null || Array.isArray(locks)) return new Map();
  return new Map(
    Object.entries(locks).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== '',
    ),
  );
}
