/** How far a check may go that is started in the page; missing where it may go on to the end. */
export interface Bounds {
  readonly states?: number | undefined;
  readonly depth?: number | undefined;
  readonly seconds?: number | undefined;
}

/** `&states=1000&seconds=60`, to be put behind the place that is to be checked. */
export function boundsText(bounds: Bounds): string {
  return names
    .flatMap((name) => (bounds[name] === undefined ? [] : [`&${name}=${bounds[name]}`]))
    .join('');
}

/** The bounds in the query of an address; what is no whole number from 1 is none. */
export function boundsFrom(query: string): Bounds {
  const words = new URLSearchParams(query);
  const found = names.flatMap((name) => {
    const text = words.get(name) ?? '';
    return /^[1-9]\d{0,11}$/.test(text) ? [[name, Number(text)] as const] : [];
  });
  return Object.fromEntries(found);
}

const names = ['states', 'depth', 'seconds'] as const;
