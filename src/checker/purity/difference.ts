/** Deeper than any value of a model. */
const depthMax = 200;

/**
 * The keys that lead to the first difference between two values; undefined when they are equal.
 * Functions are equal when their texts are.
 */
export function difference(one: unknown, other: unknown): readonly string[] | undefined {
  return new Comparison().below(one, other, []);
}

class Comparison {
  /** Each object is compared only once, wherever it occurs. */
  readonly #seen = new Set<object>();

  below(one: unknown, other: unknown, path: readonly string[]): readonly string[] | undefined {
    if (Object.is(one, other)) return undefined;
    if (typeof one === 'function' && typeof other === 'function') {
      return String(one) === String(other) ? undefined : path;
    }
    if (!isObject(one) || !isObject(other) || Array.isArray(one) !== Array.isArray(other)) {
      return path;
    }
    if (path.length > depthMax || this.#seen.has(one)) return undefined;
    this.#seen.add(one);
    const keys = Object.keys(one);
    const odd = oddKey(keys, Object.keys(other));
    if (odd !== undefined) return [...path, odd];
    for (const key of keys) {
      const found = this.below(Reflect.get(one, key), Reflect.get(other, key), [...path, key]);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

/**
 * A key that only one of them has, or the first at another place. The order counts because
 * processes act in the order of their keys.
 */
function oddKey(keys: readonly string[], others: readonly string[]): string | undefined {
  const misplaced = keys.find((key, i) => key !== others[i]);
  if (misplaced === undefined && keys.length === others.length) return undefined;
  // A set, because tables have many keys.
  const all = new Set(keys);
  const allOthers = new Set(others);
  return (
    keys.find((key) => !allOthers.has(key)) ?? others.find((key) => !all.has(key)) ?? misplaced
  );
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
