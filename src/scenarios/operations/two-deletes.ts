import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { deleteServer } from '../../model/nova/delete.ts';
import { noUnmapUnderDevice } from '../../model/properties/always.ts';
import {
  noDeviceWithoutAttachment,
  noMappingWithoutAttachment,
} from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';

export const twoDeletes = cloudScenario({
  name: 'two-deletes',
  about:
    'Two servers that share a multiattach volume are deleted at the same time, on one host ' +
    'or on two.',
  release: '2026.1',
  parameters: {
    hosts: choice(['one', 'two'], { about: 'whether the servers run on one host or on two' }),
  },
  entities: ({ hosts }) => ({
    servers: { s1: 'h1', s2: hosts === 'one' ? 'h1' : 'h2' },
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
      given: { hosts: 'one' },
      states: 332,
      reason: 'one deletion waits for the other',
    },
    {
      given: { hosts: 'one', release: '2025.2' },
      violates: {
        [noUnmapUnderDevice.name]: 45,
        [noDeviceWithoutAttachment.name]: 56,
        [noMappingWithoutAttachment.name]: 56,
      },
      states: 1111,
      reason: 'bug 2048837: both deletions skip the disconnect',
    },
    { given: { hosts: 'two' }, reason: 'each host has a device and a mapping of its own' },
    {
      given: { hosts: 'two', release: '2025.2' },
      reason: 'each host has a device and a mapping of its own',
    },
  ],
});
