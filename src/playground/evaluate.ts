import * as racewright from '../index.ts';
import { SpecError } from '../spec/spec-error.ts';
import { modelFile } from './compile.ts';

/** The global from which the module of the user takes `require` and `exports`. */
const handle = '__racewrightModule';

type Exports = { [name: string]: unknown };

/**
 * Evaluates compiled text as a module of its own, and returns its exports. Each call makes another
 * copy. Throws what the module throws, and a SpecError for an import of anything but racewright.
 */
export async function evaluated(code: string): Promise<Exports> {
  const exports: Exports = {};
  Object.assign(globalThis, { [handle]: { exports, require: required } });
  // On the line of the user's own first line, so that its numbers stay.
  const text = `const { exports, require } = globalThis.${handle};${code}`;
  const url = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  try {
    await import(/* @vite-ignore */ url);
    return exports;
  } finally {
    URL.revokeObjectURL(url);
    Reflect.deleteProperty(globalThis, handle);
  }
}

function required(name: unknown): unknown {
  if (name === 'racewright') return exported;
  throw new SpecError({
    what: `it imports '${String(name)}', which the playground does not have`,
    where: modelFile,
    mend: "A model in the playground imports 'racewright' and nothing else.",
  });
}

/** The exports of racewright. A name that is not among them is an error that says so. */
const exported: object = new Proxy(
  { ...racewright },
  {
    get(own, name) {
      if (name === '__esModule') return true;
      if (typeof name === 'symbol' || name in own) return Reflect.get(own, name);
      throw new SpecError({
        what: `it imports '${name}', which 'racewright' does not export`,
        where: modelFile,
        mend: `If '${name}' is a type, write 'import type'.`,
      });
    },
  },
);
