/**
 * What browsers and Node both have, and the language does not say: the parts of racewright that
 * know no platform may use it.
 */
declare class TextEncoder {
  encode(text: string): Uint8Array;
}
