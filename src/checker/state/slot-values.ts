import type { Plain } from '../../spec/plain.ts';
import { SpecError } from '../../spec/spec-error.ts';
import { canonical, setOwn } from './canonical.ts';
import { isEqual } from './plain-equality.ts';
import { changeOfHash, elementPath, hashOf, keyPath, ROOT } from './plain-hash.ts';

/**
 * The value of an entry that does not exist. It is like any other value, but no model can store it.
 */
export const ABSENT: unique symbol = Symbol('absent');
export type SlotValue = Plain | typeof ABSENT;

/** How a value is copied: not at all, by its fields, by its elements, or deeply. */
const SCALAR = 0;
const RECORD = 1;
const LIST = 2;
const NESTED = 3;

/** The keys of a record and the path of each, so that a copy can be compared field by field. */
interface Shape {
  readonly keys: readonly string[];
  readonly paths: Int32Array;
}

const shapes = new Map<string, Shape>();

/**
 * All distinct values that one slot ever had, by number. A model never sees `templates`. They stay
 * unfrozen, because V8 copies an unfrozen object many times faster.
 */
export class SlotValues {
  /** Canonical values by number, for the checker only. They never change. */
  readonly templates: SlotValue[] = [];
  readonly #kinds: number[] = [];
  readonly #hashes: number[] = [];
  readonly #shapes: (Shape | undefined)[] = [];
  /** The frozen values that guards and properties get. Each is made at its first use. */
  readonly #frozen: (SlotValue | undefined)[] = [];
  readonly #scalars = new Map<unknown, number>();
  /** The numbers of objects plus one, by hash, with open addressing. */
  #table = new Int32Array(8);
  #objects = 0;
  /**
   * Frozen parts of values by place and content, so that an unchanged part stays the same object.
   */
  #parts: Map<string, object> | undefined;
  readonly #name: () => string;

  /** `name` returns the name of the slot. It is called only for messages. */
  constructor(name: () => string) {
    this.#name = name;
  }

  get count(): number {
    return this.templates.length;
  }

  /**
   * The number of `value`. Equal values have equal numbers, whatever their history. Throws a
   * SpecError that names the slot when the value is not plain data.
   */
  intern(value: unknown): number {
    if (typeof value === 'object' && value !== null) return this.#find(value, hashOf(value, ROOT));
    // Like states, Map takes 0 and -0 as equal and tells 1 from '1'.
    const known = this.#scalars.get(value);
    if (known !== undefined) return known;
    return this.#add(value === ABSENT ? ABSENT : canonical(value, this.#name()), 0);
  }

  /** The number of `copy`, which `copyOf(original)` made and a recipe may have changed. */
  internCopy(original: number, copy: object): number {
    const change = this.#changeOf(original, copy);
    if (change === undefined) return this.#find(copy, hashOf(copy, ROOT));
    if (change === UNCHANGED) return original;
    return this.#find(copy, ((this.#hashes[original] as number) + change) | 0);
  }

  /** A value that a recipe may change: a deep copy of an object. */
  copyOf(number: number): unknown {
    const template = this.templates[number];
    switch (this.#kinds[number]) {
      case RECORD:
        return { ...(template as object) };
      case LIST:
        return (template as unknown[]).slice();
      case NESTED:
        return deepCopy(template);
      default:
        return template;
    }
  }

  isObject(number: number): boolean {
    return this.#kinds[number] !== SCALAR;
  }

  /** The value to read: the same frozen object for the same number. */
  frozen(number: number): SlotValue {
    const known = this.#frozen[number];
    if (known !== undefined) return known;
    const template = this.templates[number] as SlotValue;
    const kind = this.#kinds[number];
    const made =
      kind === SCALAR || template === ABSENT
        ? template
        : this.#freeze(template, '', kind === NESTED);
    this.#frozen[number] = made;
    return made;
  }

  #freeze(value: Plain, path: string, isShared: boolean): Plain {
    if (typeof value !== 'object' || value === null) return value;
    if (!isShared || path === '') return Object.freeze(this.#frozenParts(value, path, isShared));
    // An unchanged part in the same place is the same object, so `before.x.list === after.x.list`
    // tells a change.
    this.#parts ??= new Map();
    const key = `${path}\n${JSON.stringify(value)}`;
    const known = this.#parts.get(key);
    if (known !== undefined) return known as Plain;
    const made = Object.freeze(this.#frozenParts(value, path, isShared));
    this.#parts.set(key, made);
    return made;
  }

  #frozenParts(value: object, path: string, isShared: boolean): Plain & object {
    if (Array.isArray(value)) {
      return value.map((part: Plain, i) => this.#freeze(part, `${path}.${i}`, isShared));
    }
    const copy = { ...(value as { [key: string]: Plain }) };
    for (const key of Object.keys(copy)) {
      setOwn(copy, key, this.#freeze(copy[key] as Plain, `${path}.${key}`, isShared));
    }
    return copy;
  }

  #find(value: object, hash: number): number {
    const table = this.#table;
    const mask = table.length - 1;
    for (let at = hash & mask; table[at] !== 0; at = (at + 1) & mask) {
      const number = (table[at] as number) - 1;
      if (this.#hashes[number] === hash && isEqual(value, this.templates[number])) return number;
    }
    return this.#add(canonical(value, this.#name()), hash);
  }

  #add(value: SlotValue, hash: number): number {
    const number = this.templates.length;
    if (number > 0x3fffffff) {
      throw new SpecError({
        what: `${this.#name()} has had more than a thousand million values`,
        mend: 'Keep less history in the state.',
      });
    }
    const kind = kindOf(value);
    this.templates.push(value);
    this.#kinds.push(kind);
    this.#hashes.push(hash);
    const isRecord = kind !== SCALAR && !Array.isArray(value);
    this.#shapes.push(isRecord ? shapeOf(value as object) : undefined);
    this.#frozen.push(undefined);
    if (kind === SCALAR) this.#scalars.set(value, number);
    else this.#enter(number);
    return number;
  }

  #enter(number: number): void {
    this.#objects += 1;
    if (2 * this.#objects <= this.#table.length) {
      this.#place(number);
      return;
    }
    this.#table = new Int32Array(2 * this.#table.length);
    for (let other = 0; other <= number; other++) {
      if (this.#kinds[other] !== SCALAR) this.#place(other);
    }
  }

  #place(number: number): void {
    const mask = this.#table.length - 1;
    let at = (this.#hashes[number] as number) & mask;
    while (this.#table[at] !== 0) at = (at + 1) & mask;
    this.#table[at] = number + 1;
  }

  /**
   * The change of the hash. UNCHANGED if there is none, undefined where the whole value must be
   * hashed.
   */
  #changeOf(original: number, copy: object): number | undefined | typeof UNCHANGED {
    const template = this.templates[original] as object;
    const shape = this.#shapes[original];
    if (shape !== undefined) return changeOfRecord(copy, template, shape);
    return Array.isArray(template) ? changeOfList(copy, template) : undefined;
  }
}

const UNCHANGED: unique symbol = Symbol('unchanged');
type Change = number | undefined | typeof UNCHANGED;

function changeOfRecord(copy: object, template: object, { keys, paths }: Shape): Change {
  if (Array.isArray(copy)) return undefined;
  let count = 0;
  for (const _key in copy) count += 1;
  if (count !== keys.length) return undefined;
  let change = 0;
  let isChanged = false;
  for (let i = 0; i < count; i++) {
    const key = keys[i] as string;
    const after = (copy as { [key: string]: unknown })[key];
    const before = (template as { [key: string]: unknown })[key];
    if (after === before || (typeof after === 'object' && isEqual(after, before))) continue;
    // The key is missing. The value is undefined or something that every object inherits.
    if (after === undefined || typeof after === 'function') return undefined;
    isChanged = true;
    change = (change + changeOfHash(before, after, paths[i] as number)) | 0;
  }
  return isChanged ? change : UNCHANGED;
}

function changeOfList(copy: object, template: readonly unknown[]): Change {
  if (!Array.isArray(copy) || copy.length !== template.length) return undefined;
  let change = 0;
  let isChanged = false;
  for (let i = 0; i < template.length; i++) {
    const after: unknown = copy[i];
    const before = template[i];
    if (after === before || (typeof after === 'object' && isEqual(after, before))) continue;
    isChanged = true;
    change = (change + changeOfHash(before, after, elementPath(ROOT, i))) | 0;
  }
  return isChanged ? change : UNCHANGED;
}

function kindOf(value: SlotValue): number {
  if (typeof value !== 'object' || value === null) return SCALAR;
  const parts: readonly Plain[] = Array.isArray(value) ? value : Object.values(value);
  if (parts.some((part) => typeof part === 'object' && part !== null)) return NESTED;
  return Array.isArray(value) ? LIST : RECORD;
}

function shapeOf(value: object): Shape {
  const keys = Object.keys(value);
  const id = JSON.stringify(keys);
  const known = shapes.get(id);
  if (known !== undefined) return known;
  const made = { keys, paths: Int32Array.from(keys, (key) => keyPath(ROOT, key)) };
  shapes.set(id, made);
  return made;
}

function deepCopy(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(deepCopy);
  const copy: { [key: string]: unknown } = { ...value };
  for (const key in copy) {
    const part = copy[key];
    if (typeof part === 'object' && part !== null) setOwn(copy, key, deepCopy(part));
  }
  return copy;
}
