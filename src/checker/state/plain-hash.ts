/** The path at which the hash of a whole value begins. */
export const ROOT = 0x2545f491;

/** Deeper values are neither hashed nor copied, because `canonical` refuses them by name. */
export const DEPTH_MAX = 500;

/**
 * A structural hash: the sum over the leaves of `mix(path, leaf)`. The order of keys does not
 * matter. Because it is a sum, the hash of a changed copy is that of the original plus the change.
 * Values that are not plain data have a hash, too; `canonical` refuses them when they turn out to
 * be new.
 */
export function hashOf(value: unknown, path: number, depth = 0): number {
  switch (typeof value) {
    case 'string':
      return mix(path, hashOfText(value));
    case 'number':
      return mix(path, hashOfNumber(value));
    case 'boolean':
      return mix(path, value ? 0x51ed : 0x7a11);
    case 'object':
      if (value === null) return mix(path, 0x1234567);
      return depth > DEPTH_MAX ? 0 : hashOfObject(value, path, depth);
    default:
      return mix(path, 0x0dd);
  }
}

function hashOfObject(value: object, path: number, depth: number): number {
  if (Array.isArray(value)) {
    let hash = mix(path, 0x77 + value.length);
    for (let i = 0; i < value.length; i++) {
      hash = (hash + hashOf(value[i], elementPath(path, i), depth + 1)) | 0;
    }
    return hash;
  }
  let hash = mix(path, 0x99);
  for (const key in value) {
    const part = (value as { readonly [key: string]: unknown })[key];
    hash = (hash + hashOf(part, keyPath(path, key), depth + 1)) | 0;
  }
  return hash;
}

/** The path of an element of an array. */
export function elementPath(path: number, index: number): number {
  return mix(path, index + 1);
}

/** The path of a field of a record. */
export function keyPath(path: number, key: string): number {
  return mix(path, hashOfText(key));
}

/** The amount by which the hash of the whole rises when a part changes from `before` to `after`. */
export function changeOfHash(before: unknown, after: unknown, path: number): number {
  return (hashOf(after, path) - hashOf(before, path)) | 0;
}

function mix(path: number, leaf: number): number {
  let hash = Math.imul(path ^ leaf, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

/** The hash samples long strings. A collision costs a comparison, never a wrong answer. */
function hashOfText(text: string): number {
  const { length } = text;
  const stride = length > 24 ? length >> 4 : 1;
  let hash = length;
  for (let i = 0; i < length; i += stride) {
    hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0;
  }
  return hash;
}

const float = new Float64Array(1);
const words = new Int32Array(float.buffer);

function hashOfNumber(value: number): number {
  if (value === (value | 0)) return value | 0;
  float[0] = value;
  return (words[0] as number) ^ Math.imul(words[1] as number, 0x9e3779b1);
}
