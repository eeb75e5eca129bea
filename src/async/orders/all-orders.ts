import { entryOf, preferred } from '../schedule/entry.ts';
import { type Choice, depend, type Footprint, type Parked } from '../schedule/parked.ts';
import type { Chooser, Run, Taken } from '../schedule/run.ts';
import { racesOf } from './races.ts';
import { StateKept } from './state-kept.ts';
import type { Strategy } from './strategy.ts';

/** A place in the tree of schedules: what is tried there. */
interface Node {
  /** By id: what could be released here. */
  readonly parked: ReadonlyMap<string, Parked>;
  /** The choices of each call: without a fault, and with each. */
  readonly choices: ReadonlyMap<string, readonly Choice[]>;
  /** The ids of those that are to be tried here. */
  readonly wanted: Set<string>;
  /** The ids of those that were tried here with all that follows. */
  readonly tried: Set<string>;
  /** By id: what other branches have tried before all that is tried here. */
  readonly asleep: ReadonlyMap<string, Parked>;
  /** The ids of those that ended the run here: in another order the run is another one. */
  readonly ending: Set<string>;
  /** What is being tried, and the number of its choice. */
  current: string;
  choice: number;
  /** The entries that were offered, to be compared in the next run. */
  readonly offered: string;
}

/**
 * All orders, depth first: one for each set of orders that differ only in steps without a conflict.
 * Sleep sets leave out what other branches have tried (Godefroid, 1996).
 */
export class AllOrders implements Strategy {
  readonly isExhaustive = true;
  readonly #nodes: Node[] = [];
  /** By id: what its step was seen to touch in any run. */
  readonly #touched = new Map<string, Set<string>>();
  readonly #reduces: () => boolean;
  #isBegun = false;
  /** True once a place has choices whose order need not matter. */
  #isReduced = false;

  /** `reduces` is asked after the first steps of a run, since the body may ask for every order. */
  constructor(reduces: () => boolean) {
    this.#reduces = reduces;
  }

  next(): Chooser | undefined {
    if (this.#isBegun && !this.#advance()) return undefined;
    this.#isBegun = true;
    return { choose: (choices, steps) => this.#choose(choices, steps) };
  }

  learn(run: Run): void {
    const last = this.#nodes[run.steps.length - 1];
    if (!run.isPruned && last !== undefined) last.ending.add(last.current);
    if (!this.#isReduced) return;
    for (const step of run.steps) this.#footprintOf(step.choice.parked, step.touched);
    if (!this.#reduces()) {
      // The body asked for every order after some steps of the first run.
      for (const { wanted, parked } of this.#nodes) for (const id of parked.keys()) wanted.add(id);
      return;
    }
    for (const { step, firsts } of racesOf(run)) this.#want(step, firsts);
  }

  #want(step: number, firsts: readonly Parked[]): void {
    const node = this.#nodes[step];
    if (node === undefined || firsts.some(({ id }) => node.wanted.has(id))) return;
    const first = firsts.find(({ id }) => node.parked.has(id));
    if (first !== undefined) node.wanted.add(first.id);
    else for (const id of node.parked.keys()) node.wanted.add(id);
  }

  #choose(choices: readonly Choice[], steps: readonly Taken[]): Choice | undefined {
    const known = this.#nodes[steps.length];
    const offered = choices.map(entryOf).join(' ');
    if (known !== undefined) {
      if (known.offered !== offered) throw new StateKept(steps, known.offered, offered);
      return currentOf(known, choices);
    }
    const node = this.#nodeOf(choices, steps, offered);
    if (node === undefined) return undefined;
    this.#nodes.push(node);
    return currentOf(node, choices);
  }

  #nodeOf(choices: readonly Choice[], steps: readonly Taken[], offered: string): Node | undefined {
    const last = steps.at(-1);
    const asleep = this.#asleepAfter(last);
    const first = preferred(
      choices.filter(({ parked }) => !asleep.has(parked.id)),
      last?.choice.parked,
    );
    if (first === undefined) return undefined;
    const byId = new Map<string, Choice[]>();
    for (const choice of choices) {
      const same = byId.get(choice.parked.id);
      if (same === undefined) byId.set(choice.parked.id, [choice]);
      else same.push(choice);
    }
    const parked = new Map(choices.map((choice) => [choice.parked.id, choice.parked]));
    const current = first.parked.id;
    const reduces = this.#reduces() && [...parked.values()].some(({ keys }) => keys !== undefined);
    const wanted = new Set(reduces ? [current] : parked.keys());
    this.#isReduced ||= reduces;
    const none = { tried: new Set<string>(), ending: new Set<string>() };
    return { parked, choices: byId, wanted, ...none, asleep, current, choice: 0, offered };
  }

  /** What sleeps after the step that is being tried: what does not depend on it. */
  #asleepAfter(last: Taken | undefined): ReadonlyMap<string, Parked> {
    const node = this.#nodes.at(-1);
    if (node === undefined || last === undefined || !this.#reduces()) return new Map();
    const step = this.#footprintOf(last.choice.parked, last.touched);
    const tried = [...node.tried].filter((id) => !node.ending.has(id));
    const before = [...node.asleep, ...tried.map((id) => [id, node.parked.get(id)] as const)];
    return new Map(
      before.filter(
        (each): each is [string, Parked] =>
          each[1] !== undefined && !depend(this.#footprintOf(each[1]), step),
      ),
    );
  }

  /** What is parked, and all that its step was ever seen to touch: it may touch less elsewhere. */
  #footprintOf(parked: Parked, seen: ReadonlySet<string> = new Set()): Footprint {
    const touched = this.#touched.get(parked.id) ?? new Set();
    for (const each of seen) touched.add(each);
    this.#touched.set(parked.id, touched);
    return { parked, touched };
  }

  /** Moves to the next schedule; false where there is none. */
  #advance(): boolean {
    for (let node = this.#nodes.at(-1); node !== undefined; node = this.#nodes.at(-1)) {
      const variants = node.choices.get(node.current) ?? [];
      if (node.choice + 1 < variants.length) {
        node.choice += 1;
        return true;
      }
      node.tried.add(node.current);
      const { tried, asleep } = node;
      const next = [...node.wanted].find((id) => !tried.has(id) && !asleep.has(id));
      if (next !== undefined) {
        node.current = next;
        node.choice = 0;
        return true;
      }
      this.#nodes.pop();
    }
    return false;
  }
}

/** The choice of this run that the node tries. */
function currentOf(node: Node, choices: readonly Choice[]): Choice | undefined {
  const fault = node.choices.get(node.current)?.[node.choice]?.fault;
  return choices.find((choice) => choice.parked.id === node.current && choice.fault === fault);
}
