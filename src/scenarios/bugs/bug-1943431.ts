import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { swapVolume } from '../../model/nova/swap-volume.ts';
import { askLater } from '../../model/operator/later.ts';
import {
  allAgreeOnAttachments,
  attachedVolumeIsWorkingDisk,
} from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';

export const bug1943431 = cloudScenario({
  name: 'bug-1943431',
  about:
    'R43: Cinder has moved a multiattach volume of a running server, and the user detaches ' +
    'it. The BDM still names the temporary volume, which Cinder has deleted. So Nova fails ' +
    'to count the servers after the guest has given its disk up. Nova 25 corrects the id.',
  release: '2026.1',
  // The candidate D31 (migration-drops-attachment) is a further fault at the end of such a
  // migration.
  site: { migrated_rows: 'with_names' },
  entities: () => ({
    servers: { s1: 'h1' },
    volumes: {
      v1: { multiattach: true, migrating: true },
      v2: { multiattach: true, migrating: true },
    },
    attached: [['s1', 'v1']],
  }),
  operations: () => ({
    swap: swapVolume.start('s1', 'v1', 'v2'),
    later: askLater.start('detach', 's1', 'v1', ''),
  }),
  reachable: [
    cloud.reachable(
      'the volume that was moved is detached',
      ({ volumes, bdms, disks }) =>
        volumes['v1']?.migration_status === 'success' &&
        volumes['v1'].status === 'available' &&
        Object.keys(bdms).length === 0 &&
        Object.keys(disks).length === 0,
    ),
  ],
  expect: [
    {
      given: { release: 'xena' },
      violates: {
        [attachedVolumeIsWorkingDisk.name]: 96,
        [allAgreeOnAttachments.name]: 96,
        ['the volume that was moved is detached']: null,
      },
      reason: 'bug 1943431: Nova cannot detach the volume, but the guest has lost it',
    },
    {
      given: { release: 'yoga' },
      reason: 'connection_info names the volume itself',
    },
    {
      given: { release: '2026.1' },
      reason: 'connection_info names the volume itself, as in nova 25',
    },
    {
      given: { release: '2026.1', moved_volume_id: 'of_backend' },
      violates: {
        [attachedVolumeIsWorkingDisk.name]: 94,
        [allAgreeOnAttachments.name]: 94,
        ['the volume that was moved is detached']: null,
      },
      reason: 'if connection_info names the volume of the backend, the bug is back',
    },
  ],
});
