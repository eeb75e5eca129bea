import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import { gunzipSync, gzipSync } from 'node:zlib';

const digestBytes = 32;
const digest = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

/**
 * A value as text, with a checksum. It keeps what JSON loses, as sets and undefined. Throws where
 * the value cannot be read back as it is.
 */
export function packed(value: unknown): string {
  const body = serialize(value);
  if (!isDeepStrictEqual(deserialize(body), value)) throw new Error('it cannot be read back');
  return Buffer.concat([digest(body), gzipSync(body, { level: 1 })]).toString('base64');
}

/** The value of such a text. Throws where the text is damaged. */
export function unpacked(text: string): unknown {
  const bytes = Buffer.from(text, 'base64');
  const body = gunzipSync(bytes.subarray(digestBytes));
  if (!digest(body).equals(bytes.subarray(0, digestBytes))) throw new Error('its checksum differs');
  return deserialize(body);
}
