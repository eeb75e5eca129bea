import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BuildOptions, Metafile, Plugin } from 'esbuild';
import { isError } from '../../checker/result/thrown-text.ts';

/**
 * A hash of all code that a compiled file of the user's runs; or why there is none that its
 * verdicts depend on alone.
 */
export type Sealed = { readonly hash: string } | { readonly open: string };

/**
 * Names of what differs between runs or machines. esbuild replaces them where they are not bound by
 * the code itself. `Math` is looked at more closely below.
 */
const outside = [
  'process',
  'globalThis',
  'global',
  'window',
  'self',
  'Date',
  'Temporal',
  'Intl',
  'crypto',
  'performance',
  'navigator',
  'fetch',
  'eval',
  'Function',
  'require',
  'module',
  'WebAssembly',
  'SharedArrayBuffer',
  'Atomics',
  'WeakRef',
  'FinalizationRegistry',
  'Worker',
  'WebSocket',
  'EventSource',
  'MessageChannel',
  'BroadcastChannel',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'Math',
];

const mark = '__racewright_outside_';
const define = Object.fromEntries(outside.map((name) => [name, mark + name]));

/** The folder of this package, whose own code has a hash of its own (own-code.ts). */
const ownRoot = new URL('../../../', import.meta.url).href;

const known = new Map<string, Promise<Sealed>>();

/**
 * Seals a compiled module: its code and that of every package that it imports, as one text. Open
 * are those that name what differs between runs (a clock, the environment), import a module of Node
 * or by a path that is computed, or import a file that was written while this command ran.
 */
export function sealed(compiled: string): Promise<Sealed> {
  const before = known.get(compiled) ?? seal(compiled);
  known.set(compiled, before);
  return before;
}

async function seal(compiled: string): Promise<Sealed> {
  const own = readFileSync(compiled, 'utf8');
  const { build } = await import('esbuild');
  const builtins: string[] = [];
  try {
    const { outputFiles, metafile } = await build({
      stdin: { contents: own, loader: 'js', resolveDir: resolve('/') },
      ...asNodeRuns,
      metafile: true,
      define,
      plugins: [packagesInside(builtins)],
    });
    const text = outputFiles[0]?.text ?? '';
    const reason = openBecause(text, builtins) ?? changedSince(metafile);
    if (reason !== undefined) return { open: reason };
    return { hash: createHash('sha256').update(own).update('\0').update(text).digest('hex') };
  } catch (error) {
    // An addon, say, or a package that Node finds and esbuild does not.
    const [first = ''] = isError(error) ? error.message.split('\n').slice(-1) : [];
    return { open: `what it imports cannot be read: ${first}` };
  }
}

/** How a bundle holds all the code that Node would run, resolved as Node resolves it. */
export const asNodeRuns = {
  bundle: true,
  write: false,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  conditions: [],
  mainFields: ['main'],
  treeShaking: false,
  ignoreAnnotations: true,
  logLevel: 'silent',
} satisfies BuildOptions;

/** Takes packages into the bundle, leaves racewright out of it, and notes modules of Node. */
function packagesInside(builtins: string[]): Plugin {
  return {
    name: 'packages-inside',
    setup({ onResolve }) {
      onResolve({ filter: /.*/ }, ({ path }) => {
        if (path.startsWith(ownRoot)) return { path, external: true };
        if (path.startsWith('file:')) return { path: fileURLToPath(path) };
        if (!isBuiltin(path)) return undefined;
        builtins.push(path);
        return { path, external: true };
      });
    },
  };
}

function openBecause(text: string, builtins: readonly string[]): string | undefined {
  const [builtin] = builtins;
  if (builtin !== undefined) return `it imports '${builtin}'`;
  if (/\bimport\s*\(/.test(text)) return 'it imports a module while it runs';
  if (/\bimport\.meta\b/.test(text)) return "it uses 'import.meta'";
  for (const [, name = '', rest = ''] of text.matchAll(markedNames)) {
    // Of Math only this differs; any use that is not plainly another one counts as it.
    const isFixed = name === 'Math' && rest !== '' && rest !== '.random';
    if (!isFixed) return `it uses '${name}'`;
  }
  return undefined;
}

const markedNames = new RegExp(`${mark}(\\w+)(\\.[A-Za-z]\\w*)?`, 'g');

/** What was loaded may then be older than what was hashed. */
function changedSince({ inputs }: Metafile): string | undefined {
  const files = Object.keys(inputs).filter((path) => path !== '<stdin>');
  const changed = files.find((path) => statSync(path).mtimeMs >= performance.timeOrigin);
  return changed === undefined ? undefined : `'${changed}' was written while this command ran`;
}
