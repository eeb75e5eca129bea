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
    'R43: Cinder has moved a multiattach volume of a running server, and the user detaches it. What Nova knows of the volume still names ' +
    'the temporary one, which is deleted: to count the servers that have it fails, when the guest has given its disk up. Nova ' +
    'corrects the id since.',
  release: '2026.1',
  // What else goes wrong at the end of such a migration is candidate D31.
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
      reason: 'bug 1943431: the volume cannot be detached, and the guest has lost it all the same',
    },
    {
      given: { release: 'yoga' },
      reason: 'the id inside is that of the volume',
    },
    { given: { release: '2026.1' }, reason: 'as in nova 25' },
    {
      given: { release: '2026.1', moved_volume_id: 'of_backend' },
      violates: {
        [attachedVolumeIsWorkingDisk.name]: 94,
        [allAgreeOnAttachments.name]: 94,
        ['the volume that was moved is detached']: null,
      },
      reason: 'it is this that mends it',
    },
  ],
});
