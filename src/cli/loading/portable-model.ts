import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';
import { CliUsageError } from '../arguments/cli-usage-error.ts';
import { storeCompiled } from './bundle.ts';
import { asNodeRuns, sealed } from './sealed-module.ts';
import type { Origin } from './selected-scenario.ts';
import { withAbsoluteSources } from './source-map.ts';

/** A user's file with all packages in it, which any machine with this racewright can load. */
export interface PortableModel {
  /** The file, relative to the folder of the command. */
  readonly file: string;
  readonly hash: string;
  readonly code: string;
}

/** Stands for the folder of racewright in the imports of a portable model. */
const ownMark = 'racewright-own:';
const ownRoot = new URL('../../../', import.meta.url).href;

/**
 * Makes a compiled module of a user's file portable. Throws CliUsageError for a model that may
 * differ between machines, as one that reads the environment or a module of Node.
 */
export async function portableModel({ file, compiled }: Origin): Promise<PortableModel> {
  const seal = await sealed(compiled);
  if ('open' in seal) {
    throw new CliUsageError({
      what: `'${file}' may be another model on another machine: ${seal.open}`,
      mend: 'Let the model depend on its own code and parameters only.',
    });
  }
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    stdin: {
      contents: readFileSync(compiled, 'utf8'),
      loader: 'js',
      resolveDir: dirname(compiled),
      sourcefile: compiled,
    },
    // The source map is relative to this folder, which is another one on another machine.
    outfile: join(process.cwd(), 'portable.mjs'),
    ...asNodeRuns,
    sourcemap: 'inline',
    sourcesContent: false,
    plugins: [marksOwn],
  });
  const code = outputFiles[0]?.text ?? '';
  return { file, code, hash: hashOf(code) };
}

/** The hash by which a portable model is known. */
export const hashOf = (code: string): string => createHash('sha256').update(code).digest('hex');

const marksOwn: Plugin = {
  name: 'marks-own',
  setup({ onResolve }) {
    onResolve({ filter: /^file:/ }, ({ path }) =>
      path.startsWith(ownRoot)
        ? { path: ownMark + path.slice(ownRoot.length), external: true }
        : { path: fileURLToPath(path) },
    );
  },
};

/** Stores a portable model where this racewright can load it, and returns the path. */
export function installModel(code: string): string {
  const text = code.replaceAll(`"${ownMark}`, `"${ownRoot}`);
  return storeCompiled(withAbsoluteSources(text, process.cwd()));
}
