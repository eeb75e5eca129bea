import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { attachVolume } from '../../model/nova/attach.ts';
import { createServer } from '../../model/nova/boot.ts';
import { deleteServer } from '../../model/nova/delete.ts';
import { detachVolume } from '../../model/nova/detach.ts';
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
  noMappingWithoutAttachment,
  volumeStatusFitsAttachments,
} from '../../model/properties/at-rest.ts';
import { noneGivenWithoutDevice } from '../../model/properties/guests.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';

export const multiattachSameHost = cloudScenario({
  name: 'multiattach-same-host',
  about: 'Servers of one host share a multiattach volume, and two requests for it meet.',
  release: '2026.1',
  parameters: {
    pair: choice(
      ['attach-attach', 'detach-attach', 'detach-detach', 'delete-attach', 'delete-boot'],
      { about: 'the two requests' },
    ),
    moved: choice(['no', 'yes'], { about: 'whether Cinder is moving the volume' }),
  },
  entities: ({ pair, moved }) => ({
    servers: { s1: 'h1', s2: 'h1' },
    volumes: { v1: { multiattach: true, migrating: moved === 'yes' } },
    attached: {
      'attach-attach': [],
      'detach-attach': [['s1', 'v1'] as const],
      'delete-attach': [['s1', 'v1'] as const],
      'delete-boot': [['s1', 'v1'] as const],
      'detach-detach': [['s1', 'v1'] as const, ['s2', 'v1'] as const],
    }[pair],
  }),
  operations: ({ pair }) =>
    ({
      'attach-attach': {
        attach1: attachVolume.start('s1', 'v1'),
        attach2: attachVolume.start('s2', 'v1'),
      },
      'detach-attach': {
        detach: detachVolume.start('s1', 'v1'),
        attach: attachVolume.start('s2', 'v1'),
      },
      'delete-attach': {
        delete: deleteServer.start('s1'),
        attach: attachVolume.start('s2', 'v1'),
      },
      'delete-boot': {
        delete: deleteServer.start('s1'),
        boot: createServer.start('s3', 'v1', 'h1'),
      },
      'detach-detach': {
        detach1: detachVolume.start('s1', 'v1'),
        detach2: detachVolume.start('s2', 'v1'),
      },
    })[pair],
  reachable: [
    cloud.reachable('both requests are done', ({ disks, volumes }, processes) => {
      const isAtRest = Object.values(processes).every((process) => process?.at === 'done');
      const guests = Object.keys(disks).length;
      const { status, migration_status: migration } = volumes['v1'] ?? {};
      return (
        isAtRest &&
        (guests === 0 && migration === null ? status === 'available' : status === 'in-use')
      );
    }),
    noneGivenWithoutDevice,
  ],
  expect: [
    {
      given: { pair: 'attach-attach' },
      states: 1690,
      reason: 'one request waits for the other, or Cinder refuses it',
    },
    {
      given: { pair: 'detach-attach' },
      reason:
        'while a volume is detaching, reserved or attaching, Cinder refuses the other request',
    },
    { given: { pair: 'detach-detach' }, reason: 'begin_detaching accepts one request at a time' },
    {
      given: { pair: 'detach-detach', moved: 'yes' },
      violates: {
        [noUnmapUnderDevice.name]: 51,
        [volumeStatusFitsAttachments.name]: 60,
        [noDeviceWithoutAttachment.name]: 60,
        [noMappingWithoutAttachment.name]: 60,
      },
      reason:
        'while Cinder moves the volume begin_detaching accepts every request and changes ' +
        'nothing (docs/openstack.md 2.2): both detaches count each other, and no step ' +
        'disconnects. The volume keeps its status (8.8, volumeStatusFitsAttachments)',
    },
    {
      given: { pair: 'delete-attach' },
      violates: {
        [noUnmapUnderDevice.name]: 60,
        [noDeviceRemovedUnderGuest.name]: 52,
        [guestReachesItsDisks.name]: 62,
        [connectedAttachmentIsMapped.name]: 52,
        [attachedVolumeIsWorkingDisk.name]: 76,
      },
      reason:
        'a deletion checks no status, and neither Nova nor the driver counts an attachment that ' +
        'is attaching: its device and its mapping go',
    },
    {
      given: { pair: 'delete-attach', release: '2025.2' },
      violates: {
        [noUnmapUnderDevice.name]: 59,
        [noDeviceRemovedUnderGuest.name]: 51,
        [guestReachesItsDisks.name]: 61,
        [connectedAttachmentIsMapped.name]: 51,
        [attachedVolumeIsWorkingDisk.name]: 75,
      },
      reason: 'the deletion removes them here too; an attach does not take the lock of nova 33',
    },
    {
      given: { pair: 'delete-boot' },
      violates: {
        [noUnmapUnderDevice.name]: 63,
        [noDeviceRemovedUnderGuest.name]: 55,
        [guestReachesItsDisks.name]: 65,
        [connectedAttachmentIsMapped.name]: 47,
        [everyBdmHasAttachment.name]: 85,
        [connectionsNameHostOfServer.name]: 85,
        [attachedVolumeIsWorkingDisk.name]: 73,
        [noMappingWithoutAttachment.name]: 90,
      },
      reason:
        'the deletion does the same to a server that boots from the volume. If its build fails ' +
        'for that, the mapping refers to an attachment that is gone',
    },
  ],
});
