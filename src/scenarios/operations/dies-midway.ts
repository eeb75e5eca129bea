import { uploadToImage } from '../../model/cinder/upload.ts';
import { volumeCreate } from '../../model/cinder/volume-create.ts';
import { volumeDelete } from '../../model/cinder/volume-delete.ts';
import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import type { Entities } from '../../model/cloud-scenario/entities.ts';
import { deleteServer } from '../../model/nova/delete.ts';
import {
  noDeviceWithoutAttachment,
  noMappingWithoutAttachment,
  noSessionWithoutDevice,
} from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';
import type { Process } from '../../spec/process.ts';

interface Request {
  readonly entities: Entities;
  readonly start: () => Process;
}

const attached: Entities = { servers: { s1: 'h1' }, volumes: { v1: {} }, attached: [['s1', 'v1']] };
const free: Entities = { servers: { s1: 'h1' }, volumes: { v1: {} } };

/** Each request that a restarted service knows how to end. */
const requests = {
  'delete-server': { entities: attached, start: () => deleteServer.start('s1') },
  'delete-volume': { entities: free, start: () => volumeDelete.start('v1') },
  upload: { entities: free, start: () => uploadToImage.start('v1', 'h1') },
  'create-volume': {
    entities: { servers: {}, volumes: {} },
    start: () => volumeCreate.start('v1'),
  },
} as const satisfies Record<string, Request>;

const names = [
  'delete-server',
  'delete-volume',
  'upload',
  'create-volume',
] as const satisfies readonly (keyof typeof requests)[];

export const diesMidway = cloudScenario({
  name: 'dies-midway',
  about:
    'A service dies at any moment of a request and is back at once. nova-compute and ' +
    'cinder-volume resume deletions, and cinder-volume resets the statuses of its own ' +
    'actions (docs/openstack.md 2.5). They remember nothing else.',
  release: '2026.1',
  parameters: { during: choice(names, { about: 'the request' }) },
  entities: ({ during }) => requests[during].entities,
  operations: ({ during }) => ({ request: requests[during].start() }),
  faults: () => ({ crash: 1 }),
  reachable: [
    cloud.reachable('every request has ended', (_state, processes) =>
      Object.values(processes).every((process) => process?.at === 'done'),
    ),
  ],
  expect: [
    {
      given: { during: 'delete-server' },
      reason: 'nova-compute reads the mappings again and deletes the rest',
    },
    { given: { during: 'delete-volume' }, reason: 'cinder-volume deletes what is `deleting`' },
    {
      given: { during: 'create-volume' },
      reason: 'a volume whose creation no service continues is in error',
    },
    {
      given: { during: 'upload' },
      violates: {
        [noDeviceWithoutAttachment.name]: 7,
        [noSessionWithoutDevice.name]: 6,
        [noMappingWithoutAttachment.name]: 4,
      },
      reason:
        'cinder-volume gives the volume its status back, but remembers nothing of the ' +
        'connection to its own host',
    },
  ],
});
