import { uploadToImage } from '../model/cinder/upload.ts';
import { volumeDelete } from '../model/cinder/volume-delete.ts';
import { cloud } from '../model/cloud.ts';
import { createServer } from '../model/nova/boot.ts';
import { deleteServer } from '../model/nova/delete.ts';
import { rebuildServer } from '../model/nova/rebuild.ts';
import { situation } from '../model/situation.ts';
import type { Entities } from '../model/start.ts';
import { choice } from '../spec/parameters.ts';
import type { Process } from '../spec/process.ts';

interface Request {
  readonly entities: Entities;
  readonly start: () => Process;
}

const attached: Entities = { servers: { s1: 'h1' }, volumes: { v1: {} }, attached: [['s1', 'v1']] };
const free: Entities = { servers: { s1: 'h1' }, volumes: { v1: {} } };

/** Each request of which a service that starts again knows how to end it. */
const requests = {
  'delete-server': { entities: attached, start: () => deleteServer.start('s1') },
  'delete-volume': { entities: free, start: () => volumeDelete.start('v1') },
  upload: { entities: free, start: () => uploadToImage.start('v1', 'h1') },
  'boot-from-image': {
    entities: { servers: {}, volumes: {} },
    start: () => createServer.start('s1', 'v1', 'h1', 'image'),
  },
  rebuild: { entities: attached, start: () => rebuildServer.start('s1', 'v1') },
} as const satisfies Record<string, Request>;

const names = [
  'delete-server',
  'delete-volume',
  'upload',
  'boot-from-image',
  'rebuild',
] as const satisfies readonly (keyof typeof requests)[];

export const diesMidway = situation({
  name: 'dies-midway',
  about:
    'A service dies at any moment of a request and is back at once. nova-compute goes on with deletions, cinder-volume with deletions, ' +
    'and it knows the statuses of its own actions (DOMAIN.md 2.5). Of all else nobody remembers anything.',
  release: '2026.1',
  parameters: { during: choice(names, { about: 'what has been asked for' }) },
  entities: ({ during }) => requests[during].entities,
  operations: ({ during }) => ({ request: requests[during].start() }),
  faults: () => ({ crash: 1 }),
  reachable: [
    cloud.reachable('everything is over', (_state, processes) =>
      Object.values(processes).every((process) => process?.at === 'done'),
    ),
  ],
  expect: names.map((during) => ({ given: { during }, because: '?' })),
});
