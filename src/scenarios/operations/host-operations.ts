import { backUpVolume } from '../../model/cinder/backup.ts';
import { extendVolume } from '../../model/cinder/extend.ts';
import { uploadToImage } from '../../model/cinder/upload.ts';
import { volumeDelete } from '../../model/cinder/volume-delete.ts';
import type { Entities } from '../../model/cloud-scenario/entities.ts';
import { createServer } from '../../model/nova/boot.ts';
import { endResize } from '../../model/nova/cold-migrate.ts';
import { evacuate, restartCompute } from '../../model/nova/evacuate.ts';
import { attachVolumeV1, attachVolumeV2 } from '../../model/nova/poc-attach.ts';
import { rebuildServer } from '../../model/nova/rebuild.ts';
import { attachOf } from '../../model/nova/requests.ts';
import { shelveServer, unshelveServer } from '../../model/nova/shelve.ts';
import { swapVolume } from '../../model/nova/swap-volume.ts';
import type { Switches } from '../../model/releases/switches.ts';
import type { Process } from '../../spec/process.ts';

interface Operation {
  readonly entities: Entities;
  readonly requests: (release: Switches) => { readonly [pid: string]: Process };
}

const free: Entities = { servers: { s1: 'h1' }, volumes: { v1: {} } };
const attached: Entities = { ...free, attached: [['s1', 'v1']] };
const dead: Entities = { ...attached, down: ['h1'] };

/**
 * Every operation in which a host connects or disconnects a volume and which no other scenario lets
 * fail.
 */
export const hostOperations = {
  attach: { entities: free, requests: (release) => ({ attach: attachOf(release, 's1', 'v1') }) },
  boot: {
    entities: { servers: {}, volumes: { v1: {} } },
    requests: () => ({ boot: createServer.start('s1', 'v1', 'h1') }),
  },
  revert: {
    entities: { ...attached, resized: { s1: 'h2' } },
    requests: () => ({ revert: endResize.start('s1', 'revert') }),
  },
  shelve: { entities: attached, requests: () => ({ shelve: shelveServer.start('s1') }) },
  evacuation: {
    entities: dead,
    requests: () => ({
      evacuate: evacuate.start('s1', 'h2'),
      restart: restartCompute.start('h1'),
    }),
  },
  unshelve: {
    entities: { ...attached, servers: { s1: null } },
    requests: () => ({ unshelve: unshelveServer.start('s1', 'h1') }),
  },
  rebuild: { entities: attached, requests: () => ({ rebuild: rebuildServer.start('s1', 'v1') }) },
  swap: {
    entities: {
      ...attached,
      volumes: { v1: { migrating: true }, v2: { migrating: true } },
    },
    requests: () => ({ swap: swapVolume.start('s1', 'v1', 'v2') }),
  },
  extend: { entities: attached, requests: () => ({ extend: extendVolume.start('v1') }) },
  'delete-volume': { entities: free, requests: () => ({ delete: volumeDelete.start('v1') }) },
  'back-up': {
    entities: { ...free, volumes: { v1: { target: 'own' } } },
    requests: () => ({ backup: backUpVolume.start('v1', 'h1') }),
  },
  upload: { entities: free, requests: () => ({ upload: uploadToImage.start('v1', 'h1') }) },
  'poc-v1': {
    entities: free,
    requests: () => ({ attach: attachVolumeV1.start('s1', 'v1', 'h1') }),
  },
  'poc-v2': {
    entities: free,
    requests: () => ({ attach: attachVolumeV2.start('s1', 'v1', 'h1') }),
  },
} as const satisfies Record<string, Operation>;

/** Their names, in the order in which `matrix` shows them. */
export const hostOperationNames = [
  'attach',
  'boot',
  'revert',
  'shelve',
  'evacuation',
  'unshelve',
  'rebuild',
  'swap',
  'extend',
  'delete-volume',
  'back-up',
  'upload',
  'poc-v1',
  'poc-v2',
] as const satisfies readonly (keyof typeof hostOperations)[];
