import { attachmentDelete } from '../model/cinder/attachment-delete.ts';
import { backUpVolume } from '../model/cinder/backup.ts';
import { useVolume } from '../model/cinder/client.ts';
import { extendVolume } from '../model/cinder/extend.ts';
import { forceDetach, resetStatus } from '../model/cinder/operator.ts';
import { uploadToImage } from '../model/cinder/upload.ts';
import { volumeCreate } from '../model/cinder/volume-create.ts';
import { volumeDelete } from '../model/cinder/volume-delete.ts';
import { createServer } from '../model/nova/boot.ts';
import { endResize, resizeServer } from '../model/nova/cold-migrate.ts';
import { deleteServer } from '../model/nova/delete.ts';
import { evacuate, restartCompute } from '../model/nova/evacuate.ts';
import { liveMigrate, liveMigrateAbort } from '../model/nova/live-migration.ts';
import { rebootServer } from '../model/nova/reboot.ts';
import { rebuildServer } from '../model/nova/rebuild.ts';
import { refreshAttachment } from '../model/nova/refresh.ts';
import { attachOf, detachOf } from '../model/nova/requests.ts';
import { shelveServer, unshelveServer } from '../model/nova/shelve.ts';
import {
  attachVolumeShelvedOffloaded,
  detachVolumeShelvedOffloaded,
} from '../model/nova/shelved.ts';
import { swapVolume } from '../model/nova/swap-volume.ts';
import { startCompute } from '../model/operator/operator.ts';
import type { Switches } from '../model/releases/switches.ts';
import type { Cloud } from '../model/world/cloud.ts';
import type { Immutable } from '../spec/draft.ts';
import type { Process } from '../spec/process.ts';

/** The server that a request needs: 'new' where it makes one, 'any' where it needs none. */
export type ServerNeed = 'running' | 'stopped' | 'offloaded' | 'resized' | 'down' | 'new' | 'any';

/** The volume that a request needs; 'moving' is attached, and Cinder moves it. */
export type VolumeNeed = 'attached' | 'free' | 'moving' | 'new' | 'any';

/** The entities that a request names. */
export interface Place {
  readonly server: string;
  readonly volume: string;
  /** A free volume that may take the place of `volume`. */
  readonly next: string;
  /** The host of the server, and the one to which it may move. */
  readonly host: string;
  readonly dest: string;
}

/** A request of a user, an operator or another service to Nova or Cinder. */
export interface Request {
  /** A sentence: who asks for which action. */
  readonly about: string;
  readonly server: ServerNeed;
  readonly volume: VolumeNeed;
  /** It writes rows of one volume, and nothing on hosts or backends: it meets others there. */
  readonly rowsOnly?: true;
  /** False where servers do not share the volume. */
  readonly shares?: false;
  /** It ends with its first step: tells from the cloud afterwards whether it was accepted. */
  readonly accepted?: (cloud: Immutable<Cloud>) => boolean;
  /** Another volume takes the place of the first. */
  readonly replaces?: true;
  /** The request without which this one does nothing: it is asked beside that one only. */
  readonly only?: string;
  readonly start: (place: Place, release: Switches) => Process;
}

/** The requests about a server that runs and has the volume. */
const running = { server: 'running', volume: 'attached' } as const;
/** The requests to Cinder alone, about a volume that no server uses. */
const free = { server: 'any', volume: 'free' } as const;
/** The writes of an operator to Cinder's database, whatever uses the volume. */
const used = { server: 'any', volume: 'attached' } as const;
/** Those of them that change only the rows of the volume. */
const rows = { ...used, rowsOnly: true } as const;

/** The attachment at the start of a scenario is named after server and volume. */
const attachmentOf = ({ server, volume }: Place): string => `attachment-${server}-${volume}`;

const controller = 'controller';

/**
 * Every request of the model, by the word that names it. Requests between services, proofs of
 * concept and proposals are not in it.
 */
const list = {
  boot: {
    about: 'a user creates a server that boots from a volume',
    server: 'new',
    volume: 'free',
    start: ({ server, volume, host }) => createServer.start(server, volume, host),
  },
  'boot-from-image': {
    about: 'a user creates a server that boots from a volume which Nova makes from an image',
    server: 'new',
    volume: 'new',
    shares: false,
    start: ({ server, volume, host }) => createServer.start(server, volume, host, 'image'),
  },
  attach: {
    about: 'a user attaches a volume to a running server',
    server: 'running',
    volume: 'free',
    start: ({ server, volume }, release) => attachOf(release, server, volume),
  },
  detach: {
    about: 'a user detaches a volume from a running server',
    ...running,
    start: ({ server, volume }, release) => detachOf(release, server, volume),
  },
  delete: {
    about: 'a user deletes a server',
    ...running,
    start: ({ server }) => deleteServer.start(server),
  },
  reboot: {
    about: 'a user reboots a server (hard)',
    ...running,
    start: ({ server }) => rebootServer.start(server),
  },
  rebuild: {
    about: 'a user rebuilds a server that has the volume as a further disk',
    ...running,
    start: ({ server }) => rebuildServer.start(server, ''),
  },
  'rebuild-root': {
    about:
      'a user rebuilds a server that boots from the volume, to which Cinder writes a new ' +
      'image',
    ...running,
    shares: false,
    start: ({ server, volume }) => rebuildServer.start(server, volume),
  },
  resize: {
    about: 'a user resizes a server, which goes to another host',
    ...running,
    start: ({ server, dest }) => resizeServer.start(server, dest),
  },
  'confirm-resize': {
    about: 'a user confirms a resize',
    server: 'resized',
    volume: 'attached',
    accepted: ({ migrations }) =>
      Object.values(migrations).some(({ status }) => status === 'confirmed'),
    start: ({ server }) => endResize.start(server, 'confirm'),
  },
  'revert-resize': {
    about: 'a user reverts a resize',
    server: 'resized',
    volume: 'attached',
    start: ({ server }) => endResize.start(server, 'revert'),
  },
  'live-migrate': {
    about: 'an operator moves a running server to another host',
    ...running,
    start: ({ server, dest }) => liveMigrate.start(server, dest),
  },
  'abort-migration': {
    about: 'an operator aborts a live migration',
    ...running,
    only: 'live-migrate',
    start: ({ server }) => liveMigrateAbort.start(server),
  },
  evacuate: {
    about: 'an operator evacuates a server whose host is down',
    server: 'down',
    volume: 'attached',
    start: ({ server, dest }) => evacuate.start(server, dest),
  },
  'bring-back-compute': {
    about: 'an operator starts the nova-compute of a host again that was evacuated',
    server: 'down',
    volume: 'attached',
    only: 'evacuate',
    start: ({ host }) => restartCompute.start(host),
  },
  'start-compute': {
    about: 'an operator starts the nova-compute of a host again that was down',
    server: 'down',
    volume: 'attached',
    start: ({ host }) => startCompute.start(host),
  },
  shelve: {
    about: 'a user shelves a server, which leaves its host',
    ...running,
    start: ({ server }) => shelveServer.start(server),
  },
  unshelve: {
    about: 'a user unshelves a server',
    server: 'offloaded',
    volume: 'attached',
    start: ({ server, host }) => unshelveServer.start(server, host),
  },
  'attach-shelved': {
    about: 'a user attaches a volume to a server that is shelved',
    server: 'offloaded',
    volume: 'free',
    start: ({ server, volume }) => attachVolumeShelvedOffloaded.start(server, volume),
  },
  'detach-shelved': {
    about: 'a user detaches a volume from a server that is shelved',
    server: 'offloaded',
    volume: 'attached',
    start: ({ server, volume }) => detachVolumeShelvedOffloaded.start(server, volume),
  },
  'swap-volume': {
    about: 'a user has a volume of a running server replaced by another',
    ...running,
    replaces: true,
    start: ({ server, volume, next }) => swapVolume.start(server, volume, next),
  },
  retype: {
    about: 'Cinder moves a volume of a running server to another backend or type',
    server: 'running',
    volume: 'moving',
    replaces: true,
    start: ({ server, volume, next }) => swapVolume.start(server, volume, next),
  },
  refresh: {
    about: 'an operator has nova-manage renew the attachment of a stopped server',
    server: 'stopped',
    volume: 'attached',
    start: ({ server, volume, host }) => refreshAttachment.start(server, volume, host),
  },
  'create-volume': {
    about: 'a user creates a volume',
    server: 'any',
    volume: 'new',
    rowsOnly: true,
    start: ({ volume }) => volumeCreate.start(volume),
  },
  'delete-volume': {
    about: 'a user deletes a volume',
    ...free,
    rowsOnly: true,
    start: ({ volume }) => volumeDelete.start(volume),
  },
  extend: {
    about: 'a user extends a volume that is attached',
    ...used,
    start: ({ volume }) => extendVolume.start(volume),
  },
  upload: {
    about: 'a user makes an image of a volume',
    ...free,
    start: ({ volume, host }) => uploadToImage.start(volume, host),
  },
  backup: {
    about: 'a user backs a volume up',
    ...free,
    start: ({ volume, host }) => backUpVolume.start(volume, host),
  },
  'use-volume': {
    about: 'a service other than Nova attaches a volume to a host of its own, and detaches it',
    ...free,
    start: ({ volume }) => useVolume.start(volume, null, controller, controller),
  },
  'delete-attachment': {
    about: 'a user deletes the attachment of a server in Cinder',
    ...used,
    start: (place) => attachmentDelete.start(attachmentOf(place), 'user'),
  },
  'force-detach': {
    about: 'an operator detaches a volume by force, in Cinder alone',
    ...used,
    start: (place) => forceDetach.start(place.volume, attachmentOf(place), place.host),
  },
  'reset-available': {
    about: 'an operator resets a volume to available',
    ...rows,
    start: ({ volume }) => resetStatus.start(volume, 'available', 'kept'),
  },
  'reset-in-use': {
    about: 'an operator resets a volume to in-use',
    ...rows,
    start: ({ volume }) => resetStatus.start(volume, 'in-use', 'kept'),
  },
  'reset-error': {
    about: 'an operator resets a volume to error',
    ...rows,
    start: ({ volume }) => resetStatus.start(volume, 'error', 'kept'),
  },
  'reset-detached': {
    about: 'an operator resets a volume to available and detached',
    ...rows,
    start: ({ volume }) => resetStatus.start(volume, 'available', 'gone'),
  },
} as const satisfies { readonly [name: string]: Request };

export type RequestName = keyof typeof list;

/** Every request by its name. */
export const requests: { readonly [name in RequestName]: Request } = list;

/** The names of all requests, in the order of the matrix. */
// Object.keys forgets the key type; the keys of `list` are exactly the names.
export const requestNames = Object.keys(list) as readonly RequestName[];
