import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { deleteServer } from '../../model/nova/delete.ts';
import { startCompute } from '../../model/operator/operator.ts';
import { noDeviceRemovedUnderGuest } from '../../model/properties/always.ts';
import { attachedVolumeIsWorkingDisk } from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';

const outlives = cloud.never(
  'a volume that was detached from a server is deleted with it',
  ({ volumes }) => volumes['v1'] === undefined || volumes['v1'].status === 'deleting',
);

export const cleanupByOldMappings = cloudScenario({
  name: 'cleanup-by-old-mappings',
  about:
    'D30: a user deletes a server while its nova-compute is down. When the service is back, ' +
    'it disconnects the volumes of the server by all mappings that were ever deleted. One ' +
    'of them names a volume that was detached long before, and another server uses its LUN ' +
    'number by now.',
  release: '2026.1',
  parameters: {
    mapping: choice(['stays', 'goes'], {
      about: 'whether Nova was to delete the volume together with the server when it was attached',
    }),
  },
  entities: ({ mapping }) => ({
    servers: { s1: 'h1', s2: 'h1' },
    volumes: { v1: {}, v2: {} },
    attached: [['s2', 'v2']],
    detachedBefore: [
      { server: 's1', volume: 'v1', lun: 0, delete_on_termination: mapping === 'goes' },
    ],
    down: ['h1'],
  }),
  operations: () => ({
    delete: deleteServer.start('s1'),
    operator: startCompute.start('h1'),
  }),
  reachable: [
    cloud.reachable(
      'the server is gone, and the periodic clean-up has ended',
      ({ instances, deleted_bdms: bdms }) =>
        instances['s1'] === undefined && Object.keys(bdms).length === 0,
    ),
    outlives,
  ],
  expect: [
    {
      given: { mapping: 'stays' },
      violates: { [noDeviceRemovedUnderGuest.name]: 12, [attachedVolumeIsWorkingDisk.name]: 21 },
      reason:
        'the device of the other server has the LUN number of the old mapping: the model shows ' +
        'D30 on today’s master',
    },
    {
      given: { mapping: 'goes' },
      violates: {
        [noDeviceRemovedUnderGuest.name]: 12,
        [attachedVolumeIsWorkingDisk.name]: 26,
        [outlives.name]: 21,
      },
      reason:
        'the old mapping says that Nova deletes the volume with the server, so it deletes a ' +
        'volume that its owner has kept',
    },
  ],
});
