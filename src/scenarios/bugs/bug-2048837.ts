import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { lacksMultiattach } from '../../model/cloud-scenario/refusals.ts';
import { deleteServer } from '../../model/nova/delete.ts';
import { noUnmapUnderDevice } from '../../model/properties/always.ts';
import {
  noDeviceWithoutAttachment,
  noMappingWithoutAttachment,
} from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';

export const bug2048837 = cloudScenario({
  name: 'bug-2048837',
  about:
    'R6: two servers of one host that share a multiattach volume are deleted at the same ' +
    'time. Each deletion counts the other server and leaves the device to it. Nova 33 locks ' +
    'the volume while it deletes a server.',
  release: '2026.1',
  refuses: (_point, release) => lacksMultiattach(release),
  entities: () => ({
    servers: { s1: 'h1', s2: 'h1' },
    volumes: { v1: { multiattach: true } },
    attached: [
      ['s1', 'v1'],
      ['s2', 'v1'],
    ],
  }),
  operations: () => ({ delete1: deleteServer.start('s1'), delete2: deleteServer.start('s2') }),
  liveness: 'services',
  reachable: [
    cloud.reachable(
      'both servers are gone and the volume is free',
      ({ instances, volumes }) =>
        instances['s1'] === undefined &&
        instances['s2'] === undefined &&
        volumes['v1']?.status === 'available',
    ),
  ],
  expect: [
    {
      given: { release: '2025.2' },
      violates: {
        [noUnmapUnderDevice.name]: 45,
        [noDeviceWithoutAttachment.name]: 56,
        [noMappingWithoutAttachment.name]: 56,
      },
      reason:
        'bug 2048837: both deletions count two servers and both skip the disconnect; the driver ' +
        'counts in the same way',
    },
    { given: { release: '2026.1' }, reason: 'nova 33: one deletion waits for the other' },
    {
      given: { release: '2026.1', L2: 'none' },
      violates: {
        [noUnmapUnderDevice.name]: 45,
        [noDeviceWithoutAttachment.name]: 56,
        [noMappingWithoutAttachment.name]: 56,
      },
      reason: 'without this lock the bug is back',
    },
  ],
});
