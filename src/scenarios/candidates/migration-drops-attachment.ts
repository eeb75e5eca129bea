import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { swapVolume } from '../../model/nova/swap-volume.ts';
import {
  connectedAttachmentIsMapped,
  deletingVolumeIsUnattached,
} from '../../model/properties/always.ts';
import {
  allAgreeOnAttachments,
  everyBdmHasAttachment,
  noDeviceWithoutAttachment,
  noMappingWithoutAttachment,
  volumeStatusFitsAttachments,
} from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';

export const migrationDropsAttachment = cloudScenario({
  name: 'migration-drops-attachment',
  about:
    'D31: Cinder ends the migration of an attached volume. It asks to delete the temporary ' +
    'volume before it gives the attachment of the server to the volume that stays, and the ' +
    'deletion removes the attachment.',
  release: '2026.1',
  entities: () => ({
    servers: { s1: 'h1' },
    volumes: { v1: { migrating: true }, v2: { migrating: true } },
    attached: [['s1', 'v1']],
  }),
  operations: () => ({ swap: swapVolume.start('s1', 'v1', 'v2') }),
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
        [deletingVolumeIsUnattached.name]: 60,
        [connectedAttachmentIsMapped.name]: 60,
        [volumeStatusFitsAttachments.name]: 68,
        [everyBdmHasAttachment.name]: 68,
        [noDeviceWithoutAttachment.name]: 68,
        [noMappingWithoutAttachment.name]: 68,
        [allAgreeOnAttachments.name]: 68,
      },
      reason:
        'the model shows D31 on today’s master. In either order the attachment names the ' +
        'temporary volume for a moment after the change of names. The volume that stays gets ' +
        'its old status, in-use, after its attachment is gone',
    },
    {
      given: { release: '2026.1', migrated_rows: 'before_delete' },
      violates: { [deletingVolumeIsUnattached.name]: 60, [connectedAttachmentIsMapped.name]: 60 },
      reason:
        'no release gives the attachment first. If Cinder did, it would keep the attachment, ' +
        'which for a moment names a volume that is being deleted',
    },
    {
      given: { release: '2026.1', migrated_rows: 'with_names' },
      reason:
        'no release changes attachment and names together. If Cinder did, nothing would be ' +
        'violated',
    },
  ],
});
