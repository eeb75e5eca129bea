/** 1,234 with separators, independent of the machine's language. */
export function number(value: number): string {
  // Asking for a locale takes a browser 10 ms.
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** Wall time for people: milliseconds below a second. */
export function duration(seconds: number): string {
  return seconds < 1 ? `${Math.round(seconds * 1000)} ms` : `${seconds.toFixed(1)} s`;
}

/** `1 state`, `2 states`. */
export function count(value: number, noun: string): string {
  return `${number(value)} ${noun}${value === 1 ? '' : 's'}`;
}
