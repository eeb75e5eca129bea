import type { WorldState } from '../checker/result/result.ts';
import { nameText } from '../checker/result/schedule-entry.ts';
import type { TraceRecord } from './document.ts';
import { worldsOf } from './worlds.ts';

/** One line of life: a process, the environment, or the system as a whole. */
export interface Lane {
  /** A process id, the actor of an action, 'fault', or '' for the system. */
  readonly id: string;
  /** Processes called `operation/service` belong to the operation; others stand for themselves. */
  readonly group: string;
  /** The flows of which processes of that id took steps. */
  readonly flows: readonly string[];
  /**
   * The host on which it runs, as far as its locks tell: by convention one called `what@host` is of
   * that host alone.
   */
  readonly host: string | undefined;
}

/** A process starts another, or takes the answer of one that is done. Steps are counted from 1. */
export interface Message {
  readonly kind: 'call' | 'reply';
  readonly from: string;
  readonly to: string;
  /** The step in which it is sent. */
  readonly sent: number;
  /** The step in which it arrives; undefined while it is on its way at the end. */
  readonly arrives: number | undefined;
  /** The step in which it is lost; then it never arrives. */
  readonly lost: number | undefined;
}

/** A process ends in the middle of its work by the step of another, as when its service crashes. */
export interface Death {
  readonly lane: string;
  /** Counted from 1. */
  readonly step: number;
}

/**
 * A lock is held by a process: after step `from` (0: from the start) until step `to` (undefined: to
 * the end).
 */
export interface Holding {
  readonly lock: string;
  readonly holder: string;
  readonly from: number;
  readonly to: number | undefined;
}

/** A run seen as a space-time diagram. */
export interface SpaceTime {
  readonly lanes: readonly Lane[];
  readonly messages: readonly Message[];
  readonly deaths: readonly Death[];
  readonly holdings: readonly Holding[];
}

/** Lanes in the order of their first steps, those of one operation together. */
export function spaceTimeOf(trace: TraceRecord): SpaceTime {
  const worlds = worldsOf(trace);
  const { messages, deaths } = postOf(trace, worlds);
  const holdings = holdingsOf(trace, worlds);
  return { lanes: lanesOf(trace, worlds, messages, holdings), messages, deaths, holdings };
}

/** The lane in which a step stands. */
export function laneOf({ actor }: { readonly actor: string | null }): string {
  return actor ?? '';
}

/**
 * How a lane is called in a picture: different lanes differently, and the system as no actor is.
 */
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
 * those of several.
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

/** Follows the processes of a run and finds out who sends what to whom. */
class Post {
  readonly #messages: Message[] = [];
  readonly deaths: Death[] = [];
  /** Calls whose callee has not taken its first step, by callee; who sent them, and when. */
  readonly #calls = new Map<string, { readonly from: string; readonly sent: number }>();
  /** The last steps of processes that are done. */
  readonly #ends = new Map<string, number>();
  #actor = '';
  #step = 0;

  /** `actor` takes a step: a call to it arrives. */
  begin(actor: string, step: number): void {
    this.#actor = actor;
    this.#step = step;
    this.#deliver(actor, { arrives: step, lost: undefined });
  }

  /** In this step a process comes to stand at another label; undefined where it does not exist. */
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

  /** In the order in which they were sent; those that are on their way at the end, too. */
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

/** By convention locks stand in a table `locks`, with their holder or null. */
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
