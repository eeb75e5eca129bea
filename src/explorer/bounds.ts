/** How far a check may go that is started in the page; missing where it may go on to the end. */
export interface Bounds {
  readonly states?: number | undefined;
  readonly depth?: number | undefined;
  readonly seconds?: number | undefined;
}

/** `&states=1000&seconds=60`, to be put behind the place that is to be checked. */
export function boundsText(bounds: Bounds): string {
  return boundNames
    .flatMap((name) => (bounds[name] === undefined ? [] : [`&${name}=${bounds[name]}`]))
    .join('');
}

/** The bounds among the words of an address, and what in them is no bound, one sentence each. */
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

/** The words that say bounds in an address. */
export const boundNames = ['states', 'depth', 'seconds'] as const;
