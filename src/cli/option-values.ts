import { InvalidArgumentError } from '@commander-js/extra-typings';

/** A whole number from 1 and up: 1000, 1_000 or 1e3. Like the others here it throws an InvalidArgumentError for anything else. */
export function wholeFromOne(text: string): number {
  const value = Number(text.replaceAll('_', ''));
  if (text.trim() !== '' && Number.isSafeInteger(value) && value >= 1) return value;
  throw new InvalidArgumentError('Expected a whole number from 1 and up.');
}

/** 0, or a whole number above. */
export function wholeFromZero(text: string): number {
  return text === '0' ? 0 : wholeFromOne(text);
}

/** A port of TCP, 0 for any. */
export function portNumber(text: string): number {
  const value = wholeFromZero(text);
  if (value <= 65_535) return value;
  throw new InvalidArgumentError('Expected a port: 0 to 65535.');
}

/** A number above 0. */
export function positive(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError('Expected a number above 0.');
}
