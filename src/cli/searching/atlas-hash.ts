import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Configuration } from '../../atlas/configurations.ts';
import { configurationOfOne, configurationsOf } from '../../atlas/configurations.ts';
import { type RequestName, requests } from '../../atlas/requests.ts';
import type { FaultName } from '../../model/faults/faults.ts';
import type { ReleaseName } from '../../model/releases/release-names.ts';
import { switchesOf } from '../../model/releases/releases.ts';
import { assertPresent } from '../../model/world/assert-present.ts';
import type { CellTask } from './compute-cell.ts';

/** The options that all cells of an atlas share. */
export interface Common {
  readonly version: string;
  readonly release: ReleaseName;
  readonly faults: readonly FaultName[];
  readonly statesMax: number;
}

/** The modules that build and ask every cell. */
const ofEach = ['atlas/cell', 'atlas/point', 'atlas/scenario-of'];
/** The modules that list the faults. The flows that a fault makes fail belong to the requests. */
const faultTables = [
  'atlas/faults',
  'atlas/any-fault',
  'model/faults/faults',
  'model/faults/service-faults',
];

/**
 * Makes a function that hashes what a cell rests on: the modules of its flows and of the
 * properties, the switches of the release, the entities, the faults, and the version, which stands
 * for the checker. Comments and formatting do not count.
 */
export async function cellHasher(common: Common): Promise<(task: CellTask) => string> {
  const modules = await readModules();
  const { release, faults } = common;
  const switches = switchesOf(release);
  const shared = [
    common,
    switches,
    ...modules.texts(ofEach),
    ...modules.textsBelow(modules.within('model/properties/')),
    ...(faults.length === 0 ? [] : modules.texts(faultTables)),
  ];
  const first = hashOf(shared);
  const flowTexts = new Map<string, string>();
  const flowText = (name: RequestName, configuration: Configuration, i: number): string => {
    const place = assertPresent(configuration.places[i], `the place of '${name}'`);
    const { flow } = requests[name].start(place, switches);
    const known = flowTexts.get(flow.name);
    if (known !== undefined) return known;
    const text = hashOf(modules.textsBelow([modules.ofFlow(flow.name)]));
    flowTexts.set(flow.name, text);
    return text;
  };
  return (task) => {
    const [one, other] = task;
    const configurations =
      other === undefined ? [configurationOfOne(one)] : configurationsOf(one, other);
    const asked = configurations.map((configuration) => [
      configuration,
      ...task.map((name, i) => flowText(name, configuration, i)),
    ]);
    return hashOf([first, task, asked]);
  };
}

/** The folder in an import. It is removed, so that a module that only moved keeps its hash. */
const folders = /((?:from|import)\s*["'])[^"']*\//g;

const hashOf = (what: unknown): string =>
  createHash('sha256').update(JSON.stringify(what)).digest('hex').slice(0, 32);

/** The compiled modules of the model. */
interface Modules {
  /** The texts of these modules. */
  texts(names: readonly string[]): readonly string[];
  /** The texts of these modules and of all that they import. */
  textsBelow(names: readonly string[]): readonly string[];
  /** The names of all modules of a folder. */
  within(folder: string): readonly string[];
  /** The module that defines a flow. */
  ofFlow(name: string): string;
}

async function readModules(): Promise<Modules> {
  const { build, transform } = await import('esbuild');
  const here = fileURLToPath(import.meta.url);
  const extension = here.slice(here.lastIndexOf('.'));
  const root = resolve(dirname(here), '../..');
  const { metafile } = await build({
    entryPoints: [join(root, `atlas/cell${extension}`)],
    absWorkingDir: root,
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    packages: 'external',
    logLevel: 'silent',
  });
  const imports = new Map<string, readonly string[]>();
  const texts = new Map<string, string>();
  const raw = new Map<string, string>();
  for (const [path, input] of Object.entries(metafile.inputs)) {
    const name = path.slice(0, -extension.length);
    const text = readFileSync(join(root, path), 'utf8');
    const loader = extension === '.ts' ? 'ts' : 'js';
    const { code } = await transform(text, { loader, minifyWhitespace: true });
    imports.set(
      name,
      input.imports.flatMap((each) =>
        each.external === true ? [] : [each.path.slice(0, -extension.length)],
      ),
    );
    raw.set(name, text);
    texts.set(name, code.replace(folders, '$1'));
  }
  const textOf = (name: string) => assertPresent(texts.get(name), `the module '${name}'`);
  const below = (names: readonly string[]): readonly string[] => {
    const found = new Set<string>();
    const waiting = [...names];
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
      if (found.has(name)) continue;
      found.add(name);
      waiting.push(...(imports.get(name) ?? []));
    }
    return [...found].sort();
  };
  return {
    texts: (names) => names.map(textOf),
    textsBelow: (names) => below(names).map(textOf).sort(),
    within: (folder) => [...texts.keys()].filter((name) => name.startsWith(folder)).sort(),
    ofFlow(name) {
      const defines = new RegExp(`\\bname: ['"]${name.replaceAll('.', '\\.')}['"]`);
      const found = [...raw].find(([, text]) => defines.test(text));
      return assertPresent(found?.[0], `the module of the flow '${name}'`);
    },
  };
}
