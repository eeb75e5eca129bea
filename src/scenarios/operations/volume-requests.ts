import { backUpVolume } from '../../model/cinder/backup.ts';
import { extendVolume } from '../../model/cinder/extend.ts';
import { uploadToImage } from '../../model/cinder/upload.ts';
import { volumeCreate } from '../../model/cinder/volume-create.ts';
import { volumeDelete } from '../../model/cinder/volume-delete.ts';
import type { Entities } from '../../model/cloud-scenario/entities.ts';
import { liveMigrate } from '../../model/nova/live-migration.ts';
import { rebuildServer } from '../../model/nova/rebuild.ts';
import { attachOf, detachOf } from '../../model/nova/requests.ts';
import { swapVolume } from '../../model/nova/swap-volume.ts';
import type { Switches } from '../../model/releases/switches.ts';
import type { Process } from '../../spec/process.ts';

interface VolumeRequest {
  readonly entities: Entities;
  readonly request: (release: Switches) => Process;
}

const free: Entities = { servers: { s1: 'h1' }, volumes: { v1: {} } };
const attached: Entities = { ...free, attached: [['s1', 'v1']] };
const migrating: Entities['volumes'] = { v1: { migrating: true }, v2: { migrating: true } };

/** The request in flight for a volume, and whether a server has the volume already. */
export const volumeRequests = {
  delete: { entities: free, request: () => volumeDelete.start('v1') },
  create: { entities: { servers: {}, volumes: {} }, request: () => volumeCreate.start('v1') },
  attach: { entities: free, request: (release) => attachOf(release, 's1', 'v1') },
  upload: { entities: free, request: () => uploadToImage.start('v1', 'h1') },
  backup: { entities: free, request: () => backUpVolume.start('v1', 'h1') },
  detach: { entities: attached, request: (release) => detachOf(release, 's1', 'v1') },
  'detach-shared': {
    entities: {
      servers: { s1: 'h1', s2: 'h2' },
      volumes: { v1: { multiattach: true } },
      attached: [
        ['s1', 'v1'],
        ['s2', 'v1'],
      ],
    },
    request: (release) => detachOf(release, 's1', 'v1'),
  },
  extend: { entities: attached, request: () => extendVolume.start('v1') },
  rebuild: { entities: attached, request: () => rebuildServer.start('s1', 'v1') },
  migrate: { entities: attached, request: () => liveMigrate.start('s1', 'h2') },
  swap: {
    entities: { ...attached, volumes: migrating },
    request: () => swapVolume.start('s1', 'v1', 'v2'),
  },
  'swap-to': {
    entities: { ...attached, volumes: migrating, attached: [['s1', 'v2']] },
    request: () => swapVolume.start('s1', 'v2', 'v1'),
  },
} as const satisfies Record<string, VolumeRequest>;

/** Their names, in the order in which `matrix` shows them. */
export const volumeRequestNames = [
  'attach',
  'detach',
  'detach-shared',
  'upload',
  'backup',
  'delete',
  'create',
  'extend',
  'rebuild',
  'migrate',
  'swap',
  'swap-to',
] as const satisfies readonly (keyof typeof volumeRequests)[];
