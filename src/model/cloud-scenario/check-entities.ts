import {
  type AnyRecord,
  isRecord,
  quoted,
  refuse,
  refuseOther,
  refuseUnknown,
} from '../../spec/refuse.ts';
import { releaseNames } from '../releases/release-names.ts';
import type { DetachedVolumeOptions, Entities, VolumeOptions } from './entities.ts';

/**
 * What each field of Entities lists: servers or volumes by name, pairs of both, records by one of
 * them, or something else.
 */
const fields: { readonly [field in keyof Entities]-?: Shape } = {
  servers: 'other',
  volumes: 'other',
  attached: 'pairs',
  oldStyle: 'pairs',
  detachedBefore: 'other',
  ports: 'other',
  stopped: 'servers',
  inError: 'servers',
  lost: 'servers',
  busy: 'by server',
  resized: 'by server',
  evacuated: 'by server',
  fenced: 'servers',
  twice: 'words',
  heard: 'volumes',
  down: 'words',
  versions: 'other',
};
type Shape = 'servers' | 'volumes' | 'by server' | 'pairs' | 'words' | 'other';

const volumeFields: { readonly [field in keyof VolumeOptions]-?: readonly unknown[] } = {
  multiattach: [true, false],
  target: ['array', 'own', 'subsystem', 'export', 'pool'],
  status: ['available', 'error'],
  migrating: [true, false, 'retype'],
  moved: [true, false],
};

/**
 * Throws a SpecError for entities that name something that is missing, or say one thing twice.
 * `where` is the scenario.
 */
export function checkEntities(given: Entities, where: string): void {
  const place = `${where}, entities`;
  if (!isRecord(given)) refuse(place, `it returned ${quoted(given)}`, form);
  refuseUnknown(given, Object.keys(fields), 'field', place);
  for (const name of ['servers', 'volumes'] as const) {
    if (!isRecord(given[name])) refuse(place, `it has no record of ${name}`, form);
  }
  checkServers(given, place);
  for (const [volume, options] of Object.entries(given.volumes))
    checkVolume(volume, options, place);
  for (const [field, shape] of Object.entries(fields)) checkField(given, field, shape, place);
  checkPairs(given, place);
  for (const volume of given.detachedBefore ?? []) checkDetached(given, volume, place);
  for (const [port, server] of Object.entries(given.ports ?? {})) {
    mustExist(given.servers, server, 'server', `ports.${port}`, place);
  }
  for (const [service, release] of Object.entries(given.versions ?? {})) {
    refuseOther(release, releaseNames, `versions.${service}`, place);
  }
}

const form = "Write it like this: entities: () => ({ servers: { s1: 'h1' }, volumes: { v1: {} } })";

function checkServers({ servers }: Entities, place: string): void {
  for (const [server, host] of Object.entries(servers)) {
    if (typeof host === 'string' || host === null) continue;
    const mend = 'Name the host on which it runs; null where it is shelved and offloaded.';
    refuse(place, `servers.${server} is ${quoted(host)}`, mend);
  }
}

function checkVolume(volume: string, options: VolumeOptions, place: string): void {
  if (!isRecord(options))
    refuse(place, `volumes.${volume} is ${quoted(options)}`, 'Write {} for a plain one.');
  refuseUnknown(options, Object.keys(volumeFields), `field of volumes.${volume}`, place);
  for (const [field, values] of Object.entries(volumeFields)) {
    const value = (options as AnyRecord)[field];
    if (value !== undefined) refuseOther(value, values, `volumes.${volume}.${field}`, place);
  }
}

/** Checks that the entities of a field exist, and that it lists them in its form. */
function checkField(given: Entities, field: string, shape: Shape, place: string): void {
  const value: unknown = (given as unknown as AnyRecord)[field];
  if (value === undefined || shape === 'other') return;
  if (shape !== 'by server' && !Array.isArray(value)) {
    refuse(place, `${field} is ${quoted(value)}`, 'It is an array.');
  }
  if (shape === 'by server' && !isRecord(value)) {
    refuse(place, `${field} is ${quoted(value)}`, 'It is a record by server.');
  }
  const listed: readonly unknown[] = Array.isArray(value) ? value : Object.keys(value as object);
  for (const item of listed) checkItem(given, field, shape, item, place);
}

function checkItem(
  { servers, volumes }: Entities,
  field: string,
  shape: Shape,
  item: unknown,
  place: string,
): void {
  switch (shape) {
    case 'servers':
    case 'by server':
      mustExist(servers, item, 'server', field, place);
      return;
    case 'volumes':
      mustExist(volumes, item, 'volume', field, place);
      return;
    case 'pairs': {
      const isPair = Array.isArray(item) && item.length === 2;
      const [server, volume] = isPair ? item : refusePair(field, item, place);
      mustExist(servers, server, 'server', field, place);
      mustExist(volumes, volume, 'volume', field, place);
    }
  }
}

const refusePair = (field: string, item: unknown, place: string): never =>
  refuse(
    place,
    `${field} lists ${quoted(item)}`,
    "It lists pairs of a server and a volume: ['s1', 'v1']",
  );

function mustExist(table: object, name: unknown, kind: string, field: string, place: string): void {
  if (typeof name === 'string' && Object.hasOwn(table, name)) return;
  const known = Object.keys(table).join(', ') || 'none';
  refuse(
    place,
    `${field} names the ${kind} ${quoted(name)}, which does not exist`,
    `There is ${known}.`,
  );
}

/**
 * Checks that no pair stands twice, an old-style one is attached, and only a multiattach volume has
 * several servers.
 */
function checkPairs({ attached = [], oldStyle = [], volumes }: Entities, place: string): void {
  const words = attached.map((pair) => pair.join(' and '));
  const twice = words.find((word, i) => words.indexOf(word) !== i);
  if (twice !== undefined) refuse(place, `attached lists ${twice} twice`, 'Remove one.');
  const odd = oldStyle.map((pair) => pair.join(' and ')).find((word) => !words.includes(word));
  if (odd !== undefined) {
    refuse(
      place,
      `oldStyle lists ${odd}, which are not attached`,
      'List them in `attached` as well.',
    );
  }
  for (const [volume, { multiattach }] of Object.entries(volumes)) {
    const servers = attached.filter((pair) => pair[1] === volume).map(([server]) => server);
    if (servers.length < 2 || multiattach === true) continue;
    refuse(
      place,
      `attached has the volume '${volume}' at ${servers.join(' and ')}, and it is not multiattach`,
      `Write volumes: { ${volume}: { multiattach: true } }`,
    );
  }
}

function checkDetached(
  given: Entities,
  { server, volume }: DetachedVolumeOptions,
  place: string,
): void {
  mustExist(given.servers, server, 'server', 'detachedBefore', place);
  mustExist(given.volumes, volume, 'volume', 'detachedBefore', place);
}
