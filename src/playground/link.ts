/** A model of the cookbook, as an example. */
export interface Example {
  /** The name of its file. */
  readonly name: string;
  readonly title: string;
  readonly text: string;
}

/** What an address asks the page to show: a model, or a sentence why that is not possible. */
export type Linked = { readonly text: string } | { readonly problem: string };

/** A longer model does not come from a link. */
const charactersMax = 500_000;

/**
 * The fragment of an address that holds a model: the name of an example, or the text, compressed.
 * Its checksum tells whether a part is missing.
 */
export async function fragmentOf(text: string, examples: readonly Example[]): Promise<string> {
  const example = examples.find((each) => each.text === text);
  if (example !== undefined) return `#example=${encodeURIComponent(example.name)}`;
  const packed = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate'));
  const bytes = new Uint8Array(await new Response(packed).arrayBuffer());
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  const base64 = btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
  return `#model=${base64}`;
}

/** The model of a fragment; undefined where the address has none. */
export async function linkedModel(
  fragment: string,
  examples: readonly Example[],
): Promise<Linked | undefined> {
  const [, key, value = ''] = /^#([a-z]+)=(.*)$/s.exec(fragment) ?? [];
  if (key === 'example') {
    const found = examples.find(({ name }) => encodeURIComponent(name) === value);
    return found ?? { problem: 'The link names an example that this playground does not have.' };
  }
  if (key !== 'model') {
    return fragment.length > 1 ? { problem: 'The link holds no model.' } : undefined;
  }
  try {
    return { text: await unpackedText(value) };
  } catch {
    return {
      problem: 'The link is damaged or was cut: its model cannot be read. Copy the whole link.',
    };
  }
}

async function unpackedText(base64: string): Promise<string> {
  const binary = atob(base64.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'));
  const reader = plain.pipeThrough(new TextDecoderStream('utf-8', { fatal: true })).getReader();
  let text = '';
  // A few bytes can unpack to gigabytes, so it stops in time.
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    text += part.value;
    if (text.length > charactersMax) throw new Error('too long');
  }
  return text;
}
