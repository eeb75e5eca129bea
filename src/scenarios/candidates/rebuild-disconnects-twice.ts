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
    'D26: a server with a data volume is rebuilt on its host while another server of that ' +
    'host attaches a volume. The rebuild detaches the data volume as a user would. Then the ' +
    'driver destroys the guest and disconnects the volume again: by force, outside the ' +
    'lock, and after Cinder has unmapped the LUN.',
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
      'the server is rebuilt, and both servers have their volumes',
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
        'the LUN number belongs to the volume of the other server by then: the model shows D26 ' +
        'on today’s master',
    },
    {
      given: { fault: 'none', manual_scan: 'no' },
      violates: { [noDeviceRemovedUnderGuest.name]: 71 },
      reason:
        'guard_connection covers the detach, but not the second disconnect. In the end the host ' +
        'has a device of that LUN again, because the rebuilt server logs in and such a host ' +
        'then scans every LUN',
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
        'a further fault, found with this model: if the host cannot disconnect a data volume ' +
        'the rebuild ends, and leaves the second attachment that was to keep the volume ' +
        'reserved',
    },
  ],
});
