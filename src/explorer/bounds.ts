/** The bounds of a check that the page starts; a missing bound means none. */
export interface Bounds {
  readonly states?: number | undefined;
  readonly depth?: number | undefined;
  readonly seconds?: number | undefined;
}

/** `&states=1000&seconds=60`, to be appended to the place that a check asks about. */
export function boundsText(bounds: Bounds): string {
  return boundNames
    .flatMap((name) => (bounds[name] === undefined ? [] : [`&${name}=${bounds[name]}`]))
    .join('');
}

/** Reads the bounds among the words of an address. Each problem is one sentence. */
export function boundsFrom(words: ReadonlyMap<string, string>): {
  readonly bounds: Bounds;
  readonly problems: readonly string[];
} {
  const given = boundNames.filter((name) => words.has(name));
  const isBound = (name: string): boolean => /^[1-9]\d{0,11}$/.test(words.get(name) ?? '');
  return {
    bounds: Object.fromEntries(
      given.filter(isBound).map((name) => [name, Number(words.get(name))] as const),
    ),
    problems: given
      .filter((name) => !isBound(name))
      .map((name) => `'${name}' is not a whole number from 1 up`),
  };
}

/** The words for bounds in an address. */
export const boundNames = ['states', 'depth', 'seconds'] as const;
