import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type ts from 'typescript';
import { SpecError } from '../../spec/spec-error.ts';
import { CliUsageError } from '../arguments/cli-usage-error.ts';

type TypeScript = typeof ts;

/** The number of type errors that are printed beside the first. */
const furtherMax = 9;

/**
 * Checks the types of a file and its imports with the TypeScript beside the file, or else beside
 * racewright, and with the options of the nearest tsconfig.json. Throws a SpecError with the type
 * errors, and CliUsageError where there is no TypeScript.
 */
export function checkTypes(file: string): void {
  // `loadFile` reports a missing file.
  if (!existsSync(file)) return;
  const typescript = typescriptFor(file, [resolve(file), fileURLToPath(import.meta.url)]);
  const errors = typeErrors(typescript, resolve(file));
  const [first, ...others] = errors;
  if (first === undefined) return;
  const told = others.slice(0, furtherMax).map(({ place, text }) => `${place}: ${text}`);
  const rest = others.length - told.length;
  throw new SpecError({
    what: first.text,
    where: first.place,
    mend:
      told.length === 0
        ? 'Mend the type, or leave --types out.'
        : `Also: ${told.join('\n')}${rest > 0 ? `\nAnd ${rest} more.` : ''}`,
  });
}

/**
 * The first TypeScript that is installed for one of these places. Throws CliUsageError when none
 * is, or when it has no API.
 */
export function typescriptFor(file: string, places: readonly string[]): TypeScript {
  for (const place of places) {
    const require = createRequire(place);
    try {
      require.resolve('typescript');
    } catch {
      continue;
    }
    const found: unknown = require('typescript');
    if (hasProgram(found)) return found;
    throw new CliUsageError({
      what: '--types needs a TypeScript that can be called as a library, and the one that is installed cannot be',
      where: require.resolve('typescript'),
      mend: 'Install one that can: npm install --save-dev typescript@6',
    });
  }
  throw new CliUsageError({
    what: `--types needs TypeScript, which is installed neither for '${file}' nor for racewright`,
    mend: 'Install it beside the file: npm install --save-dev typescript',
  });
}

function hasProgram(found: unknown): found is TypeScript {
  return (
    typeof found === 'object' &&
    found !== null &&
    'createProgram' in found &&
    typeof found.createProgram === 'function'
  );
}

interface TypeFault {
  readonly place: string;
  readonly text: string;
}

function typeErrors(typescript: TypeScript, file: string): readonly TypeFault[] {
  // Nothing is written, so the file may lie outside of `rootDir`.
  const { rootDir: _, ...given } = optionsFor(typescript, file);
  const options = { ...given, ...forced(file, given.paths) };
  const program = typescript.createProgram({ rootNames: [file], options });
  return typescript
    .getPreEmitDiagnostics(program)
    .filter(({ category, file: source }) => {
      const isOwn = source === undefined || !isForeign(source.fileName);
      return isOwn && category === typescript.DiagnosticCategory.Error;
    })
    .map(({ file: source, start, messageText }) => {
      const text = typescript.flattenDiagnosticMessageText(messageText, '\n');
      if (source === undefined || start === undefined) return { place: relative('', file), text };
      const { line, character } = source.getLineAndCharacterOfPosition(start);
      return { place: `${relative('', source.fileName)}:${line + 1}:${character + 1}`, text };
    });
}

/** True for a file in a package. */
const isForeign = (path: string): boolean => path.split(sep).join('/').includes('/node_modules/');

/** The user's options; strict ones where there is no tsconfig.json. */
function optionsFor(typescript: TypeScript, file: string): ts.CompilerOptions {
  const { sys } = typescript;
  const config = typescript.findConfigFile(dirname(file), (path) => sys.fileExists(path));
  const { ModuleKind, ModuleResolutionKind, ScriptTarget } = typescript;
  if (config === undefined) {
    return {
      strict: true,
      target: ScriptTarget.ES2023,
      module: ModuleKind.ESNext,
      moduleResolution: ModuleResolutionKind.Bundler,
      allowImportingTsExtensions: true,
    };
  }
  const parsed = typescript.getParsedCommandLineOfConfigFile(config, undefined, {
    ...sys,
    onUnRecoverableConfigFileDiagnostic({ messageText }) {
      throw new SpecError({
        what: typescript.flattenDiagnosticMessageText(messageText, '\n'),
        where: relative('', config),
        mend: 'Mend the configuration, or leave --types out.',
      });
    },
  });
  return parsed?.options ?? {};
}

/**
 * The options that make 'racewright' resolve to the running package, as when the file is loaded.
 */
function forced(file: string, paths: ts.CompilerOptions['paths']): ts.CompilerOptions {
  const entries = ['racewright', 'racewright/testing', 'racewright/report', 'racewright/openstack'];
  const typesOf = (entry: string): string =>
    fileURLToPath(import.meta.resolve(entry)).replace(/\.js$/, '.d.ts');
  const own = Object.fromEntries(entries.map((entry) => [entry, [typesOf(entry)]]));
  return {
    noEmit: true,
    composite: false,
    incremental: false,
    declaration: false,
    declarationMap: false,
    emitDeclarationOnly: false,
    isolatedDeclarations: false,
    skipLibCheck: true,
    paths: { ...paths, ...own },
    ...(/\.[cm]?jsx?$/.test(file) ? { allowJs: true, checkJs: true } : {}),
  };
}
