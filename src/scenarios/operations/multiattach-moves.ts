import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { endResize, resizeServer } from '../../model/nova/cold-migrate.ts';
import { deleteServer } from '../../model/nova/delete.ts';
import { liveMigrate } from '../../model/nova/live-migration.ts';
import { shelveServer } from '../../model/nova/shelve.ts';
import { noUnmapUnderDevice } from '../../model/properties/always.ts';
import {
  noDeviceWithoutAttachment,
  noMappingWithoutAttachment,
} from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';
import type { Process } from '../../spec/process.ts';

/**
 * The processes on host h1 that disconnect the volume of a server: each first counts the other
 * servers of that host with the volume.
 */
const moves = ['resize', 'revert', 'shelve', 'live-migration'] as const;

type Move = (typeof moves)[number];

/** The requests that move a server off the host that both share. */
function moveOf(move: Move, server: string, away: string): Record<string, Process> {
  switch (move) {
    case 'resize':
      return { [`resize-${server}`]: resizeServer.start(server, away) };
    case 'revert':
      return { [`revert-${server}`]: endResize.start(server, 'revert') };
    case 'shelve':
      return { [`shelve-${server}`]: shelveServer.start(server) };
    case 'live-migration':
      return { [`migrate-${server}`]: liveMigrate.start(server, away) };
  }
}

export const multiattachMoves = cloudScenario({
  name: 'multiattach-moves',
  about:
    'Two servers of one host share a multiattach volume. One leaves the host, and the other ' +
    'stays, is deleted or leaves it as well. Does bug 2048837, in which two deletions count ' +
    'each other, concern deletions only? No flow that moves a server takes its lock. The ' +
    'scenario sharing-servers-migrate has two live migrations.',
  release: '2026.1',
  parameters: {
    move: choice(moves, { about: 'how the first server leaves the host' }),
    other: choice(['stays', 'is-deleted', 'moves'], {
      about: 'the request to the other server meanwhile',
    }),
  },
  entities: ({ move, other }) => ({
    servers: { s1: 'h1', s2: 'h1' },
    volumes: { v1: { multiattach: true } },
    attached: [
      ['s1', 'v1'],
      ['s2', 'v1'],
    ],
    ...(move === 'revert'
      ? { resized: other === 'moves' ? { s1: 'h2', s2: 'h2' } : { s1: 'h2' } }
      : {}),
  }),
  operations: ({ move, other }) => ({
    ...moveOf(move, 's1', 'h2'),
    ...(other === 'is-deleted' ? { delete: deleteServer.start('s2') } : {}),
    ...(other === 'moves' ? moveOf(move, 's2', 'h2') : {}),
  }),
  reachable: [
    cloud.reachable(
      'the server is off its host, and no request is in flight',
      ({ instances }, processes) =>
        Object.values(processes).every((process) => process?.at === 'done') &&
        instances['s1']?.host !== 'h1' &&
        instances['s1']?.task_state === null,
    ),
  ],
  expect: [
    ...moves.map((move) => ({
      given: { move, other: 'stays' } as const,
      reason: 'Nova counts the other server, and keeps the device and the mapping',
    })),
    {
      given: { move: 'resize', other: 'is-deleted' },
      violates: {
        [noUnmapUnderDevice.name]: 48,
        [noDeviceWithoutAttachment.name]: 93,
        [noMappingWithoutAttachment.name]: 93,
      },
      reason: 'only the deletion holds the lock: each request counts the other server, as in D1',
    },
    {
      given: { move: 'revert', other: 'is-deleted' },
      violates: {
        [noUnmapUnderDevice.name]: 47,
        [noDeviceWithoutAttachment.name]: 93,
        [noMappingWithoutAttachment.name]: 93,
      },
      reason: 'each request counts the other server on the way back too',
    },
    {
      given: { move: 'shelve', other: 'is-deleted' },
      violates: {
        [noUnmapUnderDevice.name]: 48,
        [noDeviceWithoutAttachment.name]: 61,
        [noMappingWithoutAttachment.name]: 61,
      },
      reason: 'each request counts the other server when Nova offloads one too',
    },
    {
      given: { move: 'live-migration', other: 'is-deleted' },
      violates: {
        [noUnmapUnderDevice.name]: 91,
        [noDeviceWithoutAttachment.name]: 105,
        [noMappingWithoutAttachment.name]: 105,
      },
      reason: 'each request counts the other server after the guest has moved too',
    },
    {
      given: { move: 'resize', other: 'moves' },
      violates: {
        [noUnmapUnderDevice.name]: 49,
        [noDeviceWithoutAttachment.name]: 128,
        [noMappingWithoutAttachment.name]: 129,
      },
      reason: 'bug 2048837 without a deletion: the device stays on the host that both have left',
    },
    {
      given: { move: 'revert', other: 'moves' },
      violates: {
        [noUnmapUnderDevice.name]: 47,
        [noDeviceWithoutAttachment.name]: 128,
        [noMappingWithoutAttachment.name]: 129,
      },
      reason: 'the device stays on the way back too',
    },
    {
      given: { move: 'shelve', other: 'moves' },
      violates: {
        [noUnmapUnderDevice.name]: 49,
        [noDeviceWithoutAttachment.name]: 64,
        [noMappingWithoutAttachment.name]: 65,
      },
      reason: 'the device stays here too: each server has an instance lock of its own',
    },
  ],
});
