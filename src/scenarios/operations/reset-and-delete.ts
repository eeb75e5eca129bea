import { backUpVolume } from '../../model/cinder/backup.ts';
import { extendVolume } from '../../model/cinder/extend.ts';
import { resetStatus } from '../../model/cinder/operator.ts';
import { uploadToImage } from '../../model/cinder/upload.ts';
import { volumeCreate } from '../../model/cinder/volume-create.ts';
import { volumeDelete } from '../../model/cinder/volume-delete.ts';
import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import type { Entities } from '../../model/cloud-scenario/start.ts';
import { liveMigrate } from '../../model/nova/live-migration.ts';
import { rebuildServer } from '../../model/nova/rebuild.ts';
import { attachOf, detachOf } from '../../model/nova/requests.ts';
import { swapVolume } from '../../model/nova/swap-volume.ts';
import {
  connectedAttachmentIsMapped,
  deletingVolumeIsUnattached,
  errorVolumeIsUnattached,
  movingServerKeepsAttachment,
} from '../../model/properties/always.ts';
import {
  allAgreeOnAttachments,
  attachedVolumeIsWorkingDisk,
  everyAttachmentHasBdm,
  everyBdmHasAttachment,
  noDeviceWithoutAttachment,
  noMappingWithoutAttachment,
  volumeStatusFitsAttachments,
} from '../../model/properties/at-rest.ts';
import type { Switches } from '../../model/releases/switches.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';
import type { Process } from '../../spec/process.ts';

interface Work {
  readonly entities: Entities;
  readonly request: (release: Switches) => Process;
}

const free: Entities = { servers: { s1: 'h1' }, volumes: { v1: {} } };
const attached: Entities = { ...free, attached: [['s1', 'v1']] };
const migrating: Entities['volumes'] = { v1: { migrating: true }, v2: { migrating: true } };

/** What goes on with a volume, and whether a server has it already. */
const works = {
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
} as const satisfies Record<string, Work>;

const names = [
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
] as const satisfies readonly (keyof typeof works)[];

export const resetAndDelete = cloudScenario({
  name: 'reset-and-delete',
  about:
    'An operator takes a volume for stuck, resets its status, and it is deleted, while Nova still attaches, detaches or moves it or ' +
    'Cinder still works on it. The deletion of the row takes the attachments with it, and whoever works on asks for what is gone.',
  release: '2026.1',
  parameters: {
    asked: choice(names, { about: 'what still goes on with the volume' }),
    fault: choice(['none', 'driver-error'], { about: 'what fails, once' }),
  },
  entities: ({ asked }) => works[asked].entities,
  operations: ({ asked }, release) => ({
    asked: works[asked].request(release),
    reset:
      'attached' in works[asked].entities
        ? resetStatus.start('v1', 'available', 'gone')
        : resetStatus.start('v1', 'error', 'kept'),
    delete: volumeDelete.start('v1'),
  }),
  faults: ({ fault }) => (fault === 'none' ? {} : { [fault]: 1 }),
  reachable: [
    cloud.reachable(
      'the volume is deleted while it is still worked on',
      ({ volumes }, processes) =>
        volumes['v1'] === undefined &&
        Object.entries(processes).some(
          ([pid, process]) => pid.startsWith('asked') && process?.at !== 'done',
        ),
    ),
  ],
  expect: [
    {
      given: { asked: 'attach', fault: 'driver-error', release: 'pike' },
      violates: {
        [deletingVolumeIsUnattached.name]: 35,
        [errorVolumeIsUnattached.name]: 34,
        [everyAttachmentHasBdm.name]: 59,
        [noDeviceWithoutAttachment.name]: 44,
        [noMappingWithoutAttachment.name]: 44,
        [allAgreeOnAttachments.name]: 44,
      },
      reason: 'as without the failure',
    },
    {
      given: { asked: 'detach', fault: 'driver-error', release: 'pike' },
      violates: {
        [deletingVolumeIsUnattached.name]: 3,
        [noDeviceWithoutAttachment.name]: 9,
        [noMappingWithoutAttachment.name]: 9,
        [allAgreeOnAttachments.name]: 9,
      },
      reason: 'as without the failure',
    },
    {
      given: { asked: 'extend', fault: 'driver-error' },
      violates: {
        [deletingVolumeIsUnattached.name]: 3,
        [everyBdmHasAttachment.name]: 6,
        [noDeviceWithoutAttachment.name]: 6,
        [noMappingWithoutAttachment.name]: 6,
        [allAgreeOnAttachments.name]: 6,
      },
      reason: 'as without the failure',
    },
    { given: { asked: 'delete', fault: 'driver-error' }, reason: 'as without the failure' },
    {
      given: { asked: 'attach' },
      violates: {
        [deletingVolumeIsUnattached.name]: 29,
        [errorVolumeIsUnattached.name]: 14,
        [everyBdmHasAttachment.name]: 49,
        [noDeviceWithoutAttachment.name]: 49,
        [noMappingWithoutAttachment.name]: 46,
        [allAgreeOnAttachments.name]: 49,
      },
      reason:
        'no step checks the status again once the row is inserted: the volume is mapped while it is deleted, and the guest has the device of what is gone, or the mapping stays',
    },
    {
      given: { asked: 'attach', release: 'pike' },
      violates: {
        [deletingVolumeIsUnattached.name]: 35,
        [errorVolumeIsUnattached.name]: 34,
        [everyAttachmentHasBdm.name]: 59,
        [noDeviceWithoutAttachment.name]: 44,
        [noMappingWithoutAttachment.name]: 44,
        [allAgreeOnAttachments.name]: 44,
      },
      reason:
        'os-attach writes in-use over deleting; or it inserts its row when the volume is gone, and no BDM names that one (everyAttachmentHasBdm)',
    },
    {
      given: { asked: 'attach', release: 'newton', reserve: 'check_then_act' },
      violates: {
        [deletingVolumeIsUnattached.name]: 36,
        [errorVolumeIsUnattached.name]: 35,
        [everyAttachmentHasBdm.name]: 60,
        [noDeviceWithoutAttachment.name]: 44,
        [noMappingWithoutAttachment.name]: 44,
        [allAgreeOnAttachments.name]: 44,
      },
      reason: 'the same; a reserve that has read the status does not find the volume',
    },
    {
      given: { asked: 'detach' },
      violates: {
        [deletingVolumeIsUnattached.name]: 3,
        [everyBdmHasAttachment.name]: 9,
        [noDeviceWithoutAttachment.name]: 9,
        [noMappingWithoutAttachment.name]: 9,
        [allAgreeOnAttachments.name]: 9,
      },
      reason:
        'the reset takes the attachment away and asks neither Nova nor the driver (docs/openstack.md 8.12), and begin_detaching is refused. It writes the statuses first, so that a deletion is accepted while the attachment is there (deletingVolumeIsUnattached)',
    },
    {
      given: { asked: 'detach-shared' },
      violates: {
        [deletingVolumeIsUnattached.name]: 3,
        [everyBdmHasAttachment.name]: 9,
        [noDeviceWithoutAttachment.name]: 9,
        [noMappingWithoutAttachment.name]: 9,
        [allAgreeOnAttachments.name]: 9,
      },
      reason:
        'the same; what ends the connection of one host when the row of the volume is gone leaves that of the other alone',
    },
    {
      given: { asked: 'upload' },
      reason: 'the copy fails, and takes back what it had connected',
    },
    {
      given: { asked: 'backup' },
      violates: { [noMappingWithoutAttachment.name]: 25 },
      reason:
        'os-terminate_connection does not find the volume, so that the connection of cinder-backup is left',
    },
    {
      given: { asked: 'create' },
      reason: 'what is made is gone when it is ready',
    },
    {
      given: { asked: 'extend' },
      violates: {
        [deletingVolumeIsUnattached.name]: 3,
        [everyBdmHasAttachment.name]: 6,
        [noDeviceWithoutAttachment.name]: 6,
        [noMappingWithoutAttachment.name]: 6,
        [allAgreeOnAttachments.name]: 6,
      },
      reason: 'the reset alone; the extension ends when the volume is gone',
    },
    {
      given: { asked: 'rebuild' },
      violates: {
        [deletingVolumeIsUnattached.name]: 3,
        [volumeStatusFitsAttachments.name]: 38,
        [everyBdmHasAttachment.name]: 23,
        [noDeviceWithoutAttachment.name]: 78,
        [noMappingWithoutAttachment.name]: 23,
        [allAgreeOnAttachments.name]: 78,
      },
      reason:
        'the reset frees a volume that Nova has just reserved again, because that attachment is not inserted yet (volumeStatusFitsAttachments)',
    },
    {
      given: { asked: 'migrate' },
      violates: {
        [movingServerKeepsAttachment.name]: 4,
        [deletingVolumeIsUnattached.name]: 3,
        [volumeStatusFitsAttachments.name]: 73,
        [everyBdmHasAttachment.name]: 32,
        [everyAttachmentHasBdm.name]: 40,
        [noDeviceWithoutAttachment.name]: 32,
        [noMappingWithoutAttachment.name]: 32,
        [allAgreeOnAttachments.name]: 32,
      },
      reason:
        'both attachments go, or the second is inserted when the volume is gone and no BDM names it (everyAttachmentHasBdm)',
    },
    {
      given: { asked: 'swap' },
      violates: {
        [deletingVolumeIsUnattached.name]: 55,
        [connectedAttachmentIsMapped.name]: 55,
        [volumeStatusFitsAttachments.name]: 65,
        [everyBdmHasAttachment.name]: 65,
        [noDeviceWithoutAttachment.name]: 65,
        [noMappingWithoutAttachment.name]: 65,
        [allAgreeOnAttachments.name]: 65,
      },
      reason:
        'the reset alone, but that a migration which ends all the same gives the attachment to the volume that is gone, or its status of before to one that is free. connectedAttachmentIsMapped is the change of names (D31)',
    },
    {
      given: { asked: 'swap-to' },
      violates: {
        [deletingVolumeIsUnattached.name]: 60,
        [connectedAttachmentIsMapped.name]: 60,
        [volumeStatusFitsAttachments.name]: 71,
        [everyBdmHasAttachment.name]: 71,
        [attachedVolumeIsWorkingDisk.name]: 63,
        [noDeviceWithoutAttachment.name]: 63,
        [noMappingWithoutAttachment.name]: 52,
        [allAgreeOnAttachments.name]: 63,
      },
      reason:
        'the volume that takes over is reset: a swap that fails after the change-over is D27 once more (attachedVolumeIsWorkingDisk), and Cinder keeps the status of a volume that it moves (volumeStatusFitsAttachments). connectedAttachmentIsMapped is the change of names',
    },
  ],
});
