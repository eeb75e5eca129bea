import { expect, test } from 'vitest';
import { check, SpecError } from '../../src/index.ts';
import { cloudScenario } from '../../src/model/cloud-scenario/cloud-scenario.ts';
import { deleteServer } from '../../src/model/nova/delete.ts';
import { choice } from '../../src/spec/parameters.ts';

/**
 * A scenario with one thing in it that the types may forbid: the command line does not type-check a
 * file that it runs.
 */
const plain = {
  name: 'odd',
  about: 'A server with a volume is deleted.',
  release: '2026.1',
  entities: () => ({
    servers: { s1: 'h1', s2: 'h1' },
    volumes: { v1: {} },
    attached: [['s1', 'v1']],
  }),
  operations: () => ({ delete1: deleteServer.start('s1') }),
};

function refusal(changes: object): string {
  const text = { ...plain, ...changes } as unknown as Parameters<typeof cloudScenario>[0];
  try {
    check(cloudScenario(text), { statesMax: 5 });
  } catch (error) {
    if (error instanceof SpecError) return error.message;
    throw error;
  }
  throw new Error('it was not refused');
}

const first = (message: string): string => message.split('\n')[0] ?? '';

const entities = (changes: object) => ({ entities: () => ({ ...plain.entities(), ...changes }) });

test('a scenario needs neither expectations nor `reachable` properties', () => {
  expect(() => refusal({})).toThrow('it was not refused');
});

test('a scenario of an unknown release is refused with the known ones', () => {
  expect(refusal({ release: 'zeed' })).toBe(
    "scenario 'odd': release cannot be 'zeed'\n" +
      "It can be 'newton', 'ocata', 'pike', 'queens', 'rocky', 'stein', 'train', 'ussuri', 'victoria', 'wallaby', " +
      "'xena', 'yoga', 'zed', '2023.1', '2023.2', '2024.1', '2024.2', '2025.1', '2025.2', '2026.1'.",
  );
  expect(refusal({ release: () => '2016.1' })).toBe(refusal({ release: '2016.1' }));
});

test.each<[string, object, string]>([
  ['without a release', { release: undefined }, ': release cannot be undefined'],
  ['without operations', { operations: undefined }, ': it has no `operations`'],
  ['without entities', { entities: undefined }, ': it has no `entities`'],
  ['with a misspelt field', { fault: () => ({ crash: 1 }) }, ": there is no field 'fault'"],
  [
    'with a parameter `release`',
    { parameters: { release: choice(['a']) } },
    ": it has a parameter 'release' of its own",
  ],
  [
    'with a parameter that is a switch',
    { parameters: { L3: choice(['a']) } },
    ": it has a parameter 'L3' of its own",
  ],
  [
    'with a crash at a label that there is not',
    { crashes: () => [deleteServer.at('die' as 'delete_server')] },
    ", crashes: 'n-api.delete_server' has no label 'die'",
  ],
  [
    'with a fault that there is not',
    { faults: () => ({ 'no-such': 1 }) },
    ", faults: there is no fault 'no-such'",
  ],
  [
    'with a fault less than never',
    { faults: () => ({ crash: -1 }) },
    ', faults: crash cannot happen -1 times',
  ],
  [
    'with half a fault',
    { faults: () => ({ crash: 1.5 }) },
    ', faults: crash cannot happen 1.5 times',
  ],
  [
    'with a word for a budget',
    { faults: () => ({ crash: '1' }) },
    ", faults: crash cannot happen '1' times",
  ],
  [
    'at a site with a switch that there is not',
    { site: { L33: 'none' } },
    ", site: there is no switch 'L33'",
  ],
  [
    'at a site with a value that there is not',
    { site: { L3: 'nothing' } },
    ", site: L3 cannot be 'nothing'",
  ],
  ['at a site that depends', { site: () => ({ L3: 'nothing' }) }, ", site: L3 cannot be 'nothing'"],
  [
    'with a flow that is not started',
    { operations: () => ({ delete1: deleteServer }) },
    ", operations: 'delete1' is a flow that is not started",
  ],
  [
    'with something else to begin with',
    { operations: () => ({ delete1: 's1' }) },
    ", operations: 'delete1' is 's1'",
  ],
  [
    'with nothing to begin with',
    { operations: () => undefined },
    ', operations: it returned undefined',
  ],
])('a scenario is refused %s', (_what, changes, said) => {
  expect(first(refusal(changes))).toBe(`scenario 'odd'${said}`);
});

test('a refusal of a scenario says how to write one', () => {
  expect(refusal({ operations: undefined })).toContain(
    "Write it like this: operations: () => ({ delete1: deleteServer.start('s1') })",
  );
  expect(refusal({ site: { L3: 'nothing' } })).toContain("It can be 'none', 'process', 'host'.");
});

test.each<[string, object, string]>([
  ['that are none', { entities: () => undefined }, 'it returned undefined'],
  ['without servers', { entities: () => ({}) }, 'it has no record of servers'],
  ['without volumes', { entities: () => ({ servers: {} }) }, 'it has no record of volumes'],
  ['with a server on no host', entities({ servers: { s1: undefined } }), 'servers.s1 is undefined'],
  [
    'with a misspelt field of a volume',
    entities({ volumes: { v1: { multiatach: true } } }),
    "there is no field of volumes.v1 'multiatach'",
  ],
  [
    'with a target that there is not',
    entities({ volumes: { v1: { target: 'lvm' } } }),
    "volumes.v1.target cannot be 'lvm'",
  ],
  [
    'that attach to a server that is not there',
    entities({ attached: [['s9', 'v1']] }),
    "attached names the server 's9', which does not exist",
  ],
  [
    'that attach a volume that is not there',
    entities({ attached: [['s1', 'v7']] }),
    "attached names the volume 'v7', which does not exist",
  ],
  ['that attach nothing to something', entities({ attached: ['s1'] }), "attached lists 's1'"],
  [
    'that attach a pair twice',
    entities({
      attached: [
        ['s1', 'v1'],
        ['s1', 'v1'],
      ],
    }),
    'attached lists s1 and v1 twice',
  ],
  [
    'that attach a plain volume to two servers',
    entities({
      attached: [
        ['s1', 'v1'],
        ['s2', 'v1'],
      ],
    }),
    "attached has the volume 'v1' at s1 and s2, and it is not multiattach",
  ],
  [
    'with an old style of what is not attached',
    entities({ oldStyle: [['s2', 'v1']] }),
    'oldStyle lists s2 and v1, which are not attached',
  ],
  [
    'with a stopped server that is not there',
    entities({ stopped: ['s3'] }),
    "stopped names the server 's3', which does not exist",
  ],
  ['with a word in place of a list', entities({ fenced: 's1' }), "fenced is 's1'"],
  [
    'with a resized server that is not there',
    entities({ resized: { s3: 'h2' } }),
    "resized names the server 's3', which does not exist",
  ],
  [
    'with a port of an unknown server',
    entities({ ports: { p1: 's3' } }),
    "ports.p1 names the server 's3', which does not exist",
  ],
  [
    'with a listener to nothing',
    entities({ heard: ['v9'] }),
    "heard names the volume 'v9', which does not exist",
  ],
  [
    'with a past of an unknown server',
    entities({ detachedBefore: [{ server: 's3', volume: 'v1' }] }),
    "detachedBefore names the server 's3', which does not exist",
  ],
  [
    'with a service of no release',
    entities({ versions: { h1: 'zeed' } }),
    "versions.h1 cannot be 'zeed'",
  ],
])('entities are refused %s', (_what, changes, said) => {
  expect(first(refusal(changes))).toBe(`scenario 'odd', entities: ${said}`);
});

test('a refusal of entities says which there are', () => {
  expect(refusal(entities({ attached: [['s9', 'v1']] }))).toContain('\nThere is s1, s2.');
});
