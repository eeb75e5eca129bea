import { CarriedExpansion } from '../expansion/carried-expansion.ts';
import type { Around, Expansion } from '../expansion/expansion.ts';
import type { KernelOptions } from '../result/options.ts';
import { thrownText } from '../result/thrown-text.ts';
import { GrowingWords } from '../state/growing-words.ts';
import type { Mirror } from './mirror.ts';
import { type Kernel, kernelFor } from './module.ts';
import { type Native, newNative } from './native.ts';
import type { Parameter, Reason } from './parameters.ts';

/** The searches of most models end before the kernel would pay. */
const FROM = 1024;
/** The kernel costs more than it saves for fewer states than this. */
const RUN_MIN = 8;
/** JavaScript expands at most this many states before the kernel is tried again. */
const REST_MAX = 4096;
/**
 * Expands states with a kernel in WebAssembly. `CarriedExpansion` does the states that need
 * something unknown: steps that were never evaluated, unmemoised steps, and states without a step.
 * Both work on the same arrays in the same order, so that each can continue where the other stops
 * (docs/adr/0021).
 */
export class NativeExpansion implements Expansion {
  readonly #around: Around;
  readonly #carried: CarriedExpansion;
  readonly #options: KernelOptions;
  #native: Native | undefined;
  #isOff = false;
  readonly #runMin: number;
  #kernel: Kernel | undefined;
  /** The numbers of words of a state and of a set for which the kernel was made. */
  #kernelFor = '';
  /** The kernel is not tried before this state. */
  #restsUntil: number;
  #rest = 1;
  /** The versions of the property readers and of the step tests that the kernel knows. */
  #readersVersion = -1;
  #stepsVersion = -1;

  constructor(around: Around, options: KernelOptions) {
    this.#around = around;
    this.#options = options;
    this.#carried = new CarriedExpansion(around);
    this.#restsUntil = options.from ?? FROM;
    this.#runMin = options.runMin ?? RUN_MIN;
  }

  get bytes(): number {
    const { mirror, programs, pending } = this.#native ?? {};
    return [this.#carried, mirror, programs, pending].reduce(
      (sum, of) => sum + (of?.bytes ?? 0),
      0,
    );
  }

  expand(state: number): void {
    this.#carried.expand(state);
  }

  /**
   * Expands states from `first` on, before `end`. They belong to one level, which ends before
   * `levelEnd`. Returns their number. It is smaller than asked where the next state needs `expand`.
   */
  expandRun(first: number, end: number, levelEnd: number): number {
    if (first < this.#restsUntil || this.#isOff || end - first < this.#runMin) return 0;
    const native = this.#native ?? this.#begin();
    if (native === undefined) return 0;
    if (!this.#attempt(() => this.#prepare(native, first)) || this.#isOff) return 0;
    const next = this.#run(native, first, end, levelEnd);
    this.#decideWhen(first, next, end);
    return next - first;
  }

  /** Leaves a kernel that returned at once alone for a while. */
  #decideWhen(first: number, next: number, end: number): void {
    if (next === end || next - first >= this.#runMin) {
      this.#rest = 1;
      return;
    }
    this.#restsUntil = next + this.#rest;
    this.#rest = Math.min(2 * this.#rest, REST_MAX);
  }

  #begin(): Native | undefined {
    const { visited } = this.#around.machine;
    try {
      const native = newNative(this.#around, this.#carried.footprints, this.#options);
      if (native === undefined) throw new RangeError('no room for its memory');
      this.#native = native;
      const { arena, words, parents, table, ring } = native;
      const leave = () => this.#leave(NO_ROOM);
      visited.moveTo(words, parents, table, leave);
      // The next part may need room, and so move this one.
      arena.onMove(() => visited.renew());
      this.#carried.records.moveTo(ring, leave);
      arena.onMove(() => this.#carried.records.renew());
      this.#chooseKernel();
    } catch (error) {
      this.#leave(thrownText(error));
    }
    return this.#native;
  }

  /** Returns false where the memory had no room; the search then continues without the kernel. */
  #attempt(grow: () => void): boolean {
    try {
      grow();
      return true;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.#leave(NO_ROOM);
      return false;
    }
  }

  /** Continues without the kernel, and notes why for the ledger. */
  #leave(why: string): void {
    const { machine } = this.#around;
    this.#isOff = true;
    machine.counters.kernel.missing = `the kernel in WebAssembly was not used to the end: ${why}`;
    if (this.#native === undefined) return;
    const words = () => new GrowingWords(1);
    machine.visited.moveTo(words(), words(), words());
    this.#carried.records.moveTo(words());
    this.#native = undefined;
  }

  /** Brings the copies up to date before a run. */
  #prepare({ mirror, programs }: Native, first: number): void {
    const { stateChecker, stepChecker } = this.#around;
    this.#carried.prepare(first);
    this.#chooseKernel();
    mirror.update();
    const areValid = programs.update();
    if (!areValid || stateChecker.version !== this.#readersVersion) mirror.judgeAll();
    this.#readersVersion = stateChecker.version;
    if (stepChecker !== undefined && stepChecker.version !== this.#stepsVersion) mirror.unsettle();
    this.#stepsVersion = stepChecker?.version ?? 0;
  }

  #chooseKernel(): void {
    const { machine } = this.#around;
    const { footprints } = this.#carried;
    const key = `${machine.layout.width}.${footprints.actorWords}`;
    if (this.#kernel !== undefined && key === this.#kernelFor) return;
    const { memory } = (this.#native as Native).arena;
    this.#kernel = kernelFor(machine.layout.width, footprints.actorWords, memory);
    this.#kernelFor = key;
  }

  /** All states before this one are expanded. */
  #reached = 0;

  #run(native: Native, first: number, end: number, levelEnd: number): number {
    const { machine } = this.#around;
    this.#reached = first;
    for (;;) {
      const { disturbances } = machine;
      this.#setAll(native, this.#reached, end, levelEnd);
      const reason = (this.#kernel as Kernel)();
      this.#takeOver(native);
      if (machine.disturbances !== disturbances) return this.#reached;
      const grow = this.#roomFor(native, reason);
      if (grow === undefined || !this.#attempt(grow) || this.#isOff) return this.#reached;
    }
  }

  /** How to make room after the kernel stopped for lack of it; undefined for another reason. */
  #roomFor({ arena, pending }: Native, reason: Reason): (() => void) | undefined {
    const { visited } = this.#around.machine;
    const needed = arena.get('NEEDED');
    switch (reason) {
      case 'STATES_FULL':
      case 'TABLE_FULL':
        return () => visited.makeRoom(needed);
      case 'RING_FULL':
        return () => this.#carried.records.reserve(this.#reached, visited.count + needed);
      case 'PENDING_FULL':
        return () => pending.reserve(2 * (needed + arena.get('JUDGED')));
      default:
        return undefined;
    }
  }

  /** Takes over the results of the kernel, and judges what it found. */
  #takeOver({ arena, pending, mirror, programs }: Native): void {
    const { machine, counts, frontier, stateChecker } = this.#around;
    const { visited, layout } = machine;
    this.#reached = arena.get('NEXT');
    visited.count = arena.get('COUNT');
    visited.lookups += arena.get('LOOKUPS');
    counts.generated += arena.get('GENERATED');
    if (arena.get('REVISITED') !== 0) frontier.revisited(0, 0, visited);
    const words = (arena.get('PENDING_AT') - pending.address) / 4;
    machine.counters.kernel.judged += words / 2;
    const old = new Set<number>();
    for (let at = 0; at < words; at += 2) {
      const state = pending.words[at] as number;
      const what = pending.words[at + 1] as number;
      if (what < 0) this.#judgeSteps(mirror, state, -1 - what);
      // A new layout has renumbered the outcomes.
      else if (machine.layout !== layout) stateChecker.judgeInitial(state);
      else {
        stateChecker.judge(state, what);
        const program = programs.of(stateChecker.groupsAfter(what));
        if (mirror.programOf(what) === program) old.add(program);
        else mirror.setProgram(what, program);
      }
    }
    for (const program of old) programs.refresh(program);
  }

  /** Judges the steps of an actor in a state. */
  #judgeSteps(mirror: Mirror, state: number, actor: number): void {
    const { machine, stepChecker } = this.#around;
    const leaf = machine.leafOf(actor, state);
    if (stepChecker?.judge(state, actor, leaf) !== false) mirror.settle(leaf);
  }

  #setAll(native: Native, next: number, end: number, levelEnd: number): void {
    const { machine, statesMax } = this.#around;
    const { visited, layout, actors } = machine;
    const { arena, mirror, programs, pending } = native;
    const { records, footprints, freshBefore } = this.#carried;
    const all: { readonly [name in Exclude<Parameter, 'NEEDED' | 'JUDGED'>]: number } = {
      WORDS: native.words.address,
      PARENTS: native.parents.address,
      TABLE: native.table.address,
      RING: native.ring.address,
      ROOTS: mirror.roots.address,
      POOL: mirror.pool.address,
      LEAVES: mirror.leaves.address,
      OUTCOMES: mirror.outcomes.address,
      ACTORS: mirror.actors.address,
      PENDING: pending.address,
      SCRATCH: mirror.scratch.address,
      TEST_ROOTS: programs.roots.address,
      TEST_POOL: programs.pool.address,
      PROGRAMS: programs.programs.address,
      LOW: visited.low,
      RING_LOW: records.capacity - 1,
      CAPACITY: visited.capacity,
      PENDING_END: pending.address + pending.bytes,
      STATES_MAX: Math.min(statesMax, 0x7fffffff),
      WIDTH: layout.width,
      SETS: footprints.actorWords,
      ACTOR_COUNT: actors.length,
      NEXT: next,
      END: end,
      COUNT: visited.count,
      LEVEL_END: levelEnd,
      FRESH_BEFORE: freshBefore,
      VERSION: footprints.version,
      PENDING_AT: pending.address,
      REVISITED: 0,
      GENERATED: 0,
      LOOKUPS: 0,
    };
    for (const [name, value] of Object.entries(all)) arena.set(name as Parameter, value);
  }
}

const NO_ROOM = 'its memory has no more room';
