import type { Around } from '../expansion/expansion.ts';
import type { Footprints } from '../expansion/footprints.ts';
import type { KernelOptions } from '../result/options.ts';
import { Arena, type Region } from './arena.ts';
import { Mirror } from './mirror.ts';
import { Programs } from './programs.ts';

/**
 * The number of states for which there is room from the start. Unused room takes no memory in most
 * systems, and growing means moving.
 */
const ROOM = 1 << 24;
const ROOM_SMALL = 256;
/** The number of words in the list of states that are to be judged. */
const PENDING = 1 << 14;

/** The memory of the kernel and what lies in it. */
export interface Native {
  readonly arena: Arena;
  readonly mirror: Mirror;
  readonly programs: Programs;
  readonly words: Region;
  readonly parents: Region;
  readonly table: Region;
  readonly ring: Region;
  readonly pending: Region;
}

/** Makes the memory of the kernel; undefined where that is too large. */
export function newNative(
  around: Around,
  footprints: Footprints,
  options: KernelOptions,
): Native | undefined {
  return (
    reserve(ROOM, around, footprints, options) ?? reserve(ROOM_SMALL, around, footprints, options)
  );
}

function reserve(
  states: number,
  { machine, stateChecker, stepChecker }: Around,
  footprints: Footprints,
  { pagesMax, judgesAfter }: KernelOptions,
): Native | undefined {
  try {
    const arena = new Arena(pagesMax);
    // The large regions stand in front, because a region that grows moves those behind it.
    const table = arena.region(states);
    const parents = arena.region(states);
    const words = arena.region(states * machine.layout.width);
    const ring = arena.region(0);
    const pending = arena.region(PENDING);
    const mirror = new Mirror(arena, machine, footprints, stepChecker === undefined);
    const programs = new Programs(arena, machine, stateChecker.clauses, judgesAfter);
    return { arena, mirror, programs, table, parents, words, ring, pending };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
