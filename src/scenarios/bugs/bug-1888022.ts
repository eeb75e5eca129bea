import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { detachVolume } from '../../model/nova/detach.ts';
import { noSessionWithoutDevice } from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';

export const bug1888022 = cloudScenario({
  name: 'bug-1888022',
  about:
    'R38: two servers of one host share a multiattach volume on an NFS export, and a user ' +
    'detaches it from both. Since nova 18 Nova skips the first disconnect, because the ' +
    'other server has the volume. So the mount manager counts a user that is gone, and ' +
    'never unmounts. Nova 22 always disconnects such volumes, since the mount manager ' +
    'counts their users.',
  release: '2026.1',
  // Before Yoga Cinder wrote the statuses twice, which is a race of its own (bug 1937084).
  site: { status_writers: 'c-api' },
  entities: () => ({
    servers: { s1: 'h1', s2: 'h1' },
    volumes: { v1: { multiattach: true, target: 'export' } },
    attached: [
      ['s1', 'v1'],
      ['s2', 'v1'],
    ],
  }),
  operations: () => ({
    detach1: detachVolume.start('s1', 'v1'),
    detach2: detachVolume.start('s2', 'v1'),
  }),
  reachable: [
    cloud.reachable('the volume is free', ({ volumes }) => volumes['v1']?.status === 'available'),
    cloud.reachable(
      'one server has given the volume up, and the other still has it',
      ({ bdms, sessions, disks }) =>
        bdms['bdm-s1-v1'] === undefined &&
        disks['s2/v1'] !== undefined &&
        sessions['h1/export'] === true,
    ),
  ],
  expect: [
    {
      given: { release: 'queens' },
      reason: 'no step counts servers yet; the mount manager counts',
    },
    {
      given: { release: 'ussuri' },
      violates: { [noSessionWithoutDevice.name]: 61 },
      reason: 'bug 1888022: the skipped disconnect leaves a user of the mount that is gone',
    },
    {
      given: { release: 'victoria' },
      reason: 'nova 22 disconnects volumes of mounted file systems',
    },
    { given: { release: '2026.1' }, reason: 'nova 22 disconnects volumes of mounted file systems' },
    {
      given: { release: '2026.1', shared_files: 'skipped' },
      violates: { [noSessionWithoutDevice.name]: 61 },
      reason: 'if Nova skips them, the bug is back',
    },
  ],
});
