import { backUpVolume } from '../../model/cinder/backup.ts';
import { extendVolume } from '../../model/cinder/extend.ts';
import { uploadToImage } from '../../model/cinder/upload.ts';
import { volumeDelete } from '../../model/cinder/volume-delete.ts';
import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { attachVolume } from '../../model/nova/attach.ts';
import { detachVolume } from '../../model/nova/detach.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';
import type { Process } from '../../spec/process.ts';

/** The requests for a volume: for a free one, or for one that s1 has. */
const requests = {
  attach: { of: 'free', start: () => attachVolume.start('s1', 'v1') },
  delete: { of: 'free', start: () => volumeDelete.start('v1') },
  upload: { of: 'free', start: () => uploadToImage.start('v1', 'h2') },
  'back-up': { of: 'free', start: () => backUpVolume.start('v1', 'h2') },
  detach: { of: 'attached', start: () => detachVolume.start('s1', 'v1') },
  extend: { of: 'attached', start: () => extendVolume.start('v1') },
} as const satisfies Record<string, { of: 'free' | 'attached'; start: () => Process }>;

const pairs = [
  ['attach', 'delete'],
  ['attach', 'upload'],
  ['attach', 'back-up'],
  ['delete', 'upload'],
  ['delete', 'back-up'],
  ['upload', 'back-up'],
  ['detach', 'extend'],
] as const;

const names = ['attach', 'delete', 'upload', 'back-up', 'detach', 'extend'] as const;

export const statusIsTheLock = cloudScenario({
  name: 'status-is-the-lock',
  about:
    'L9: two requests for one volume meet. Its status is the only lock that all services ' +
    'share: each request compares and swaps it, and Cinder refuses the second.',
  release: '2026.1',
  parameters: {
    first: choice(names, { about: 'the first request for the volume' }),
    other: choice(names, { default: 'delete', about: 'the other request for the volume' }),
  },
  refuses: ({ first, other }) =>
    requests[first].of === requests[other].of
      ? undefined
      : `'${requests[first].of}' and '${requests[other].of}' do not go together: '${first}' and '${other}' are requests for different volumes`,
  entities: ({ first }) => ({
    servers: { s1: 'h1' },
    volumes: { v1: {} },
    attached: requests[first].of === 'attached' ? [['s1', 'v1']] : [],
  }),
  operations: ({ first, other }) => ({
    first: requests[first].start(),
    other: requests[other].start(),
  }),
  reachable: [
    cloud.reachable('every request has ended', (_state, processes) =>
      Object.values(processes).every((process) => process?.at === 'done'),
    ),
  ],
  expect: pairs.map(([first, other]) => ({
    given: { first, other },
    reason: 'Cinder refuses the request that swaps the status second',
  })),
});
