import fc from 'fast-check';
import { Search } from '../../src/index.ts';
import { extendVolume } from '../../src/model/cinder/extend.ts';
import { uploadToImage } from '../../src/model/cinder/upload.ts';
import { cloudScenario } from '../../src/model/cloud-scenario/cloud-scenario.ts';
import type { Entities } from '../../src/model/cloud-scenario/entities.ts';
import { type FaultName, faultNames } from '../../src/model/faults/faults.ts';
import { attachVolume } from '../../src/model/nova/attach.ts';
import { createServer } from '../../src/model/nova/boot.ts';
import { resizeServer } from '../../src/model/nova/cold-migrate.ts';
import { deleteServer } from '../../src/model/nova/delete.ts';
import { detachVolume } from '../../src/model/nova/detach.ts';
import { liveMigrate, liveMigrateAbort } from '../../src/model/nova/live-migration.ts';
import { rebootServer } from '../../src/model/nova/reboot.ts';
import { rebuildServer } from '../../src/model/nova/rebuild.ts';
import { shelveServer } from '../../src/model/nova/shelve.ts';
import { newestRelease } from '../../src/model/releases/release-names.ts';
import { cloud } from '../../src/model/world/cloud.ts';
import type { AnyPoint } from '../../src/spec/parameters.ts';
import type { Process } from '../../src/spec/process.ts';
import type { Scenario } from '../../src/spec/scenario.ts';

/** What may be asked of a server and a volume; `id` is that of a new server. */
const catalogue = {
  attach: (server: string, volume: string) => attachVolume.start(server, volume),
  detach: (server: string, volume: string) => detachVolume.start(server, volume),
  delete: (server: string) => deleteServer.start(server),
  boot: (_server: string, volume: string, id: string) => createServer.start(id, volume, 'h1'),
  'live-migrate': (server: string) => liveMigrate.start(server, 'h3'),
  abort: (server: string) => liveMigrateAbort.start(server),
  resize: (server: string) => resizeServer.start(server, 'h3'),
  shelve: (server: string) => shelveServer.start(server),
  reboot: (server: string) => rebootServer.start(server),
  // A server is rebuilt that boots from the volume; such a volume is no other server's.
  rebuild: () => rebuildServer.start('s1', 'v1'),
  extend: (_server: string, volume: string) => extendVolume.start(volume),
  upload: (_server: string, volume: string) => uploadToImage.start(volume, 'h1'),
} as const satisfies Record<string, (server: string, volume: string, id: string) => Process>;

export type Kind = keyof typeof catalogue;

// Object.keys forgets the key type; the keys of `catalogue` are exactly the kinds.
const kinds = Object.keys(catalogue) as readonly Kind[];

/** Requests to a small cloud, and at most one fault. */
export interface Combination {
  readonly requests: readonly {
    readonly kind: Kind;
    readonly server: 's1' | 's2';
    readonly volume: 'v1' | 'v2';
  }[];
  readonly fault: FaultName | 'none';
  readonly multiattach: boolean;
  /** Both servers on one host, or each on its own. */
  readonly hosts: 'one' | 'two';
  readonly target: 'array' | 'own';
}

/** Combinations of two requests, or three, at the newest release. */
export const combinations: fc.Arbitrary<Combination> = fc.record({
  requests: fc.array(
    fc.record({
      kind: fc.constantFrom(...kinds),
      server: fc.constantFrom('s1', 's2'),
      volume: fc.constantFrom('v1', 'v2'),
    }),
    { minLength: 2, maxLength: 3 },
  ),
  fault: fc.oneof(
    { weight: 3, arbitrary: fc.constant('none' as const) },
    { weight: 1, arbitrary: fc.constantFrom(...faultNames) },
  ),
  multiattach: fc.boolean(),
  hosts: fc.constantFrom('one', 'two'),
  target: fc.constantFrom('array', 'own'),
});

/** v1 is attached to s1, and to s2 as well if it can be; v2 is free. */
function entitiesOf({ requests, multiattach: asked, hosts, target }: Combination): Entities {
  const multiattach = asked && !requests.some(({ kind }) => kind === 'rebuild');
  return {
    servers: { s1: 'h1', s2: hosts === 'one' ? 'h1' : 'h2' },
    volumes: { v1: { multiattach, target }, v2: { multiattach, target } },
    attached: multiattach
      ? [
          ['s1', 'v1'],
          ['s2', 'v1'],
        ]
      : [['s1', 'v1']],
  };
}

/** The combination as a scenario of the newest release. */
export function scenarioOf(combination: Combination): Scenario {
  const { requests, fault } = combination;
  const operations = Object.fromEntries(
    requests.map(({ kind, server, volume }, i) => [
      `${kind}${i + 1}`,
      catalogue[kind](server, volume, `new${i + 1}`),
    ]),
  );
  return cloudScenario({
    name: 'combination',
    about: 'Drawn at random.',
    release: newestRelease,
    entities: () => entitiesOf(combination),
    operations: () => operations,
    faults: () => (fault === 'none' ? {} : { [fault]: 1 }),
    reachable: [cloud.reachable('the beginning', () => true)],
    expect: [],
  });
}

/**
 * The flows that are asked for and the faults that may happen: what a violation is known by, with
 * its property.
 */
export interface Cause {
  readonly flows: ReadonlySet<string>;
  readonly faults: ReadonlySet<string>;
}

/** What a scenario asks for at a point. */
export function causeOf(scenario: Scenario, point: AnyPoint): Cause {
  const { processes = {}, faults = [] } = scenario.system(point);
  return {
    flows: new Set(Object.values(processes).map(({ flow }) => flow.name)),
    faults: new Set(faults.filter(({ times }) => times > 0).map(({ name }) => name)),
  };
}

/** The point at which every parameter has its default. */
export const defaultsOf = ({ parameters }: Scenario): AnyPoint =>
  Object.fromEntries(
    Object.entries(parameters).map(([name, parameter]) => [name, parameter.default]),
  );

/**
 * Everything of `cause` is in `other` as well, so that whatever it violates may be violated there.
 */
export const isPartOf = (cause: Cause, other: Cause): boolean =>
  [...cause.flows].every((flow) => other.flows.has(flow)) &&
  [...cause.faults].every((fault) => other.faults.has(fault));

/**
 * The properties that a search for up to `statesMax` states finds violated, breadth first and then,
 * if that is not all, in depth.
 */
export function violatedIn(scenario: Scenario, statesMax: number): readonly string[] {
  const broad = new Search(scenario, { statesMax }).run();
  const { complete } = broad.result();
  const searches = complete
    ? [broad]
    : [broad, new Search(scenario, { statesMax, order: 'depth_first' }).run()];
  return [...new Set(searches.flatMap((search) => search.progress().violated))].sort();
}
