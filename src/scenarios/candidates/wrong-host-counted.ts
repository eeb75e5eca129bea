import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { evacuate, restartCompute } from '../../model/nova/evacuate.ts';
import { liveMigrate } from '../../model/nova/live-migration.ts';
import {
  connectedAttachmentIsMapped,
  guestReachesItsDisks,
  movingServerKeepsAttachment,
  noDeviceRemovedUnderGuest,
  noUnmapUnderDevice,
} from '../../model/properties/always.ts';
import {
  attachedVolumeIsWorkingDisk,
  noDeviceWithoutAttachment,
} from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';
import type { Process } from '../../spec/process.ts';

export const wrongHostCounted = cloudScenario({
  name: 'wrong-host-counted',
  about:
    'D12: Nova rolls back a live migration of a server with a multiattach volume. Before ' +
    'the destination disconnects, it counts the servers of instance.host, which is the ' +
    'source. That is the wrong host, wherever the other server is. A host that comes back ' +
    'after an evacuation also counts the wrong host.',
  release: '2026.1',
  parameters: {
    when: choice(['rollback', 'preparing', 'evacuated'], {
      about:
        'when Nova counts: after a failed move, when the destination cannot prepare, or when a ' +
        'host comes back whose server was evacuated',
    }),
    other: choice(['destination', 'source'], {
      about: 'the host of another server that has the volume',
    }),
  },
  entities: ({ when, other }) => ({
    servers: { s1: 'h1', s2: other === 'destination' ? 'h2' : 'h1' },
    volumes: { v1: { multiattach: true } },
    attached: [
      ['s1', 'v1'],
      ['s2', 'v1'],
    ],
    ...(when === 'evacuated' ? { down: ['h1'] } : {}),
    // If another guest uses the volume on the host, the device stays after an operator ends this
    // guest. If none does, this guest is still there.
    ...(when === 'evacuated' && other === 'source' ? { fenced: ['s1'] } : {}),
  }),
  operations: ({ when }): Record<string, Process> =>
    when === 'evacuated'
      ? { evacuate: evacuate.start('s1', 'h2'), restart: restartCompute.start('h1') }
      : { migrate: liveMigrate.start('s1', 'h2') },
  faults: ({ when }) =>
    ({
      rollback: { 'migration-error': 1 },
      preparing: { 'destination-error': 1 },
      evacuated: {},
    })[when],
  reachable: [
    cloud.reachable('the move has ended, done or failed', ({ migrations, instances }) => {
      const over = Object.values(migrations).map(({ status }) => status);
      return (
        over.some((status) => ['failed', 'done'].includes(status)) &&
        instances['s1']?.task_state === null
      );
    }),
  ],
  expect: [
    {
      given: { other: 'destination' },
      violates: { [noDeviceRemovedUnderGuest.name]: 62, [attachedVolumeIsWorkingDisk.name]: 84 },
      reason:
        'the destination counts the one server of the source, so it removes the device that its ' +
        'other server uses',
    },
    {
      given: { other: 'source' },
      violates: { [noUnmapUnderDevice.name]: 71, [noDeviceWithoutAttachment.name]: 80 },
      reason:
        'the destination counts the two servers of the source, so it keeps its device, and ' +
        'Cinder unmaps it',
    },
    {
      given: { when: 'preparing', other: 'destination' },
      violates: {
        [noUnmapUnderDevice.name]: 33,
        [noDeviceRemovedUnderGuest.name]: 36,
        [guestReachesItsDisks.name]: 33,
        [connectedAttachmentIsMapped.name]: 33,
        [attachedVolumeIsWorkingDisk.name]: 75,
      },
      reason:
        'the loop of nova 32 counts the same way; and os-brick itself cleans up by LUN number ' +
        'when it cannot connect (docs/openstack.md 6.2)',
    },
    {
      given: { when: 'preparing', other: 'source' },
      violates: { [noUnmapUnderDevice.name]: 56, [noDeviceWithoutAttachment.name]: 75 },
      reason: 'the loop of nova 32 counts the same way',
    },
    {
      given: { when: 'evacuated', other: 'destination' },
      violates: {
        [noUnmapUnderDevice.name]: 16,
        [guestReachesItsDisks.name]: 16,
        [movingServerKeepsAttachment.name]: 19,
        [noDeviceWithoutAttachment.name]: 68,
      },
      reason:
        'the old host counts the two servers of the new one, so it keeps the device. Before ' +
        'that Cinder unmaps the volume from under a guest that no operator has fenced, as an ' +
        'evacuation requires',
    },
    {
      given: { when: 'evacuated', other: 'source' },
      violates: { [noDeviceRemovedUnderGuest.name]: 31, [attachedVolumeIsWorkingDisk.name]: 72 },
      reason:
        'the old attachment is gone and the new one not yet attached: the old host counts only ' +
        'the other server, and removes its device',
    },
  ],
});
