import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { attachOf, detachOf } from '../../model/nova/requests.ts';
import { noUnmapUnderDevice } from '../../model/properties/always.ts';
import { noDeviceWithoutAttachment } from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';

export const bug1664032 = cloudScenario({
  name: 'bug-1664032',
  about:
    'R2: a user detaches a volume while another one behind the same target is attached on ' +
    'the same host. os-brick asked the kernel to scan for every LUN of the session, so it ' +
    'made the device of the first volume again before Cinder unmapped it. os-brick 1.12 ' +
    'scans for the one LUN.',
  release: '2026.1',
  // A third volume keeps the session up: no login, which would discover every LUN as well.
  entities: () => ({
    servers: { s1: 'h1', s2: 'h1' },
    volumes: { v1: {}, v2: {}, v3: {} },
    attached: [
      ['s1', 'v1'],
      ['s2', 'v3'],
    ],
  }),
  operations: (_point, release) => ({
    detach: detachOf(release, 's1', 'v1'),
    attach: attachOf(release, 's2', 'v2'),
  }),
  reachable: [
    cloud.reachable(
      'the first volume is free and the second is a disk of the other guest',
      ({ volumes, disks }) =>
        volumes['v1']?.status === 'available' &&
        volumes['v2']?.status === 'in-use' &&
        disks['s2/v2'] !== undefined,
    ),
  ],
  expect: [
    {
      given: { release: 'ocata' },
      violates: { [noUnmapUnderDevice.name]: 45, [noDeviceWithoutAttachment.name]: 73 },
      reason: 'bug 1664032: the scan for the second volume finds the first, which is still mapped',
    },
    {
      given: { release: 'pike' },
      reason: 'os-brick 1.12 scans for one host, channel, target and LUN',
    },
    {
      given: { release: 'pike', scan: 'session' },
      violates: { [noUnmapUnderDevice.name]: 44, [noDeviceWithoutAttachment.name]: 72 },
      reason: 'if os-brick scans the whole session, the bug is back',
    },
    { given: { release: '2026.1' }, reason: 'no step scans for more than the one LUN' },
  ],
});
