import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { deleteServer } from '../../model/nova/delete.ts';
import { attachOf } from '../../model/nova/requests.ts';
import { startCompute } from '../../model/operator/operator.ts';
import {
  deviceKeepsItsVolume,
  guestReachesItsDisks,
  noDeviceRemovedUnderGuest,
  noUnmapUnderDevice,
  writtenByOneGuest,
} from '../../model/properties/always.ts';
import {
  allAgreeOnAttachments,
  attachedVolumeIsWorkingDisk,
  everyBdmHasAttachment,
  noDeviceWithoutAttachment,
  noMappingWithoutAttachment,
  volumeStatusFitsAttachments,
} from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';

/** The volume of the server, and how it is attached, at its deletion. */
const first = [['s1', 'v1']] as const;

export const localDelete = cloudScenario({
  name: 'local-delete',
  about:
    'A user deletes a server while its nova-compute is down. nova-api unmaps the volume ' +
    'under the guest, which still runs. When nova-compute is back, another server attaches ' +
    'a volume, and the periodic clean-up finds the guest (docs/openstack.md 8.9).',
  release: '2026.1',
  parameters: {
    other: choice(['attach', 'attach-same', 'delete'], {
      about:
        'the request to another server of the host: attach another volume, attach the same one, ' +
        'or delete it',
    }),
    style: choice(['new', 'old'], {
      about: 'whether the server has its volume by an attachment, or as before the attachments API',
    }),
  },
  entities: ({ other, style }) => ({
    servers: { s1: 'h1', s2: other === 'attach-same' ? 'h2' : 'h1' },
    volumes: { v1: {}, v2: {} },
    attached: other === 'delete' ? [...first, ['s2', 'v2']] : first,
    oldStyle: style === 'old' ? first : [],
    down: ['h1'],
  }),
  operations: ({ other }, release) => ({
    delete: deleteServer.start('s1'),
    operator: startCompute.start('h1'),
    ...{
      attach: { attach: attachOf(release, 's2', 'v2') },
      'attach-same': { attach: attachOf(release, 's2', 'v1') },
      delete: { other: deleteServer.start('s2') },
    }[other],
  }),
  reachable: [
    cloud.reachable(
      'the server and its guest are gone, and the other server has its volume',
      ({ instances, disks, volumes }) =>
        instances['s1'] === undefined &&
        disks['s1/v1'] === undefined &&
        Object.values(volumes).some(({ status }) => status === 'in-use'),
    ),
  ],
  expect: [
    {
      given: { release: 'pike' },
      violates: {
        [deviceKeepsItsVolume.name]: 28,
        [noUnmapUnderDevice.name]: 8,
        [writtenByOneGuest.name]: 35,
        [noDeviceRemovedUnderGuest.name]: 44,
        [guestReachesItsDisks.name]: 8,
        [attachedVolumeIsWorkingDisk.name]: 71,
        [noDeviceWithoutAttachment.name]: 37,
      },
      reason:
        'the old way violates the same; and a login finds the LUN again that is about to be ' +
        'unmapped (R2)',
    },
    {
      given: { release: '2026.1' },
      violates: {
        [deviceKeepsItsVolume.name]: 36,
        [noUnmapUnderDevice.name]: 10,
        [writtenByOneGuest.name]: 47,
        [noDeviceRemovedUnderGuest.name]: 56,
        [guestReachesItsDisks.name]: 10,
        [attachedVolumeIsWorkingDisk.name]: 70,
        [noDeviceWithoutAttachment.name]: 33,
      },
      reason:
        'inherent to the design: the guest’s disk turns into the other server’s volume, and the ' +
        'clean-up removes the device of that volume because it has the same LUN number. A ' +
        'nova-compute that starts before the deletion ends resumes it by the mappings that are ' +
        'left, so the device stays where the guest is gone',
    },
    {
      given: { other: 'attach-same' },
      violates: {
        [noUnmapUnderDevice.name]: 10,
        [guestReachesItsDisks.name]: 10,
        [noDeviceWithoutAttachment.name]: 29,
      },
      reason: 'the clean-up names its own attachment, which is gone',
    },
    {
      given: { other: 'attach-same', style: 'old' },
      violates: {
        [noUnmapUnderDevice.name]: 8,
        [guestReachesItsDisks.name]: 8,
        [volumeStatusFitsAttachments.name]: 97,
        [everyBdmHasAttachment.name]: 97,
        [noDeviceWithoutAttachment.name]: 35,
        [noMappingWithoutAttachment.name]: 94,
        [allAgreeOnAttachments.name]: 97,
      },
      reason:
        'the clean-up has Cinder detach the volume again, and names no row: that removes the ' +
        'attachment of the server that has it by now',
    },
    {
      given: { other: 'delete' },
      violates: {
        [noUnmapUnderDevice.name]: 10,
        [guestReachesItsDisks.name]: 10,
        [noDeviceWithoutAttachment.name]: 52,
      },
      reason: 'the clean-up runs again for each server that was deleted without the host',
    },
  ],
});
