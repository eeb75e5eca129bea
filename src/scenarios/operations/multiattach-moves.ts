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
 * What leaves host h1 of a server: each counts who else of that host has the volume before it
 * disconnects.
 */
const moves = ['resize', 'revert', 'shelve', 'live-migration'] as const;

type Move = (typeof moves)[number];

/** The requests that take a server off the host that both share. */
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
    'Two servers of one host share a multiattach volume. One leaves the host, and the other stays, is deleted or leaves it as ' +
    'well: is bug 2048837, two that count each other, a matter of deletions only? No flow that moves a server takes its lock. Two live migrations: sharing-servers-migrate.',
  release: '2026.1',
  parameters: {
    move: choice(moves, { about: 'how the first server leaves the host' }),
    other: choice(['stays', 'is-deleted', 'moves'], { about: 'what the other one does meanwhile' }),
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
      'the server is off its host, and nothing goes on any more',
      ({ instances }, processes) =>
        Object.values(processes).every((process) => process?.at === 'done') &&
        instances['s1']?.host !== 'h1' &&
        instances['s1']?.task_state === null,
    ),
  ],
  expect: [
    ...moves.map((move) => ({
      given: { move, other: 'stays' } as const,
      reason: 'the other server is counted, and keeps the device and the mapping',
    })),
    {
      given: { move: 'resize', other: 'is-deleted' },
      violates: {
        [noUnmapUnderDevice.name]: 48,
        [noDeviceWithoutAttachment.name]: 93,
        [noMappingWithoutAttachment.name]: 93,
      },
      reason: 'the deletion holds the lock alone: each counts the other, as in D1',
    },
    {
      given: { move: 'revert', other: 'is-deleted' },
      violates: {
        [noUnmapUnderDevice.name]: 47,
        [noDeviceWithoutAttachment.name]: 93,
        [noMappingWithoutAttachment.name]: 93,
      },
      reason: 'the same on the way back',
    },
    {
      given: { move: 'shelve', other: 'is-deleted' },
      violates: {
        [noUnmapUnderDevice.name]: 48,
        [noDeviceWithoutAttachment.name]: 61,
        [noMappingWithoutAttachment.name]: 61,
      },
      reason: 'the same when a server is taken off its host',
    },
    {
      given: { move: 'live-migration', other: 'is-deleted' },
      violates: {
        [noUnmapUnderDevice.name]: 91,
        [noDeviceWithoutAttachment.name]: 105,
        [noMappingWithoutAttachment.name]: 105,
      },
      reason: 'the same when the guest has moved',
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
      reason: 'the same on the way back',
    },
    {
      given: { move: 'shelve', other: 'moves' },
      violates: {
        [noUnmapUnderDevice.name]: 49,
        [noDeviceWithoutAttachment.name]: 64,
        [noMappingWithoutAttachment.name]: 65,
      },
      reason: 'the same: the instance lock is that of each server',
    },
  ],
});
