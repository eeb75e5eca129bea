import type { Entities, VolumeOptions } from '../model/cloud-scenario/entities.ts';
import {
  type Place,
  type RequestName,
  requests,
  type ServerNeed,
  type VolumeNeed,
} from './requests.ts';

/**
 * How two requests can meet: about one server and one volume; about two servers of one host that
 * share a volume, or that have two volumes of one target; about two servers of two hosts that share
 * a volume.
 */
export const meetings = ['same', 'shared', 'target', 'hosts'] as const;
export type Meeting = (typeof meetings)[number];

/** The place of the requests: the entities at the start, and the ones that each request names. */
export interface Configuration {
  /** `same-running-attached`, or `alone`: unique among those of a pair. */
  readonly name: string;
  readonly meeting: Meeting | 'alone';
  readonly entities: Entities;
  /** One for each request. */
  readonly places: readonly Place[];
}

interface Situation {
  readonly server: ServerNeed;
  readonly volume: VolumeNeed;
}

/** A server and a volume with their ids, and their states at the start. */
interface Corner extends Situation {
  readonly id: string;
  /** Another volume may take the place of the first. */
  readonly replaces: boolean;
  readonly volumeId: string;
  readonly next: string;
  readonly host: string;
  readonly dest: string;
}

/** The smallest configuration of one request. */
export function configurationOfOne(name: RequestName): Configuration {
  const corner = { ...first, ...needOf(name), replaces: replaces(name) };
  return {
    name: 'alone',
    meeting: 'alone',
    entities: entitiesOf([corner], false),
    places: [placeOf(name, corner, '')],
  };
}

/** The smallest configurations in which two requests can meet. */
export function configurationsOf(one: RequestName, other: RequestName): readonly Configuration[] {
  const pair = [one, other] as const;
  return [...onSameServer(pair), ...onTwoServers(pair)];
}

const first = { id: 's1', volumeId: 'v1', next: 'w1', host: 'h1', dest: 'h2' };
const second = { id: 's2', host: 'h1', dest: 'h2' };

const needOf = (name: RequestName): Situation => {
  const { server, volume } = requests[name];
  return { server, volume };
};

const replaces = (name: RequestName): boolean => requests[name].replaces === true;

/** Both requests make a server or a volume, so there are two. */
const makesAlike = ([one, other]: readonly [RequestName, RequestName]): boolean =>
  (requests[one].server === 'new' && requests[other].server === 'new') ||
  (requests[one].volume === 'new' && requests[other].volume === 'new');

/** It begins as one of the two requests needs it. */
function onSameServer(pair: readonly [RequestName, RequestName]): Configuration[] {
  const [one, other] = pair;
  const situations = [joined(needOf(one), needOf(other)), joined(needOf(other), needOf(one))];
  const different = situations.filter(
    (situation, i) => i === 0 || JSON.stringify(situation) !== JSON.stringify(situations[0]),
  );
  return different.map((situation) => {
    const corner = { ...first, ...situation, replaces: pair.some(replaces) };
    return {
      name: `same-${situation.server}-${situation.volume}`,
      meeting: 'same',
      entities: entitiesOf([corner], false),
      places: [placeOf(one, corner, ''), placeOf(other, corner, makesAlike(pair) ? '2' : '')],
    };
  });
}

function onTwoServers([one, other]: readonly [RequestName, RequestName]): Configuration[] {
  if (requests[one].rowsOnly === true || requests[other].rowsOnly === true) return [];
  const shares = requests[one].shares !== false && requests[other].shares !== false;
  return meetings.flatMap((meeting): Configuration[] => {
    if (meeting === 'same' || (meeting !== 'target' && !shares)) return [];
    const isTarget = meeting === 'target';
    const hosts = meeting === 'hosts' ? { host: 'h2', dest: 'h1' } : {};
    const own = isTarget ? { volumeId: 'v2', next: 'w2' } : { volumeId: 'v1', next: 'w2' };
    const corners = [
      { ...first, ...needOf(one), replaces: replaces(one) },
      { ...second, ...own, ...hosts, ...needOf(other), replaces: replaces(other) },
    ] as const;
    return [
      {
        name: meeting,
        meeting,
        entities: entitiesOf(corners, !isTarget),
        places: [placeOf(one, corners[0], ''), placeOf(other, corners[1], isTarget ? '' : '2')],
      },
    ];
  });
}

/** The needs of `one`, completed by those of `other`. */
const joined = (one: Situation, other: Situation): Situation => ({
  server: one.server === 'any' ? other.server : one.server,
  volume: one.volume === 'any' ? other.volume : one.volume,
});

/** A new server or volume gets a name of its own where another entity has that id. */
function placeOf(name: RequestName, corner: Corner, made: string): Place {
  const { id, volumeId, next, server: begins } = corner;
  const { server, volume } = requests[name];
  const isMoved = begins === 'resized';
  return {
    server: server === 'new' && (begins !== 'new' || made !== '') ? `n${made || 1}` : id,
    volume:
      volume === 'new' && (corner.volume !== 'new' || made !== '') ? `m${made || 1}` : volumeId,
    next,
    host: isMoved ? corner.dest : corner.host,
    dest: isMoved ? corner.host : corner.dest,
  };
}

/** All corners as one cloud; `multiattach` where two servers share the volume. */
function entitiesOf(corners: readonly Corner[], multiattach: boolean): Entities {
  const present = corners.filter(hasServer);
  const begin = (need: ServerNeed) => present.filter(({ server }) => server === need);
  const down = new Set(begin('down').map(({ host }) => host));
  const moved = begin('resized').map(({ id, host }) => [id, host] as const);
  return {
    servers: Object.fromEntries(present.map((corner) => [corner.id, hostOf(corner)])),
    volumes: volumesOf(corners, multiattach),
    attached: present.filter(hasVolume).map(({ id, volumeId }) => [id, volumeId] as const),
    stopped: begin('stopped').map(({ id }) => id),
    resized: Object.fromEntries(moved),
    down: [...down],
  };
}

const hasVolume = ({ volume }: Corner): boolean => volume === 'attached' || volume === 'moving';

/** A request to Cinder alone that finds the volume attached also finds a server with it. */
const hasServer = (corner: Corner): boolean =>
  corner.server !== 'new' && (corner.server !== 'any' || hasVolume(corner));

function hostOf({ server, host, dest }: Corner): string | null {
  if (server === 'offloaded') return null;
  return server === 'resized' ? dest : host;
}

/** The volumes; one that a request moves is moving for all. */
function volumesOf(
  corners: readonly Corner[],
  multiattach: boolean,
): { readonly [id: string]: VolumeOptions } {
  const volumes: Record<string, VolumeOptions> = {};
  for (const { volume, volumeId, next, replaces: isReplaced } of corners) {
    const migrating = volume === 'moving' || volumes[volumeId]?.migrating === true;
    const options = { multiattach, migrating };
    if (volume !== 'new') volumes[volumeId] = options;
    if (isReplaced) volumes[next] = { migrating };
  }
  return volumes;
}
