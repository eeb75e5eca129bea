import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, utimesSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type {
  BuildFailure,
  Message,
  OnResolveArgs,
  OnResolveResult,
  Plugin,
  PluginBuild,
} from 'esbuild';
import { SpecError } from '../../spec/spec-error.ts';
import { CliUsageError } from '../arguments/cli-usage-error.ts';
import { removeOld } from '../system/remove-old.ts';
import { replaceFile } from '../system/replace-file.ts';
import { cannotWrite } from '../system/streams.ts';
import { withAbsoluteSources } from './source-map.ts';

const ownName = 'racewright';

/**
 * Compiles a user's file, with what it imports by relative path, into one module. Returns the path
 * of the module, whose name is a hash of its content and so identifies the model. Throws a
 * SpecError that names file, line and column.
 */
export async function bundle(file: string): Promise<string> {
  const { build } = await import('esbuild');
  try {
    const { outputFiles } = await build({
      entryPoints: [file],
      // The source map refers to this path; `storeCompiled` decides where the module is written.
      outfile: join(cacheFolder(), 'scenario.mjs'),
      write: false,
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      sourcemap: 'inline',
      sourcesContent: false,
      logLevel: 'silent',
      plugins: [runningInstance],
    });
    return storeCompiled(outputFiles[0]?.text ?? '');
  } catch (error) {
    throw isBuildFailure(error) ? compileError(error) : error;
  }
}

/**
 * Resolves 'racewright' to the running package, so that there are never two copies. Other packages
 * stay outside of the bundle, where Node finds them.
 */
const runningInstance: Plugin = {
  name: 'running-instance',
  setup(build) {
    build.onResolve({ filter: /^[^./#]/ }, async (args) => {
      if (args.kind === 'entry-point' || args.pluginData === 'resolving') return undefined;
      if (args.path !== ownName && !args.path.startsWith(`${ownName}/`)) {
        return foreignPackage(build, args);
      }
      if (args.kind !== 'require-call') return ownEntry(args.path);
      return { errors: [{ text: `'${ownName}' is an ES module: use import in place of require` }] };
    });
  },
};

function ownEntry(path: string): OnResolveResult {
  try {
    return { path: import.meta.resolve(path), external: true };
  } catch {
    return { errors: [{ text: `This version of ${ownName} has no entry '${path}'` }] };
  }
}

async function foreignPackage(build: PluginBuild, args: OnResolveArgs): Promise<OnResolveResult> {
  const { kind, importer, resolveDir, path } = args;
  const found = await build.resolve(path, { kind, importer, resolveDir, pluginData: 'resolving' });
  if (found.errors.length > 0) {
    return { errors: [{ text: `Cannot find '${path}': no such package is installed here` }] };
  }
  if (found.external) return { path: found.path, external: true };
  // Node cannot load TypeScript itself, so a package of sources or a path mapping goes into the
  // bundle.
  if (/\.[cm]?tsx?$|\.json$/.test(found.path)) return { path: found.path };
  return { path: pathToFileURL(found.path).href, external: true };
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && 'errors' in error && Array.isArray(error.errors);
}

function compileError({ errors }: BuildFailure): SpecError {
  const [first, ...others] = errors;
  const more = others.slice(0, 4).map((other) => `${placeOf(other)}: ${other.text}`);
  return new SpecError({
    what: first?.text ?? 'it cannot be compiled',
    where: first === undefined ? undefined : placeOf(first) + quotedLine(first),
    mend: more.length === 0 ? undefined : `Also: ${more.join('\n')}`,
  });
}

function placeOf({ location }: Message): string {
  return location === null ? '' : `${location.file}:${location.line}:${location.column + 1}`;
}

/** The line of code with a mark under the place. Tabs are kept, because their width is unknown. */
function quotedLine({ location }: Message): string {
  if (location === null || location.lineText.trim() === '') return '';
  const { lineText, column, length } = location;
  const blank = lineText.slice(0, column).replace(/[^\t]/g, ' ');
  return `\n    ${lineText}\n    ${blank}${'^'.repeat(Math.max(1, Math.min(length, lineText.length - column)))}`;
}

/**
 * A cache folder that belongs to this user, because another user could plant a module in a shared
 * one.
 */
function cacheFolder(): string {
  return join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), ownName);
}

/** Writes a compiled module. Throws CliUsageError when no folder can be written to. */
export function storeCompiled(text: string): string {
  const folder = cacheFolder();
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return storeIn(folder, text);
  } catch {
    // There is no home, as in some containers, or it cannot be written to, or its disk is full.
    return storeForOnce(text);
  }
}

function storeForOnce(text: string): string {
  try {
    const folder = mkdtempSync(join(tmpdir(), `${ownName}-`));
    // The map is relative to the folder in which the module was to be.
    return storeIn(folder, withAbsoluteSources(text, cacheFolder()));
  } catch (error) {
    const mend = 'Point XDG_CACHE_HOME or TMPDIR to a folder that can be written to.';
    throw new CliUsageError(cannotWrite('the compiled file', error, mend));
  }
}

function storeIn(folder: string, text: string): string {
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 32);
  const path = join(folder, `${hash}.mjs`);
  if (textIn(path) === text) {
    const now = new Date();
    utimesSync(path, now, now);
  } else {
    replaceFile(path, text);
    // Each edit of a scenario makes another file.
    removeOld(folder, /./);
  }
  return path;
}

function textIn(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
