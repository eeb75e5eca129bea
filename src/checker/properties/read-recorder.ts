import type { Plain } from '../../spec/plain.ts';
import { type AnyRecord, isRecord } from '../../spec/refuse.ts';
import { isForeign } from '../evaluate/object-protocol.ts';
import type { ValueRead } from '../result/value-read.ts';
import { PROCESSES } from '../state/slots.ts';
import type { Seen } from './seen.ts';

/** A state, its processes, or a part of them, and what a function asked of it. */
interface Note {
  readonly target: unknown;
  /** Undefined for the state as a whole, whose fields are always the same. */
  readonly read: ValueRead | undefined;
  /** By key: the parts that were read. */
  readonly parts: Map<string, Note>;
  /** True where its value was taken, and since then none of its parts was read. */
  isHeld: boolean;
  /** True where its keys were listed. */
  isListed: boolean;
  /** Undefined for what is no record. */
  view: object | undefined;
}

/**
 * Records which values of a state a function reads. A record counts as read as a whole until one of
 * its values is read, and where its keys are listed and not all of its values are read. A list
 * always counts as read as a whole.
 */
export class ReadRecorder {
  /** In the order of first use. */
  readonly #notes: Note[] = [];

  /** The values in the order in which they were first read. */
  get values(): readonly ValueRead[] {
    return this.#notes.flatMap((note) => (isRead(note) && note.read) || []);
  }

  /** A view of the state that records what is read. */
  on({ state, processes }: Seen, when?: ValueRead['when']): Seen {
    const at = when === undefined ? {} : { when };
    const all = { path: PROCESS_PATH, value: processes as unknown as Plain, ...at };
    return {
      state: this.#view(this.#note(state, undefined), [], at),
      processes: this.#view(this.#note(processes, all), [PROCESS_PATH], at),
    } as Seen;
  }

  #view(note: Note, path: readonly string[], at: Pick<ValueRead, 'when'>): object {
    if (note.view !== undefined) return note.view;
    const target = note.target as AnyRecord;
    const partOf = (key: string) => this.#part(note, [...path, key], key, at);
    const get = (key: string | symbol): unknown => {
      if (isUnasked(target, key)) return Reflect.get(target, key);
      const part = partOf(key as string);
      part.isHeld = true;
      return isRecord(part.target) ? this.#view(part, [...path, key as string], at) : part.target;
    };
    const asksFor = (key: string | symbol): void => {
      // Who lists the keys asks for each of them, too.
      if (!note.isListed && !isUnasked(target, key)) partOf(key as string).isHeld = true;
    };
    // A proxy of a frozen record would have to give its values as they are.
    note.view = new Proxy(
      {},
      {
        get: (_, key) => get(key),
        has: (_, key) => {
          asksFor(key);
          return Reflect.has(target, key);
        },
        ownKeys: () => {
          note.isListed = true;
          return Reflect.ownKeys(target);
        },
        getOwnPropertyDescriptor: (_, key) => {
          asksFor(key);
          if (!Object.hasOwn(target, key)) return undefined;
          return { value: target[String(key)], configurable: true, enumerable: true };
        },
        set: () => false,
        deleteProperty: () => false,
        defineProperty: () => false,
      },
    );
    return note.view;
  }

  /** The note of a part, which is read now; its record is no longer read as a whole. */
  #part(note: Note, path: readonly string[], key: string, at: Pick<ValueRead, 'when'>): Note {
    note.isHeld = false;
    const known = note.parts.get(key);
    if (known !== undefined) return known;
    const target = note.target as AnyRecord;
    const value = Object.hasOwn(target, key) ? { value: target[key] as Plain } : {};
    const part = this.#note(value.value, { path: path.join('.'), ...value, ...at });
    note.parts.set(key, part);
    return part;
  }

  #note(target: unknown, read: ValueRead | undefined): Note {
    const note: Note = {
      target,
      read,
      parts: new Map(),
      isHeld: false,
      isListed: false,
      view: undefined,
    };
    this.#notes.push(note);
    return note;
  }
}

function isRead({ isHeld, isListed, target, parts }: Note): boolean {
  if (isHeld || !isListed) return isHeld;
  const keys = Object.keys(target as AnyRecord);
  return keys.length === 0 || keys.some((key) => !parts.has(key));
}

/** The path of the table of processes in the changes of a step. */
const PROCESS_PATH = PROCESSES.replace(/^#/, '');

/** True for what JavaScript itself asks for, and for a method of all objects. */
const isUnasked = (target: object, key: string | symbol): boolean =>
  isForeign(key) && !Object.hasOwn(target, key);
