/**
 * The text that `packText` packed: base64 of raw deflate. Throws where the browser cannot unpack
 * it, as browsers before 2023.
 */
export async function unpacked(text: string): Promise<string> {
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new Response(plain).text();
}
