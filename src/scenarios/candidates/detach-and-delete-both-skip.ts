import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { deleteServer } from '../../model/nova/delete.ts';
import { detachVolume } from '../../model/nova/detach.ts';
import { noUnmapUnderDevice } from '../../model/properties/always.ts';
import {
  noDeviceWithoutAttachment,
  noMappingWithoutAttachment,
} from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';

export const detachAndDeleteBothSkip = cloudScenario({
  name: 'detach-and-delete-both-skip',
  about:
    'D1: a user detaches a multiattach volume from one server while another server of the ' +
    'same host is deleted. Each request counts the other server and leaves the device to ' +
    'it. Only the deletion takes the lock of nova 33, so it does not exclude the detach.',
  release: '2026.1',
  entities: () => ({
    servers: { s1: 'h1', s2: 'h1' },
    volumes: { v1: { multiattach: true } },
    attached: [
      ['s1', 'v1'],
      ['s2', 'v1'],
    ],
  }),
  operations: () => ({
    detach: detachVolume.start('s1', 'v1'),
    delete: deleteServer.start('s2'),
  }),
  reachable: [
    cloud.reachable(
      'one server is gone, the other runs without the volume, and the volume is free',
      ({ instances, disks, volumes }) =>
        instances['s2'] === undefined &&
        disks['s1/v1'] === undefined &&
        volumes['v1']?.status === 'available',
    ),
  ],
  expect: [
    {
      given: { release: '2026.1' },
      violates: {
        [noUnmapUnderDevice.name]: 49,
        [noDeviceWithoutAttachment.name]: 59,
        [noMappingWithoutAttachment.name]: 59,
      },
      reason:
        'both requests count two servers and both skip the disconnect: the model shows D1 on ' +
        'today’s master',
    },
    {
      given: { release: '2025.2' },
      violates: {
        [noUnmapUnderDevice.name]: 48,
        [noDeviceWithoutAttachment.name]: 58,
        [noMappingWithoutAttachment.name]: 58,
      },
      reason: 'both skip the disconnect here too; nova 33 changed nothing for this pair',
    },
  ],
});
