import { existsSync } from 'node:fs';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';
import { messageOf } from '../../explorer/message-of.ts';
import { offerKey } from '../../explorer/models.ts';
import { kindOf } from '../../scenarios/index.ts';
import type { Origin } from '../loading/selected-scenario.ts';

/**
 * The module of a scenario: one of racewright's own by its name, or the compiled file of a user.
 */
export interface ModelSource {
  /** Its id in the page. */
  readonly id: string;
  readonly name: string;
  readonly origin: Pick<Origin, 'compiled' | 'exportName'> | undefined;
}

/** A script with the models of a page. */
export interface ModelScript {
  readonly text: string;
  /** Why the script has no models, as when one imports a module of Node. */
  readonly unmodelled: string | undefined;
}

/** The script of every page, without models. It is enough to read a run. */
export async function pageScript(): Promise<string> {
  return bundled(
    `import { start } from ${JSON.stringify(own('explorer/browser', '.tsx'))};\nstart();`,
  );
}

/**
 * Bundles the models, and the part of the checker that takes steps, into one script. So the page
 * computes what the checker computes. Where the models cannot be bundled, the script says why.
 */
export async function modelScript(sources: readonly ModelSource[]): Promise<ModelScript> {
  try {
    return { text: await bundled(modelText(sources)), unmodelled: undefined };
  } catch (error) {
    const why = reasonOf(error);
    const unmodelled = `This page shows its runs but takes no other steps: its model could not be put into it (${why}).`;
    const offer = `globalThis[${JSON.stringify(offerKey)}] = ${JSON.stringify({ unmodelled })};`;
    return { text: inert(offer), unmodelled };
  }
}

async function bundled(contents: string): Promise<string> {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: ownPath('../..'), loader: 'js' },
    write: false,
    bundle: true,
    minify: true,
    format: 'iife',
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

/** The message of esbuild, without paths of this machine. */
function reasonOf(error: unknown): string {
  const errors: unknown = error instanceof Error ? Reflect.get(error, 'errors') : undefined;
  const [first] = Array.isArray(errors) ? errors : [];
  return typeof first?.text === 'string' ? first.text : (messageOf(error).split('\n')[0] ?? '');
}

/**
 * The text of the script. A model of a file is found by its export, one of racewright's own by its
 * name.
 */
function modelText(sources: readonly ModelSource[]): string {
  const imports = sources.map(
    (source, i) => `import * as module${i} from ${JSON.stringify(modulePath(source))};`,
  );
  const found = sources.map(({ id, name, origin }, i) => {
    const scenario =
      origin === undefined
        ? `Object.values(module${i}).find((value) => isScenario(value) && value.name === ${JSON.stringify(name)})`
        : `module${i}[${JSON.stringify(origin.exportName)}]`;
    return `[${JSON.stringify(id)}, ${scenario}]`;
  });
  return [
    `import { offerModels } from ${JSON.stringify(own('explorer/offer-models'))};`,
    `import { isScenario } from ${JSON.stringify(own('spec/scenario'))};`,
    ...imports,
    `offerModels([${found.join(', ')}].filter(([, model]) => isScenario(model)));`,
  ].join('\n');
}

function modulePath({ name, origin }: ModelSource): string {
  return origin?.compiled ?? own(`scenarios/${kindOf(name)}/${name}`);
}

/** The path of a module of racewright, compiled or as source like this one. */
function own(name: string, source = '.ts'): string {
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
function inert(script: string): string {
  return script.replace(/<(?=!--|\/?script)/gi, '\\x3C');
}
