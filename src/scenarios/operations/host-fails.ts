import { backUpVolume } from '../../model/cinder/backup.ts';
import { extendVolume } from '../../model/cinder/extend.ts';
import { uploadToImage } from '../../model/cinder/upload.ts';
import { volumeDelete } from '../../model/cinder/volume-delete.ts';
import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import type { Entities } from '../../model/cloud-scenario/start.ts';
import { createServer } from '../../model/nova/boot.ts';
import { endResize } from '../../model/nova/cold-migrate.ts';
import { evacuate, restartCompute } from '../../model/nova/evacuate.ts';
import { attachVolumeV1, attachVolumeV2 } from '../../model/nova/poc-attach.ts';
import { rebuildServer } from '../../model/nova/rebuild.ts';
import { attachOf } from '../../model/nova/requests.ts';
import { shelveServer, unshelveServer } from '../../model/nova/shelve.ts';
import { swapVolume } from '../../model/nova/swap-volume.ts';
import {
  connectedAttachmentIsMapped,
  deletingVolumeIsUnattached,
  guestReachesItsDisks,
  movingServerKeepsAttachment,
  noUnmapUnderDevice,
  secondAttachmentOnlyForMove,
} from '../../model/properties/always.ts';
import {
  allAgreeOnAttachments,
  attachedVolumeIsWorkingDisk,
  connectionsNameHostOfServer,
  everyAttachmentHasBdm,
  everyBdmHasAttachment,
  noDeviceWithoutAttachment,
  noExportWithoutAttachment,
  noMappingWithoutAttachment,
  volumeStatusFitsAttachments,
} from '../../model/properties/at-rest.ts';
import { releaseNames } from '../../model/releases/release-names.ts';
import type { Switches } from '../../model/releases/switches.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';
import type { Process } from '../../spec/process.ts';

interface Operation {
  readonly entities: Entities;
  readonly requests: (release: Switches) => { readonly [pid: string]: Process };
}

const free: Entities = { servers: { s1: 'h1' }, volumes: { v1: {} } };
const attached: Entities = { ...free, attached: [['s1', 'v1']] };
const dead: Entities = { ...attached, down: ['h1'] };

/**
 * Every operation in which a host connects or disconnects a volume and that no other scenario lets
 * fail.
 */
const operations = {
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

const names = [
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
] as const satisfies readonly (keyof typeof operations)[];

/** What may go wrong, and how often. */
const failing = {
  host: { 'brick-error': 1, 'guest-refuses': 1 },
  driver: { 'driver-error': 1 },
  export: { 'export-error': 1 },
  complete: { 'complete-error': 1 },
} as const;

export const hostFails = cloudScenario({
  name: 'host-fails',
  about:
    'A host cannot connect a volume, or cannot take it away: os-brick finds no device or cannot flush it, once, and where that is ' +
    'not enough the guest refuses the disk before. What each operation leaves behind.',
  parameters: {
    during: choice(names, { about: 'what the host is doing' }),
    release: choice(releaseNames, { default: '2026.1', about: 'the release of OpenStack' }),
    fault: choice(['host', 'driver', 'export', 'complete'], {
      about:
        'whether the host fails, or the driver of Cinder, or only where it takes a target away; or whether Cinder does not complete an attachment',
    }),
  },
  release: ({ release }) => release,
  site: ({ during }) => {
    if (during === 'poc-v1' || during === 'poc-v2') return { attach_api: during };
    // What else can go wrong at the end of the migration of a volume is candidate D31.
    return during === 'swap' ? { migrated_rows: 'before_delete' } : {};
  },
  entities: ({ during }) => operations[during].entities,
  operations: ({ during }, release) => operations[during].requests(release),
  faults: ({ fault }) => failing[fault],
  reachable: [
    cloud.reachable('everything is over', (_state, processes) =>
      Object.values(processes).every((process) => process?.at === 'done'),
    ),
  ],
  expect: [
    {
      given: { during: 'attach' },
      violates: { [noUnmapUnderDevice.name]: 49, [noDeviceWithoutAttachment.name]: 59 },
      reason:
        'when the guest refuses the disk and the device cannot be flushed, the attachment is deleted all the same: the device stays over an unmapped LUN',
    },
    {
      given: { during: 'attach', release: 'pike' },
      violates: { [noUnmapUnderDevice.name]: 35, [noDeviceWithoutAttachment.name]: 43 },
      reason: 'the same before the attachments API, with os-terminate_connection',
    },
    {
      given: { during: 'boot', release: 'pike' },
      violates: {
        [noUnmapUnderDevice.name]: 42,
        [connectionsNameHostOfServer.name]: 50,
        [noDeviceWithoutAttachment.name]: 56,
      },
      reason:
        'the same at boot; and the mapping of a server in error still names the host that has given up',
    },
    { given: { during: 'revert' }, reason: 'by force also what cannot be flushed' },
    {
      given: { during: 'revert', release: '2023.1' },
      violates: { [noUnmapUnderDevice.name]: 24, [noDeviceWithoutAttachment.name]: 66 },
      reason: 'before nova 28 the device stays, and its LUN is unmapped',
    },
    { given: { during: 'shelve' }, reason: 'by force also what cannot be flushed' },
    {
      given: { during: 'shelve', release: '2023.1' },
      violates: { [noUnmapUnderDevice.name]: 25, [noDeviceWithoutAttachment.name]: 34 },
      reason: 'before nova 28 the device stays, and its LUN is unmapped',
    },
    {
      given: { during: 'shelve', release: 'xena', fault: 'driver' },
      violates: {
        [secondAttachmentOnlyForMove.name]: 26,
        [everyAttachmentHasBdm.name]: 27,
        [attachedVolumeIsWorkingDisk.name]: 27,
        [allAgreeOnAttachments.name]: 27,
      },
      reason:
        'the old attachment cannot be deleted, and the new one is there: no step takes either away, and the server is given back with its guest off. Nova asks five times since nova 25',
    },
    ...(['2026.1', '2023.1'] as const).map((release) => ({
      given: { during: 'evacuation', release } as const,
      violates: {
        [noUnmapUnderDevice.name]: 17,
        [guestReachesItsDisks.name]: 17,
        [movingServerKeepsAttachment.name]: 20,
        [connectionsNameHostOfServer.name]: 59,
        [noDeviceWithoutAttachment.name]: 59,
        [allAgreeOnAttachments.name]: 59,
      },
      reason:
        'the guest of the old host was not fenced. When the new host cannot connect, its attachment stays, for a server that is in error on the old one; and the old one, when it comes back, does not look for evacuations that failed',
    })),
    {
      given: { during: 'unshelve', fault: 'complete' },
      violates: { [everyBdmHasAttachment.name]: 36, [connectionsNameHostOfServer.name]: 36 },
      reason:
        'the attachment is deleted, and the mapping names it still, with the connection of the host that did not take the server',
    },
    {
      given: { during: 'evacuation', fault: 'complete' },
      violates: {
        [noUnmapUnderDevice.name]: 17,
        [guestReachesItsDisks.name]: 17,
        [movingServerKeepsAttachment.name]: 20,
        [everyBdmHasAttachment.name]: 60,
        [connectionsNameHostOfServer.name]: 60,
        [noDeviceWithoutAttachment.name]: 60,
        [allAgreeOnAttachments.name]: 60,
      },
      reason: 'the same; and the guest of the old host was not fenced, as above',
    },
    {
      given: { during: 'rebuild', fault: 'complete' },
      violates: { [everyBdmHasAttachment.name]: 77 },
      reason: 'the attachment is deleted, and the mapping names it still: the server is in error',
    },
    {
      given: { during: 'swap' },
      violates: {
        [noUnmapUnderDevice.name]: 48,
        [guestReachesItsDisks.name]: 48,
        [deletingVolumeIsUnattached.name]: 60,
        [connectedAttachmentIsMapped.name]: 60,
        [attachedVolumeIsWorkingDisk.name]: 62,
        [noDeviceWithoutAttachment.name]: 62,
        [allAgreeOnAttachments.name]: 62,
      },
      reason:
        'a device that cannot be flushed after the change-over is D27 once more: the volume on which the guest runs by then loses its attachment. connectedAttachmentIsMapped and deletingVolumeIsUnattached are the change of names',
    },
    {
      given: { during: 'upload' },
      reason: 'cinder-volume removes the device by force: nothing was written to it',
    },
    {
      given: { during: 'extend', fault: 'driver' },
      reason: 'the volume is in error_extending, and stays attached',
    },
    {
      given: { during: 'delete-volume', fault: 'driver' },
      reason: 'the volume is in error_deleting',
    },
    {
      given: { during: 'back-up', fault: 'driver' },
      violates: { [noMappingWithoutAttachment.name]: 20, [noExportWithoutAttachment.name]: 20 },
      reason:
        'the driver cannot end the connection: the copy is over, and the mapping and the target stay',
    },
    {
      given: { during: 'back-up', fault: 'export' },
      violates: { [noExportWithoutAttachment.name]: 23 },
      reason: 'the copy is over, and the target stays',
    },
    {
      given: { during: 'upload', fault: 'driver' },
      violates: { [noMappingWithoutAttachment.name]: 14 },
      reason: 'as with a backup: the mapping stays',
    },
    {
      given: { during: 'back-up', release: 'ocata' },
      violates: {
        [noDeviceWithoutAttachment.name]: 15,
        [noMappingWithoutAttachment.name]: 15,
        [noExportWithoutAttachment.name]: 15,
      },
      reason: 'before cinder 11 a device that cannot be flushed stays, with mapping and target',
    },
    {
      given: { during: 'upload', release: 'ocata' },
      violates: { [noDeviceWithoutAttachment.name]: 13, [noMappingWithoutAttachment.name]: 13 },
      reason: 'before cinder 11 a device that cannot be flushed stays, with its mapping',
    },
    { given: { during: 'poc-v1', release: 'ocata' }, reason: 'the attachment is deleted' },
    {
      given: { during: 'poc-v1', release: 'ocata', fault: 'driver' },
      violates: { [volumeStatusFitsAttachments.name]: 18, [everyAttachmentHasBdm.name]: 18 },
      reason:
        'reserve and attachment are two things: unreserve does not reach the row, whose id the answer would have brought (docs/openstack.md 4.1)',
    },
    { given: { during: 'poc-v2', release: 'ocata' }, reason: 'the attachment is deleted' },
    {
      given: { during: 'poc-v2', release: 'ocata', fault: 'driver' },
      reason: 'the id is known from the beginning, and one deletion undoes it all',
    },
  ],
});
