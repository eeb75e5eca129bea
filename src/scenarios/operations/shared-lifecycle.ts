import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { createServer } from '../../model/nova/boot.ts';
import { deleteServer } from '../../model/nova/delete.ts';
import { rebootServer } from '../../model/nova/reboot.ts';
import { rebuildServer } from '../../model/nova/rebuild.ts';
import { startCompute } from '../../model/operator/operator.ts';
import {
  connectedAttachmentIsMapped,
  guestReachesItsDisks,
  noDeviceRemovedUnderGuest,
  noUnmapUnderDevice,
} from '../../model/properties/always.ts';
import {
  attachedVolumeIsWorkingDisk,
  connectionsNameHostOfServer,
  everyBdmHasAttachment,
  noDeviceWithoutAttachment,
} from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';

export const sharedLifecycle = cloudScenario({
  name: 'shared-lifecycle',
  about:
    'Two servers of one host share a multiattach volume. One of them is booted, rebooted, ' +
    'rebuilt or deleted, and the other must not notice, even if os-brick fails or the guest ' +
    'cannot start.',
  release: '2026.1',
  parameters: {
    action: choice(['boot', 'reboot', 'rebuild', 'local-delete'], {
      about: 'the request to the first server',
    }),
    other: choice(['runs', 'none'], { about: 'whether another server has the volume' }),
    fault: choice(['none', 'brick-error', 'guest-refuses', 'both'], { about: 'what fails, once' }),
  },
  entities: ({ action, other }) => {
    const first = action === 'boot' ? [] : ['s1'];
    const servers = other === 'runs' ? [...first, 's2'] : first;
    return {
      servers: Object.fromEntries(servers.map((server) => [server, 'h1'])),
      volumes: { v1: { multiattach: true } },
      attached: servers.map((server) => [server, 'v1'] as const),
      down: action === 'local-delete' ? ['h1'] : [],
    };
  },
  operations: ({ action }) => {
    if (action === 'boot') return { boot: createServer.start('s1', 'v1', 'h1') };
    if (action === 'reboot') return { reboot: rebootServer.start('s1') };
    if (action === 'rebuild') return { rebuild: rebuildServer.start('s1', 'v1') };
    return { delete: deleteServer.start('s1'), operator: startCompute.start('h1') };
  },
  faults: ({ fault }) => {
    if (fault === 'none') return {};
    return fault === 'both' ? { 'brick-error': 1, 'guest-refuses': 1 } : { [fault]: 1 };
  },
  reachable: [
    cloud.reachable(
      'every request has ended, and the first server is gone, in error, or has its disk',
      ({ instances, disks }, processes) =>
        Object.values(processes).every((process) => process?.at === 'done') &&
        (disks['s1/v1'] !== undefined || instances['s1']?.vm_state !== 'active'),
    ),
  ],
  expect: [
    {
      given: { action: 'boot', other: 'runs', fault: 'none' },
      reason: 'the servers share the device, and Nova counts them',
    },
    {
      given: { action: 'boot', other: 'runs', fault: 'brick-error' },
      violates: {
        [noDeviceRemovedUnderGuest.name]: 38,
        [everyBdmHasAttachment.name]: 51,
        [connectionsNameHostOfServer.name]: 51,
        [attachedVolumeIsWorkingDisk.name]: 51,
      },
      reason:
        'os-brick cleans a failed connect up by LUN number without a count: the other server ' +
        'loses its device',
    },
    {
      given: { action: 'boot', other: 'runs', fault: 'guest-refuses' },
      violates: { [everyBdmHasAttachment.name]: 57, [connectionsNameHostOfServer.name]: 57 },
      reason: 'Nova skips the disconnect; the mapping of a server in error stays',
    },
    {
      given: { action: 'boot', other: 'none', fault: 'both' },
      violates: { [everyBdmHasAttachment.name]: 51, [connectionsNameHostOfServer.name]: 51 },
      reason: 'Nova removes by force a device that the host cannot flush',
    },
    {
      given: { action: 'boot', other: 'none', fault: 'both', release: '2023.1' },
      violates: {
        [noUnmapUnderDevice.name]: 56,
        [everyBdmHasAttachment.name]: 51,
        [connectionsNameHostOfServer.name]: 51,
        [noDeviceWithoutAttachment.name]: 62,
      },
      reason: 'before nova 28 the device stays, and Cinder unmaps its LUN',
    },
    {
      given: { action: 'reboot', other: 'runs', fault: 'none' },
      reason: 'Nova neither disconnects nor connects twice',
    },
    {
      given: { action: 'reboot', other: 'runs', fault: 'brick-error' },
      violates: { [noDeviceRemovedUnderGuest.name]: 28, [attachedVolumeIsWorkingDisk.name]: 31 },
      reason: 'a failed connect leads to the same clean-up',
    },
    {
      given: { action: 'reboot', other: 'none', fault: 'brick-error' },
      reason: 'the server is in error, or Nova removed the device by force',
    },
    {
      given: { action: 'reboot', other: 'none', fault: 'brick-error', release: '2023.1' },
      reason: 'Nova uses the device that stays again',
    },
    {
      given: { action: 'rebuild', other: 'runs', fault: 'none' },
      reason: 'Cinder refuses to write an image to a volume that is in-use; the server is in error',
    },
    {
      given: { action: 'rebuild', other: 'none', fault: 'brick-error' },
      reason: 'the server is in error, or Nova removed the device by force',
    },
    {
      given: { action: 'rebuild', other: 'none', fault: 'brick-error', release: '2023.1' },
      reason: 'the detach of the root volume removes what the destruction of the guest leaves',
    },
    {
      given: { action: 'local-delete', other: 'runs', fault: 'none' },
      violates: {
        [noUnmapUnderDevice.name]: 34,
        [noDeviceRemovedUnderGuest.name]: 28,
        [guestReachesItsDisks.name]: 34,
        [connectedAttachmentIsMapped.name]: 34,
        [attachedVolumeIsWorkingDisk.name]: 39,
      },
      reason:
        'the periodic clean-up counts after the attachment of its own server is gone: it finds ' +
        'one, and disconnects the device of the other. A nova-compute that starts meanwhile ' +
        'deletes the same attachment: the driver counts twice, and unmaps the volume of the ' +
        'other',
    },
    {
      given: { action: 'local-delete', other: 'none', fault: 'brick-error' },
      violates: {
        [noUnmapUnderDevice.name]: 10,
        [guestReachesItsDisks.name]: 10,
        [noDeviceWithoutAttachment.name]: 27,
      },
      reason:
        'inherent to the design: the guest runs on over an unmapped LUN; and the device stays ' +
        'where nova-compute resumes the deletion by the mappings that are left',
    },
    {
      given: { action: 'local-delete', other: 'none', fault: 'brick-error', release: '2023.1' },
      violates: {
        [noUnmapUnderDevice.name]: 10,
        [guestReachesItsDisks.name]: 10,
        [noDeviceWithoutAttachment.name]: 27,
      },
      reason: 'before nova 28 the device stays',
    },
  ],
});
