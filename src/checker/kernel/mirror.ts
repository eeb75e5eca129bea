import type { Footprints } from '../expansion/footprints.ts';
import type { Machine } from '../transitions/machine.ts';
import type { Arena, Region } from './arena.ts';
import { copyTrees } from './copy-trees.ts';
import { ACTOR_HEAD, KEPT_SETS, LEAF_HEAD, MUST_JUDGE, OUTCOME_HEAD } from './parameters.ts';

/** The number of sets in the scratch words, in front of the reads and writes of the actors. */
const SCRATCH_SETS = KEPT_SETS.length;
const FAULTS = KEPT_SETS.indexOf('FAULTS');

/**
 * A copy in the kernel's memory of all it must know about steps: the trees, the leaves with their
 * outcomes, and what each reads and writes. An update adds the steps that were found since.
 */
export class Mirror {
  readonly roots: Region;
  readonly pool: Region;
  readonly leaves: Region;
  readonly outcomes: Region;
  readonly actors: Region;
  readonly scratch: Region;
  readonly #machine: Machine;
  readonly #footprints: Footprints;
  /** The number of leaves that are copied. */
  #known = 0;
  #width = 0;
  #sets = 0;
  /**
   * True if new leaves need no further judgement; otherwise a leaf gets that mark when it is found
   * out.
   */
  readonly #areSettled: boolean;

  constructor(arena: Arena, machine: Machine, footprints: Footprints, areSettled: boolean) {
    this.#machine = machine;
    this.#footprints = footprints;
    this.#areSettled = areSettled;
    this.scratch = arena.region(64);
    this.actors = arena.region(64);
    this.roots = arena.region(64);
    // Room for most models: a memory that grows makes the platform collect garbage.
    this.leaves = arena.region(1 << 12);
    this.outcomes = arena.region(1 << 12);
    this.pool = arena.region(1 << 13);
    machine.onRelayout(() => {
      this.#known = 0;
    });
  }

  get bytes(): number {
    const regions = [this.roots, this.pool, this.leaves, this.outcomes, this.actors, this.scratch];
    return regions.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** Copies what has changed. */
  update(): void {
    const { layout, actors } = this.#machine;
    const { actorWords } = this.#footprints;
    if (layout.width !== this.#width || actorWords !== this.#sets) this.#known = 0;
    this.#width = layout.width;
    this.#sets = actorWords;
    this.roots.reserve(actors.length);
    for (let actor = 0; actor < actors.length; actor++) {
      this.roots.words[actor] = this.#machine.rootOf(actor);
    }
    this.actors.reserve(ACTOR_HEAD * actors.length);
    // No leaf of any actor is known for a state.
    this.actors.words.fill(-1, 0, ACTOR_HEAD * actors.length);
    copyTrees(this.#machine.trees, this.pool);
    this.#copyScratch();
    this.#copyLeaves();
  }

  /** Marks a leaf whose steps need no further judgement. */
  settle(leaf: number): void {
    this.leaves.words[leaf * this.#leafStride + 3] = 1;
  }

  /** Removes that mark from all leaves with steps. */
  unsettle(): void {
    const { words } = this.leaves;
    const stride = this.#leafStride;
    for (let leaf = 0; leaf < this.#known; leaf++) {
      words[leaf * stride + 3] = words[leaf * stride + 2] === 0 ? 1 : 0;
    }
  }

  /** The program that judges the states to which this outcome leads. */
  programOf(outcome: number): number {
    return this.outcomes.words[outcome * this.#outcomeStride] as number;
  }

  setProgram(outcome: number, program: number): void {
    this.outcomes.words[outcome * this.#outcomeStride] = program;
  }

  /** Makes JavaScript judge the states to which any outcome leads. */
  judgeAll(): void {
    const { words } = this.outcomes;
    const stride = this.#outcomeStride;
    const end = this.#machine.leaves.outcomes.length * stride;
    for (let at = 0; at < end; at += stride) words[at] = MUST_JUDGE;
  }

  get #leafStride(): number {
    return LEAF_HEAD + 2 * this.#width;
  }

  get #outcomeStride(): number {
    return OUTCOME_HEAD + 2 * this.#width + 2 * this.#sets;
  }

  #copyScratch(): void {
    const { isFault, actors } = this.#machine;
    const { everRead, everWritten } = this.#footprints;
    const sets = this.#sets;
    const size = actors.length * this.#width;
    this.scratch.reserve(SCRATCH_SETS * sets + 2 * size);
    const { words } = this.scratch;
    words.fill(0, FAULTS * sets, (FAULTS + 1) * sets);
    for (const [actor, is] of isFault.entries()) {
      const at = FAULTS * sets + (actor >>> 5);
      if (is) words[at] = (words[at] as number) | (1 << (actor & 31));
    }
    words.set(everRead.subarray(0, size), SCRATCH_SETS * sets);
    words.set(everWritten.subarray(0, size), SCRATCH_SETS * sets + size);
  }

  #copyLeaves(): void {
    const { leaves } = this.#machine;
    this.leaves.reserve(leaves.count * this.#leafStride);
    this.outcomes.reserve(leaves.outcomes.length * this.#outcomeStride);
    for (; this.#known < leaves.count; this.#known++) this.#copyLeaf(this.#known);
  }

  #copyLeaf(leaf: number): void {
    const { leaves } = this.#machine;
    const { reads, writes } = this.#footprints;
    const width = this.#width;
    const changing = leaves.changing[leaf] as number;
    const steps = changing + (leaves.idle[leaf] as number);
    const first = leaves.first[leaf] as number;
    const at = leaf * this.#leafStride;
    const { words } = this.leaves;
    words[at] = first;
    words[at + 1] = changing;
    words[at + 2] = steps;
    words[at + 3] = this.#areSettled || steps === 0 ? 1 : 0;
    for (let w = 0; w < width; w++) {
      words[at + LEAF_HEAD + w] = reads[leaf * width + w] as number;
      words[at + LEAF_HEAD + width + w] = writes[leaf * width + w] as number;
    }
    for (let outcome = first; outcome < first + changing; outcome++) this.#copyOutcome(outcome);
  }

  #copyOutcome(outcome: number): void {
    const width = this.#width;
    const { written } = this.#footprints;
    const { masks } = this.#machine.leaves;
    const { words } = this.outcomes;
    const at = outcome * this.#outcomeStride;
    words[at] = MUST_JUDGE;
    // No version is 0, so the kernel computes the sets of actors when it needs them.
    words[at + 1] = 0;
    for (let w = 0; w < width; w++) {
      words[at + OUTCOME_HEAD + w] = masks[outcome * width + w] as number;
      words[at + OUTCOME_HEAD + width + w] = written[outcome * width + w] as number;
    }
  }
}
