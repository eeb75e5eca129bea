/** `1,234`: with separators that do not depend on the language of the machine. */
export function number(value: number): string {
  // `toLocaleString` takes a browser 10 ms.
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** Wall time for people: `12 ms` below a second, else `1.5 s`. */
export function duration(seconds: number): string {
  return seconds < 1 ? `${Math.round(seconds * 1000)} ms` : `${seconds.toFixed(1)} s`;
}

/** `1 state`, `2 states`. */
export function count(value: number, noun: string): string {
  return `${number(value)} ${noun}${value === 1 ? '' : 's'}`;
}
