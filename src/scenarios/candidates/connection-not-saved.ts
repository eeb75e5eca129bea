import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { attachVolume } from '../../model/nova/attach.ts';
import { askLater } from '../../model/operator/later.ts';
import {
  guestReachesItsDisks,
  noUnmapUnderDevice,
  writtenByOneGuest,
} from '../../model/properties/always.ts';
import {
  allAgreeOnAttachments,
  everyBdmHasAttachment,
  noDeviceWithoutAttachment,
} from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';

export const connectionNotSaved = cloudScenario({
  name: 'connection-not-saved',
  about:
    'D23: nova-compute attaches a volume to the guest and cannot save connection_info. Nova ' +
    'deletes the attachment and the block device mapping, but no step takes the disk from ' +
    'the guest or the device from the host. A migration does not know that disk, so the ' +
    'path in the XML of the guest stays as it is. If Nova cannot save the block device ' +
    'mapping itself, before it asks Cinder, the mapping stays (docs/openstack.md 5.4, A6).',
  release: '2026.1',
  parameters: {
    later: choice(['nothing', 'migrate'], {
      about: 'whether Nova moves the server after everything has come to rest',
    }),
    dest: choice(['unused', 'in-use'], {
      about: 'whether another server has a volume on the destination host',
    }),
  },
  entities: ({ dest }) =>
    dest === 'unused'
      ? { servers: { s1: 'h1' }, volumes: { v1: {} } }
      : {
          servers: { s1: 'h1', s2: 'h2' },
          volumes: { v1: {}, v2: {} },
          attached: [['s2', 'v2']],
        },
  operations: ({ later }) => ({
    attach: attachVolume.start('s1', 'v1'),
    ...(later === 'migrate' ? { later: askLater.start('live-migrate', 's1', '', 'h2') } : {}),
  }),
  faults: () => ({ 'save-error': 1 }),
  reachable: [
    cloud.reachable('the volume is attached', ({ volumes }) => volumes['v1']?.status === 'in-use'),
  ],
  expect: [
    {
      given: { release: '2026.1' },
      violates: {
        [noUnmapUnderDevice.name]: 45,
        [guestReachesItsDisks.name]: 45,
        [everyBdmHasAttachment.name]: 9,
        [noDeviceWithoutAttachment.name]: 51,
        [allAgreeOnAttachments.name]: 9,
      },
      reason: 'the guest keeps a disk over an unmapped LUN: the model shows D23 on today’s master',
    },
    {
      given: { later: 'migrate' },
      violates: {
        [noUnmapUnderDevice.name]: 45,
        [guestReachesItsDisks.name]: 45,
        [everyBdmHasAttachment.name]: 46,
        [noDeviceWithoutAttachment.name]: 74,
        [allAgreeOnAttachments.name]: 46,
      },
      reason: 'no device is at that path on the other host: the guest stays where it is',
    },
    {
      given: { later: 'migrate', dest: 'in-use' },
      violates: {
        [noUnmapUnderDevice.name]: 45,
        [writtenByOneGuest.name]: 68,
        [guestReachesItsDisks.name]: 45,
        [everyBdmHasAttachment.name]: 46,
        [noDeviceWithoutAttachment.name]: 76,
        [allAgreeOnAttachments.name]: 46,
      },
      reason:
        'the path leads to the volume of the other server, and both guests write to it, as ' +
        'after a replacement (bug 2112187)',
    },
  ],
});
