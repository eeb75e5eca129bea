import { InvalidArgumentError } from '@commander-js/extra-typings';

/**
 * A whole number from 1 up: 1000, 1_000 or 1e3. Like the other readers here it throws an
 * InvalidArgumentError for anything else.
 */
export function wholeFromOne(text: string): number {
  return wholeFrom(1, text) ?? refuse('Expected a whole number from 1 and up.');
}

/** A whole number from 0 up. */
export function wholeFromZero(text: string): number {
  return wholeFrom(0, text) ?? refuse('Expected a whole number from 0 and up.');
}

/** A seed: a whole number from 0 to 2³² - 1. */
export function seedFrom(text: string): number {
  const value = wholeFrom(0, text) ?? Number.POSITIVE_INFINITY;
  return value <= 4_294_967_295 ? value : refuse('Expected a whole number from 0 to 4294967295.');
}

/** A TCP port; 0 means any free one. */
export function portNumber(text: string): number {
  const value = wholeFrom(0, text) ?? Number.POSITIVE_INFINITY;
  return value <= 65_535 ? value : refuse('Expected a port: 0 to 65535, 0 for any that is free.');
}

/** A number above 0. */
export function positive(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && value > 0) return value;
  return refuse('Expected a number above 0.');
}

/** Seconds above 0: 60, 60s, 1.5m or 2h. */
export function secondsFrom(text: string): number {
  const [, amount = '', unit = 's'] = /^([\d.]+)\s*([smh])?$/.exec(text.trim()) ?? [];
  const value = Number(amount) * ({ s: 1, m: 60, h: 3600 }[unit] ?? 1);
  if (amount !== '' && Number.isFinite(value) && value > 0) return value;
  return refuse('Expected seconds above 0, or a time: 60s, 1.5m, 2h.');
}

function wholeFrom(least: number, text: string): number | undefined {
  const value = Number(text.replaceAll('_', ''));
  const isWhole = text.trim() !== '' && Number.isSafeInteger(value) && value >= least;
  return isWhole ? value : undefined;
}

function refuse(expected: string): never {
  throw new InvalidArgumentError(expected);
}
