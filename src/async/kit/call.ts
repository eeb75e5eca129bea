import { idOf } from '../schedule/entry.ts';
import {
  type Choice,
  everything,
  type FaultKind,
  type Keys,
  type Parked,
} from '../schedule/parked.ts';
import type { Schedule } from '../schedule/schedule.ts';
import { dependOnSignal } from './signals.ts';

/**
 * When the operation behind a call is performed.
 *
 * - `with the answer`: the scheduler releases the call; then the operation is performed and
 *   answered, in one step. This suits what is atomic, as a statement of a database.
 * - `apart`: two steps, `ann.write` and `ann.write/answer`. Others can take a step in between.
 * - `at the call`: the code performs it at once, and only its answer is a step.
 */
export type Effect = 'with the answer' | 'apart' | 'at the call';

/** What a call is named, and which keys it reads and writes. */
export interface Described extends Keys {
  /** The label in schedule entries; the name of the function by default. */
  readonly label?: string;
}

/** How calls of a function are parked. */
export interface CallOptions<Args extends readonly unknown[] = readonly unknown[]> {
  /** Gives name and keys of a call by its arguments. Without keys it conflicts with all others. */
  readonly describe?: (...args: Args) => Described;
  /** When the operation is performed; `with the answer` by default. */
  readonly effect?: Effect;
  /**
   * The faults that may happen to it; all three by default, as far as `faults` of the exploration
   * has a budget. `error`: it fails and does nothing. `timeout`: it is performed, and the caller
   * gets an error. `lost`: it is performed, and the caller never hears of it.
   */
  readonly faults?: readonly Exclude<FaultKind, 'abort'>[];
  /** The error of the faults `error` and `timeout`; an `Error` that names the call by default. */
  readonly fails?: (fault: 'error' | 'timeout') => unknown;
}

export interface Call {
  readonly name: string;
  readonly args: readonly unknown[];
  readonly options: CallOptions;
  readonly operation: () => unknown;
  /** Withdraws the call where it is aborted. */
  readonly signal?: AbortSignal | undefined;
}

const ANSWER_FAULTS = ['timeout', 'lost'] as const;
const ALL_FAULTS = ['error', ...ANSWER_FAULTS] as const;

/** Parks a call and returns the promise of its answer. */
export function parkCall(schedule: Schedule, call: Call): Promise<unknown> {
  const { options } = call;
  const { label = call.name, reads, writes } = options.describe?.(...call.args) ?? {};
  const keys = reads === undefined && writes === undefined ? undefined : keysOf(reads, writes);
  const faults = options.faults ?? ALL_FAULTS;
  return new Promise((resolve, reject) => {
    const settling = new Settling({ schedule, call, label, keys, faults, resolve, reject });
    settling.begin();
  });
}

const keysOf = (reads: Keys['reads'], writes: Keys['writes']): Keys => ({
  ...(reads === undefined ? {} : { reads }),
  ...(writes === undefined ? {} : { writes }),
});

interface Parts {
  readonly schedule: Schedule;
  readonly call: Call;
  readonly label: string;
  readonly keys: Keys | undefined;
  readonly faults: readonly FaultKind[];
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** A call from the moment that it is parked to its answer. */
class Settling {
  readonly #parts: Parts;
  readonly #task: string | undefined;
  #isAborted = false;
  #isListening = false;
  #parked: Parked | undefined;
  #unlisten = () => {};

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#task = parts.schedule.task;
  }

  begin(): void {
    const { call, label, faults } = this.#parts;
    const effect = call.options.effect ?? 'with the answer';
    if (effect === 'at the call') {
      this.#listen(call.signal);
      this.#answerLater(label);
      return;
    }
    const here = effect === 'apart' ? faults.filter((fault) => fault === 'error') : faults;
    this.#park(label, here, (fault) => {
      if (fault === 'error') this.#fail('error');
      else if (effect === 'apart') this.#answerLater(`${label}/answer`);
      else this.#perform((settle) => this.#answer(fault, settle));
    });
  }

  /** Performs the operation now, and parks its answer once it is known. */
  #answerLater(label: string): void {
    const faults = this.#parts.faults.filter((fault) => fault !== 'error');
    this.#perform((settle) => {
      if (!this.#isAborted) this.#park(label, faults, (fault) => this.#answer(fault, settle));
    });
  }

  #perform(then: (settle: () => void) => void): void {
    const { schedule, call, label, resolve, reject } = this.#parts;
    // What is performed at the call is not what the last step answers.
    const step = call.options.effect === 'at the call' ? undefined : schedule.steps.at(-1);
    schedule.perform(idOf(this.#task, label), call.operation, step).then(
      (value) => then(() => resolve(value)),
      (error: unknown) => then(() => reject(error)),
    );
  }

  #answer(fault: FaultKind | undefined, settle: () => void): void {
    if (fault === 'timeout') this.#fail('timeout');
    else if (fault === undefined) settle();
    // A lost answer can still be given up.
    if (fault === undefined) this.#unlisten();
  }

  #fail(fault: 'error' | 'timeout'): void {
    const { call, label, reject } = this.#parts;
    const what = fault === 'error' ? 'fails' : 'is not answered in time';
    this.#unlisten();
    reject(call.options.fails?.(fault) ?? new Error(`${label} ${what} in this schedule`));
  }

  #park(label: string, faults: readonly FaultKind[], release: (fault: Choice['fault']) => void) {
    const { schedule, call, keys } = this.#parts;
    const { signal } = call;
    this.#parked = schedule.park({
      label,
      keys,
      faults,
      task: this.#task,
      release: (fault) => {
        if (signal !== undefined) dependOnSignal(schedule, signal);
        release(fault);
      },
    });
    this.#listen(signal);
  }

  /** Ends the call where its signal is aborted before it is answered. */
  #listen(signal: AbortSignal | undefined): void {
    if (this.#isListening || signal === undefined) return;
    this.#isListening = true;
    const { schedule, reject } = this.#parts;
    const abort = () => {
      this.#isAborted = true;
      // What the code does now is what the keys of this call stand for, and not those of the step.
      schedule.touch(everything);
      if (this.#parked !== undefined) schedule.withdraw(this.#parked);
      reject(signal.reason);
    };
    signal.addEventListener('abort', abort, { once: true });
    this.#unlisten = () => signal.removeEventListener('abort', abort);
  }
}
