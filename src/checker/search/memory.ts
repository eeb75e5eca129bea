import type { Expansion } from '../expansion/expansion.ts';
import type { Liveness } from '../liveness/liveness.ts';
import { isError } from '../result/thrown-text.ts';
import type { Slots } from '../state/slots.ts';
import type { Machine } from '../transitions/machine.ts';

/** The number of expansions between two looks at the values. */
const LOOK_EVERY = 32;
/** The overhead in bytes of an object, and of each part of it. */
const OBJECT_BYTES = 56;
const PART_BYTES = 16;
/** Each value is kept twice: one copy to compare, one to show. */
const COPIES = 2;

/** The bound on what a search keeps: states, values, memo and edges, by an estimate. */
export class MemoryBound {
  readonly #bytesMax: number | undefined;
  readonly #machine: Machine;
  readonly #expansion: Expansion;
  readonly #liveness: Liveness | undefined;
  readonly #values: ValueBytes;
  #looks = 0;

  /** Without `bytesMax` nothing is counted. */
  constructor(
    bytesMax: number | undefined,
    machine: Machine,
    expansion: Expansion,
    liveness: Liveness | undefined,
  ) {
    this.#bytesMax = bytesMax;
    this.#machine = machine;
    this.#expansion = expansion;
    this.#liveness = liveness;
    this.#values = new ValueBytes(machine.slots);
  }

  get isExceeded(): boolean {
    return this.#bytesMax !== undefined && this.#bytes() > this.#bytesMax;
  }

  #bytes(): number {
    const { visited, memoBytes } = this.#machine;
    if (this.#looks % LOOK_EVERY === 0) this.#values.update();
    this.#looks += 1;
    const { edges } = this.#liveness ?? {};
    const kept = visited.bytes + memoBytes + this.#expansion.bytes;
    return kept + this.#values.bytes + (edges?.bytes ?? 0);
  }
}

/** The bytes of all values of all slots. Each value is counted once. */
class ValueBytes {
  bytes = 0;
  readonly #slots: Slots;
  readonly #counted: number[] = [];

  constructor(slots: Slots) {
    this.#slots = slots;
  }

  update(): void {
    for (const [slot, values] of this.#slots.values.entries()) {
      for (let number = this.#counted[slot] ?? 0; number < values.length; number++) {
        this.bytes += COPIES * bytesOf(values[number]);
      }
      this.#counted[slot] = values.length;
    }
  }
}

function bytesOf(value: unknown): number {
  if (typeof value === 'string') return PART_BYTES + value.length;
  if (typeof value !== 'object' || value === null) return PART_BYTES;
  const parts: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
  return parts.reduce<number>((sum, part) => sum + bytesOf(part), OBJECT_BYTES);
}

/**
 * The messages of V8 when there is no room for an array, a table or a text, because of the machine
 * or of a limit in V8.
 */
const NO_ROOM =
  /^(?:Array buffer allocation failed|Invalid typed array length|Invalid array length|Invalid array buffer length|(?:Map|Set) maximum size exceeded|Invalid string length)/;
/**
 * Those of the messages that also count in the middle of a step, where the checker stores values.
 * The others may be a mistake of the model, such as an array of length -1.
 */
const NO_ROOM_IN_STEP = /^(?:Array buffer allocation failed|(?:Map|Set) maximum size exceeded)/;

/** Whether an error means that the checker had no room for something. */
export function isOutOfMemory(error: unknown): boolean {
  if (!isError(error)) return false;
  if (error instanceof RangeError) return NO_ROOM.test(error.message);
  const { cause } = error;
  return isError(cause) && cause instanceof RangeError && NO_ROOM_IN_STEP.test(cause.message);
}

/** The stop reason for an error. */
export function reasonOf(error: unknown): 'no_memory' | 'error' {
  return isOutOfMemory(error) ? 'no_memory' : 'error';
}
