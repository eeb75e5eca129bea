import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { attachVolume } from '../../model/nova/attach.ts';
import { deleteServer } from '../../model/nova/delete.ts';
import { shelveServer } from '../../model/nova/shelve.ts';
import { startCompute } from '../../model/operator/operator.ts';
import { cloud } from '../../model/world/cloud.ts';

export const deletedWhileShelved = cloudScenario({
  name: 'deleted-while-shelved',
  about:
    'A user shelves a server and then deletes it, and nova-api does so alone. The mapping ' +
    'still holds the connection to the host that the server has left, and another server ' +
    'there uses the same LUN number by now. The guest is not on that host any more, so the ' +
    'periodic clean-up does not look for it (docs/openstack.md 8.9).',
  release: '2026.1',
  entities: () => ({
    servers: { s1: 'h1', s2: 'h1' },
    volumes: { v1: {}, v2: {} },
    attached: [['s1', 'v1']],
  }),
  operations: () => ({
    shelve: shelveServer.start('s1'),
    delete: deleteServer.start('s1', 'shelved_offloaded'),
    attach: attachVolume.start('s2', 'v2'),
    operator: startCompute.start('h1'),
  }),
  reachable: [
    cloud.reachable(
      'the server is gone, and the other one has its volume by the same number',
      ({ instances, disks }) => instances['s1'] === undefined && disks['s2/v2'] === 'h1/array/0',
    ),
  ],
  expect: [{ reason: 'no step reads the old mapping' }],
});
