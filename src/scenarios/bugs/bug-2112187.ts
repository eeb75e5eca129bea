import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { swapVolume } from '../../model/nova/swap-volume.ts';
import { askLater } from '../../model/operator/later.ts';
import { guestReachesItsDisks, writtenByOneGuest } from '../../model/properties/always.ts';
import { attachedVolumeIsWorkingDisk } from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';

export const bug2112187 = cloudScenario({
  name: 'bug-2112187',
  about:
    'R43: a user has a volume of a running server replaced, and then Nova moves the server. ' +
    'The guest still names the disk after the first volume, so Nova does not find it in the ' +
    'XML and leaves the path of the source. On the destination that path is a volume of ' +
    'another user. Nova 32 lets only Cinder replace volumes.',
  release: '2026.1',
  parameters: {
    by: choice(['user', 'cinder'], { about: 'who asks to replace the volume' }),
  },
  // The candidate D31 (migration-drops-attachment) is a further fault at the end of a migration of
  // Cinder.
  site: { migrated_rows: 'with_names' },
  entities: ({ by }) => ({
    servers: { s1: 'h1', s2: 'h2' },
    volumes: {
      v1: { migrating: by === 'cinder' },
      v2: { migrating: by === 'cinder' },
      v3: {},
      v4: {},
    },
    attached: [
      ['s1', 'v1'],
      ['s2', 'v3'],
      ['s2', 'v4'],
    ],
  }),
  operations: () => ({
    swap: swapVolume.start('s1', 'v1', 'v2'),
    later: askLater.start('live-migrate', 's1', '', 'h2'),
  }),
  reachable: [
    cloud.reachable(
      'the server runs on the other host',
      ({ instances }) => instances['s1']?.host === 'h2' && instances['s1'].task_state === null,
    ),
  ],
  expect: [
    {
      given: { release: '2025.1' },
      violates: {
        [writtenByOneGuest.name]: 110,
        [guestReachesItsDisks.name]: 110,
        [attachedVolumeIsWorkingDisk.name]: 136,
      },
      reason: 'bug 2112187: the guest writes to a volume of another server',
    },
    {
      given: { release: '2025.1', by: 'cinder' },
      reason: 'Cinder gives the first name back, so the guest names its disk correctly',
    },
    {
      given: { release: '2025.2' },
      reason: 'nova 32 refuses it: the server moves with its first volume',
    },
    { given: { release: '2026.1' }, reason: 'Nova refuses it, as in nova 32' },
    {
      given: { release: '2026.1', swap_for: 'anybody' },
      violates: {
        [writtenByOneGuest.name]: 110,
        [guestReachesItsDisks.name]: 110,
        [attachedVolumeIsWorkingDisk.name]: 136,
      },
      reason: 'without this check the bug is back',
    },
  ],
});
