import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { attachVolume } from '../../model/nova/attach.ts';
import {
  connectedAttachmentIsMapped,
  guestReachesItsDisks,
  noDeviceRemovedUnderGuest,
} from '../../model/properties/always.ts';
import { attachedVolumeIsWorkingDisk } from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';

export const encryptorSkipsCount = cloudScenario({
  name: 'encryptor-skips-count',
  about:
    'D25: a multiattach volume that one server uses is attached to another server of the ' +
    'same host, and the encryptor fails. Nova then calls the disconnect of the volume ' +
    'driver directly and does not count the servers.',
  release: '2026.1',
  parameters: {
    target: choice(['array', 'export'], {
      about: 'whether the volume is of an array or a file on an NFS export',
    }),
  },
  entities: ({ target }) => ({
    servers: { s1: 'h1', s2: 'h1' },
    volumes: { v1: { multiattach: true, target } },
    attached: [['s1', 'v1']],
  }),
  operations: () => ({ attach: attachVolume.start('s2', 'v1') }),
  faults: () => ({ 'encryptor-error': 1 }),
  reachable: [
    cloud.reachable(
      'the volume is a disk of both guests',
      ({ disks }) => disks['s1/v1'] !== undefined && disks['s2/v1'] !== undefined,
    ),
  ],
  expect: [
    {
      violates: {
        [noDeviceRemovedUnderGuest.name]: 39,
        [guestReachesItsDisks.name]: 47,
        [connectedAttachmentIsMapped.name]: 47,
        [attachedVolumeIsWorkingDisk.name]: 57,
      },
      reason: 'no caller handles this error: the model shows D25 on today’s master',
    },
    {
      given: { target: 'export' },
      reason: 'the driver of such a volume asks the mount manager, which counts its users',
    },
  ],
});
