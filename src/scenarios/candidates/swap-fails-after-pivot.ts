import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { swapVolume } from '../../model/nova/swap-volume.ts';
import {
  connectedAttachmentIsMapped,
  deletingVolumeIsUnattached,
  guestReachesItsDisks,
  noUnmapUnderDevice,
} from '../../model/properties/always.ts';
import {
  allAgreeOnAttachments,
  attachedVolumeIsWorkingDisk,
  noDeviceWithoutAttachment,
} from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';

export const swapFailsAfterPivot = cloudScenario({
  name: 'swap-fails-after-pivot',
  about:
    'D27: Nova replaces a volume of a running server while Cinder moves it, and Cinder does ' +
    'not answer that the new volume is attached. The guest runs on the new volume by then, ' +
    'but Nova deletes its attachment.',
  release: '2026.1',
  // The candidate D31 (migration-drops-attachment) is a further fault at the end of the migration.
  site: { migrated_rows: 'before_delete' },
  entities: () => ({
    servers: { s1: 'h1' },
    volumes: { v1: { migrating: true }, v2: { migrating: true } },
    attached: [['s1', 'v1']],
  }),
  operations: () => ({ swap: swapVolume.start('s1', 'v1', 'v2') }),
  faults: () => ({ 'complete-error': 1 }),
  reachable: [
    cloud.reachable(
      'Cinder has moved the volume, and the server has it',
      ({ volumes, disks }) =>
        volumes['v1']?.migration_status === 'success' && disks['s1/v1'] !== undefined,
    ),
  ],
  expect: [
    {
      given: { release: '2026.1' },
      violates: {
        [noUnmapUnderDevice.name]: 50,
        [guestReachesItsDisks.name]: 50,
        [deletingVolumeIsUnattached.name]: 60,
        [connectedAttachmentIsMapped.name]: 60,
        [attachedVolumeIsWorkingDisk.name]: 64,
        [noDeviceWithoutAttachment.name]: 64,
        [allAgreeOnAttachments.name]: 64,
      },
      reason:
        'the model shows D27 on today’s master: Cinder unmaps the volume from under the guest. ' +
        'The change of names violates connectedAttachmentIsMapped and ' +
        'deletingVolumeIsUnattached without the fault too',
    },
  ],
});
