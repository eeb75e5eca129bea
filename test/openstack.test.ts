import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import * as openstack from '../src/openstack.ts';
import { makePlace } from './cli/run.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const place = makePlace();
place.write({ 'node_modules/.keep': '' });
// As it is when it is installed: only what package.json exports can be imported.
symlinkSync(root, `${place.folder}/node_modules/racewright`);

/**
 * A scenario that uses each kind of thing that there is, as a person would write it who has only
 * the package.
 */
const own = `
import { choice } from 'racewright';
import {
  attachOf,
  attachVolumeOnCompute,
  cloud,
  deleteServer,
  type Entities,
  type FaultName,
  faultNames,
  isAtRest,
  attachedVolumeIsWorkingDisk,
  releaseNames,
  noUnmapUnderDevice,
  type CloudScenarioOptions,
  cloudScenario,
  type Switches,
} from 'racewright/openstack';

const site: Partial<Switches> = { L3: 'host' };
const entities: Entities = {
  servers: { s1: 'h1' },
  volumes: { v1: { target: 'own' } },
};
const mayFail: readonly FaultName[] = faultNames;

const text: CloudScenarioOptions<{ again: ReturnType<typeof choice<'no' | 'yes'>> }> = {
  name: 'own-delete',
  about: 'A server is deleted while a volume is being attached to it.',
  release: releaseNames[3],
  site,
  parameters: { again: choice(['no', 'yes']) },
  entities: () => entities,
  operations: ({ again }, release) => ({
    attach: attachOf(release, 's1', 'v1'),
    delete1: deleteServer.start('s1'),
    ...(again === 'yes' ? { delete2: deleteServer.start('s1') } : {}),
  }),
  faults: () => (mayFail.includes('crash') ? { 'guest-refuses': 0 } : {}),
  crashes: ({ again }) => (again === 'yes' ? [attachVolumeOnCompute.at('connect_to_iscsi_portal')] : []),
  reachable: [
    cloud.reachable('the server is gone, and all is at rest', (state, processes) =>
      state.instances['s1'] === undefined && isAtRest(processes, state),
    ),
  ],
  expect: [{ given: { release: '2026.1' }, violates: { [noUnmapUnderDevice.name]: null, [attachedVolumeIsWorkingDisk.name]: null } }],
};

export const ownDelete = cloudScenario(text);

export const least = cloudScenario({
  name: 'least',
  about: 'Nothing is asked of nothing.',
  release: '2026.1',
  entities: () => ({ servers: {}, volumes: {} }),
  operations: () => ({}),
});
`;
place.write({ 'own.ts': own });

describe('a scenario of one’s own, with the package alone', () => {
  test('a scenario of one’s own compiles with the package alone', () => {
    const program = ts.createProgram([`${place.folder}/own.ts`], {
      module: ts.ModuleKind.NodeNext,
      target: ts.ScriptTarget.ES2023,
      strict: true,
      exactOptionalPropertyTypes: true,
      noEmit: true,
      skipLibCheck: true,
      types: [],
    });
    const messages = ts
      .getPreEmitDiagnostics(program)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
    expect(messages).toEqual([]);
  });

  test('a scenario of one’s own runs with the package alone', () => {
    const printed = place.run('check', 'own.ts:own-delete', '--set', 'release=2026.1', '--verbose');
    expect(printed).toContain('holds      reachable    the server is gone, and all is at rest');
    expect(place.run('check', 'own.ts:least')).toContain('\nexit 0');
    expect(place.run('list')).not.toContain('own-delete');
  });
});

test('the package exports all parts of the scenarios of racewright', async () => {
  const folder = new URL('../src/scenarios/', import.meta.url);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const texts = files
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(new URL(name, folder), 'utf8'));
  const imports = texts.flatMap((text) => [
    ...text.matchAll(/^import \{([^}]*)\} from '\.\.\/(\.\.\/model\/(?!seed\/)[^']*)';/gm),
  ]);
  const names = new Map<string, Set<string>>();
  for (const [, list = '', path = ''] of imports) {
    const known = names.get(path) ?? new Set();
    for (const name of list.split(',').map((each) => each.trim())) {
      if (name !== '' && !name.startsWith('type ')) known.add(name);
    }
    names.set(path, known);
  }
  const exported = new Set<unknown>(Object.values(openstack));
  const missing: string[] = [];
  for (const [path, known] of names) {
    const module = await import(new URL(path, folder).href);
    for (const name of known) if (!exported.has(module[name])) missing.push(`${path}: ${name}`);
  }
  expect(names.size).toBeGreaterThan(30);
  expect(missing).toEqual([]);
});

test('the package has the pages to which the README refers', () => {
  const command = ['pack', '--dry-run', '--json', '--ignore-scripts'];
  const { stdout } = spawnSync('npm', command, { cwd: root, encoding: 'utf8' });
  const packed: { path: string }[] = JSON.parse(stdout)[0].files;
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const pages = [...readme.matchAll(/\]\((docs\/[^)]+\.md)\)/g)].map(([, path]) => path);
  expect(new Set(pages).size).toBeGreaterThanOrEqual(4);
  expect(packed.map(({ path }) => path)).toEqual(expect.arrayContaining(pages));
});
