import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { attachVolume } from '../../model/nova/attach.ts';
import { rebuildServer } from '../../model/nova/rebuild.ts';
import {
  noDeviceRemovedUnderGuest,
  secondAttachmentOnlyForMove,
} from '../../model/properties/always.ts';
import {
  attachedVolumeIsWorkingDisk,
  everyAttachmentHasBdm,
} from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';

export const rebuildDisconnectsTwice = cloudScenario({
  name: 'rebuild-disconnects-twice',
  about:
    'D26: a server with a data volume is rebuilt on its host while another server of that host attaches a volume. The rebuild ' +
    'detaches the data volume as a user would; then the driver destroys the guest and disconnects the volume once more, by ' +
    'force, outside the lock, and after the LUN was unmapped.',
  release: '2026.1',
  parameters: {
    fault: choice(['none', 'brick-error'], { about: 'what fails, once, at any moment' }),
  },
  entities: () => ({
    servers: { s1: 'h1', s2: 'h1' },
    volumes: { v1: {}, v2: {} },
    attached: [['s1', 'v1']],
  }),
  operations: () => ({
    rebuild: rebuildServer.start('s1', ''),
    attach: attachVolume.start('s2', 'v2'),
  }),
  faults: ({ fault }) => (fault === 'none' ? {} : { [fault]: 1 }),
  reachable: [
    cloud.reachable(
      'the server is rebuilt, and both have their volumes',
      ({ instances, disks, attachments, volumes }) =>
        instances['s1']?.task_state === null &&
        disks['s1/v1'] !== undefined &&
        attachments['attachment-rebuild']?.status === 'attached' &&
        disks['s2/v2'] !== undefined &&
        volumes['v2']?.status === 'in-use',
    ),
  ],
  expect: [
    {
      given: { fault: 'none' },
      violates: { [noDeviceRemovedUnderGuest.name]: 71, [attachedVolumeIsWorkingDisk.name]: 118 },
      reason:
        'the LUN number belongs to the volume of the other server by then: the model shows D26 on today’s master',
    },
    {
      given: { fault: 'none', manual_scan: 'no' },
      violates: { [noDeviceRemovedUnderGuest.name]: 71 },
      reason:
        'where the detach is under guard_connection the second disconnect is not. In the end the host has a device of that ' +
        'LUN again, because the rebuilt server logs in and such a host looks for every LUN then',
    },
    {
      given: { fault: 'brick-error' },
      violates: {
        [secondAttachmentOnlyForMove.name]: 22,
        [noDeviceRemovedUnderGuest.name]: 71,
        [everyAttachmentHasBdm.name]: 66,
        [attachedVolumeIsWorkingDisk.name]: 116,
      },
      reason:
        'another matter, found with this model: a data volume that cannot be disconnected ends the rebuild, and the second ' +
        'attachment, which was to keep it reserved, is left behind',
    },
  ],
});
