import { existsSync } from 'node:fs';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';

/**
 * Bundles JavaScript that may import modules of racewright and installed packages into one text for
 * a browser. Throws what esbuild throws.
 */
export async function bundled(contents: string, format: 'iife' | 'esm' = 'iife'): Promise<string> {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: ownPath('../..'), loader: 'js' },
    write: false,
    bundle: true,
    minify: true,
    format,
    platform: 'browser',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
    logLevel: 'silent',
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [ownPackage],
  });
  return inert(outputFiles[0]?.text ?? '');
}

/** The path of a module of racewright, compiled or as source like this one. */
export function own(name: string, source = '.ts'): string {
  const compiled = extname(import.meta.url) === '.js';
  const path = ownPath(`../../${name}${compiled ? '.js' : source}`);
  if (!existsSync(path)) throw new Error(`there is no module ${name}`);
  return path;
}

function ownPath(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}

/**
 * Resolves imports of this package in compiled files. They use the addresses of files, and the page
 * must use the package that makes it.
 */
const ownPackage: Plugin = {
  name: 'own-package',
  setup(build) {
    build.onResolve({ filter: /^file:/ }, ({ path }) => ({ path: ownModule(fileURLToPath(path)) }));
  },
};

/**
 * The file itself; where racewright runs from its sources, the source of a compiled module of this
 * package.
 */
function ownModule(path: string): string {
  const compiled = ownPath('../../../dist/');
  const isOther = path.startsWith(compiled) && !ownPath('../..').startsWith(compiled);
  return isOther ? own(path.slice(compiled.length, -extname(path).length)) : path;
}

/**
 * Escapes text that HTML would take for markup. It occurs only in literals, so the meaning stays
 * the same.
 */
export function inert(script: string): string {
  return script.replace(/<(?=!--|\/?script)/gi, '\\x3C');
}
