import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import type { Entities } from '../../model/cloud-scenario/entities.ts';
import { endResize, resizeServer } from '../../model/nova/cold-migrate.ts';
import { deleteServer } from '../../model/nova/delete.ts';
import { evacuate } from '../../model/nova/evacuate.ts';
import { liveMigrate } from '../../model/nova/live-migration.ts';
import { shelveServer, unshelveServer } from '../../model/nova/shelve.ts';
import { guestReachesItsDisks, noUnmapUnderDevice } from '../../model/properties/always.ts';
import {
  allAgreeOnAttachments,
  everyAttachmentHasBdm,
  noDeviceWithoutAttachment,
  noMappingWithoutAttachment,
  volumeStatusFitsAttachments,
} from '../../model/properties/at-rest.ts';
import { noneGivenWithoutDevice } from '../../model/properties/guests.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';
import type { Process } from '../../spec/process.ts';

interface Way {
  readonly entities: Entities;
  readonly requests: { readonly [pid: string]: Process };
}

const running: Entities = {
  servers: { s1: 'h1' },
  volumes: { v1: {} },
  attached: [['s1', 'v1']],
};
const shelved: Entities = { ...running, servers: { s1: null } };

/** How a server moves from one host to another, or to none. */
const ways = {
  resize: { entities: running, requests: { resize: resizeServer.start('s1', 'h2') } },
  revert: {
    entities: { ...running, servers: { s1: 'h2' }, resized: { s1: 'h1' } },
    requests: { revert: endResize.start('s1', 'revert') },
  },
  unshelve: { entities: shelved, requests: { unshelve: unshelveServer.start('s1', 'h1') } },
  'unshelve-shelve': {
    entities: shelved,
    requests: { unshelve: unshelveServer.start('s1', 'h1'), shelve: shelveServer.start('s1') },
  },
  evacuation: {
    entities: { ...running, down: ['h1'], fenced: ['s1'] },
    requests: { evacuate: evacuate.start('s1', 'h2') },
  },
  migration: {
    entities: { ...running, ports: { p1: 's1' } },
    requests: { migrate: liveMigrate.start('s1', 'h2') },
  },
} as const satisfies Record<string, Way>;

export const deletedOnTheWay = cloudScenario({
  name: 'deleted-on-the-way',
  about:
    'A user deletes a server while it moves from one host to another, or to none. Nova ' +
    'always accepts a deletion, and it uses the host and the mappings of that moment.',
  release: '2026.1',
  parameters: {
    way: choice(['resize', 'revert', 'unshelve', 'unshelve-shelve', 'evacuation', 'migration'], {
      about: 'the request that moves the server',
    }),
    volume: choice(['one', 'none'], { about: 'whether the server has a volume' }),
    fault: choice(['none', 'rest-500'], { about: 'what fails, once' }),
  },
  entities: ({ way, volume }) =>
    volume === 'one' ? ways[way].entities : { ...ways[way].entities, volumes: {}, attached: [] },
  operations: ({ way }) => ({ ...ways[way].requests, delete: deleteServer.start('s1') }),
  faults: ({ fault }) => (fault === 'none' ? {} : { [fault]: 1 }),
  reachable: [
    noneGivenWithoutDevice,
    cloud.reachable(
      'the server is gone, and every request has ended',
      ({ instances }, processes) =>
        Object.values(processes).every((process) => process?.at === 'done') &&
        instances['s1'] === undefined,
    ),
  ],
  expect: [
    ...(['resize', 'revert', 'unshelve', 'unshelve-shelve', 'evacuation'] as const).map((way) => ({
      given: { way, volume: 'none' } as const,
      reason:
        'each step that saves the row of the server finds it gone, or being deleted, and stops',
    })),
    {
      given: { way: 'migration', volume: 'none', fault: 'rest-500' },
      reason: 'the source, whose clean-up has failed, finds no row to write the new host to',
    },
    {
      given: { way: 'unshelve' },
      violates: {
        [noUnmapUnderDevice.name]: 43,
        [guestReachesItsDisks.name]: 46,
        [volumeStatusFitsAttachments.name]: 48,
        [everyAttachmentHasBdm.name]: 66,
        [noDeviceWithoutAttachment.name]: 53,
        [noMappingWithoutAttachment.name]: 39,
        [allAgreeOnAttachments.name]: 53,
      },
      reason:
        'the row names no host until the attachments are complete, so nova-api itself deletes a ' +
        'server that nova-compute is starting. It takes no lock, and no step disconnects the ' +
        'host. The guest may run on',
    },
    {
      given: { way: 'evacuation' },
      violates: {
        [noUnmapUnderDevice.name]: 63,
        [guestReachesItsDisks.name]: 66,
        [volumeStatusFitsAttachments.name]: 34,
        [everyAttachmentHasBdm.name]: 33,
        [noDeviceWithoutAttachment.name]: 70,
        [noMappingWithoutAttachment.name]: 57,
        [allAgreeOnAttachments.name]: 67,
      },
      reason:
        'the row names the dead host until the guest runs on the new one, which finds out too ' +
        'late and undoes nothing',
    },
  ],
});
