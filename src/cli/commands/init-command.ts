import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CliUsageError } from '../arguments/cli-usage-error.ts';
import { invocation } from '../arguments/invocation.ts';
import { configNames } from '../loading/config-file.ts';
import { type ExitCode, exitCodes } from '../system/exit-code.ts';
import { ownVersion } from '../system/own-version.ts';
import { replaceFile } from '../system/replace-file.ts';
import { cannotWrite } from '../system/streams.ts';
import { outputLook, print } from '../system/terminal.ts';

/** A file to write, with its path in the project. */
interface Written {
  readonly path: string;
  readonly about: string;
  readonly text: string;
}

const scriptName = 'races';
const script = 'racewright check --all';

/**
 * `racewright init`: writes a new project. Throws CliUsageError, before it writes anything, where
 * one of the files exists or package.json cannot be read.
 */
export function initCommand(folder: string = '.'): ExitCode {
  const files = filesFor(folder);
  refuseOverwriting(folder, files);
  const manifest = manifestFor(folder);
  for (const file of [...files, manifest]) write(join(folder, file.path), file.text);
  const width = Math.max(...[...files, manifest].map(({ path }) => path.length));
  const { dim, strong } = outputLook().paint;
  const command = invocation().join(' ');
  const go = relative('', resolve(folder)) === '' ? '' : `cd ${folder} && `;
  print([
    ...[...files, manifest].map(({ path, about }) => `  ${path.padEnd(width)}  ${dim(about)}`),
    '',
    `next: ${strong(`${go}${command} check`)} shows the race in scenarios/withdraw.ts`,
    `      ${go}${command} matrix shows that the lock closes it`,
  ]);
  return exitCodes.asExpected;
}

function filesFor(folder: string): readonly Written[] {
  const own = [
    { path: 'racewright.config.ts', about: 'where the scenarios are, and the defaults of check' },
    { path: 'scenarios/withdraw.ts', about: 'a scenario to change: two clerks, one coin' },
    { path: 'scenarios/withdraw.test.ts', about: 'its expectations as tests: npx vitest run' },
  ].map((file) => ({ ...file, text: template(file.path) }));
  if (!isRootOfRepository(resolve(folder))) return own;
  const path = '.github/workflows/racewright.yml';
  const about = 'checks every expectation at each push';
  return [...own, { path, about, text: template('racewright.yml') }];
}

const template = (path: string): string =>
  readFileSync(fileURLToPath(new URL(`../../../templates/${path}`, import.meta.url)), 'utf8');

/** GitHub runs only workflows in a folder at the root of the repository. */
function isRootOfRepository(folder: string): boolean {
  if (existsSync(join(folder, '.git'))) return true;
  for (let around = dirname(folder); ; around = dirname(around)) {
    if (existsSync(join(around, '.git'))) return false;
    if (around === dirname(around)) return true;
  }
}

function refuseOverwriting(folder: string, files: readonly Written[]): void {
  const paths = [...files.map(({ path }) => path), ...configNames];
  const there = [...new Set(paths)].filter((path) => existsSync(join(folder, path)));
  if (there.length === 0) return;
  throw new CliUsageError({
    what: `init overwrites nothing, and ${there.length === 1 ? 'this is' : 'these are'} there already`,
    where: there.map((path) => join(folder, path)).join(', '),
    mend: 'Name another folder: racewright init FOLDER.',
  });
}

/** The package.json with one more script, or a new one where there is none. */
function manifestFor(folder: string): Written {
  const path = 'package.json';
  const file = join(folder, path);
  if (!existsSync(file)) {
    const manifest = {
      private: true,
      type: 'module',
      scripts: { [scriptName]: script },
      devDependencies: { racewright: `^${ownVersion()}` },
    };
    return { path, about: `new, with the script '${scriptName}'`, text: textOf(manifest, '  ') };
  }
  const text = readFileSync(file, 'utf8');
  const manifest = parsed(text, file);
  const { scripts = {} } = manifest;
  if (Object.hasOwn(scripts, scriptName)) {
    return { path, about: `left as it is: it has a script '${scriptName}'`, text };
  }
  const indent = /^[ \t]+(?=")/m.exec(text)?.[0] ?? '  ';
  const changed = { ...manifest, scripts: { ...scripts, [scriptName]: script } };
  return { path, about: `npm run ${scriptName}: ${script}`, text: textOf(changed, indent) };
}

const textOf = (manifest: object, indent: string): string =>
  `${JSON.stringify(manifest, undefined, indent)}\n`;

/** The JSON in a file. Throws CliUsageError where it is none. */
function parsed(text: string, file: string): { readonly scripts?: object } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  const isObject = (each: unknown): each is object =>
    typeof each === 'object' && each !== null && !Array.isArray(each);
  const scripts = isObject(value) ? Reflect.get(value, 'scripts') : undefined;
  if (isObject(value) && (scripts === undefined || isObject(scripts))) return value;
  throw new CliUsageError({
    what: 'it is no package.json, and gets a script from init',
    where: file,
    mend: 'Mend it first: npm init -y writes a new one.',
  });
}

function write(file: string, text: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    replaceFile(file, text);
  } catch (error) {
    const mend = 'Name a folder that can be written to.';
    throw new CliUsageError(cannotWrite(`'${file}'`, error, mend));
  }
}
