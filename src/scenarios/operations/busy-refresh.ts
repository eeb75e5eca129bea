import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { attachVolume } from '../../model/nova/attach.ts';
import { deleteServer } from '../../model/nova/delete.ts';
import { detachVolume } from '../../model/nova/detach.ts';
import { rebootServer } from '../../model/nova/reboot.ts';
import { refreshAttachment } from '../../model/nova/refresh.ts';
import {
  connectedAttachmentIsMapped,
  guestReachesItsDisks,
  movingServerKeepsAttachment,
  noDeviceRemovedUnderGuest,
  noUnmapUnderDevice,
  secondAttachmentOnlyForMove,
} from '../../model/properties/always.ts';
import {
  allAgreeOnAttachments,
  attachedVolumeIsWorkingDisk,
  everyAttachmentHasBdm,
  everyBdmHasAttachment,
  noDeviceWithoutAttachment,
  noMappingWithoutAttachment,
  volumeStatusFitsAttachments,
} from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';

const requests = {
  nothing: () => undefined,
  attach: () => attachVolume.start('s1', 'v1'),
  detach: () => detachVolume.start('s1', 'v1'),
  delete: () => deleteServer.start('s1'),
  reboot: () => rebootServer.start('s1'),
} as const;

export const busyRefresh = cloudScenario({
  name: 'busy-refresh',
  about:
    'An operator has nova-manage renew the attachment of a stopped server. The command ' +
    'locks the server, which excludes every later request, but not one that Nova has ' +
    'accepted before (docs/openstack.md 8.16).',
  release: '2026.1',
  parameters: {
    other: choice(['nothing', 'attach', 'detach', 'delete', 'reboot'], {
      about: 'the other request to the server',
    }),
    fault: choice(['none', 'driver'], {
      about: 'whether the driver of Cinder may fail, as often as Nova asks',
    }),
  },
  entities: ({ other }) => ({
    servers: { s1: 'h1' },
    volumes: { v1: {} },
    attached: other === 'attach' ? [] : [['s1', 'v1']],
    stopped: ['s1'],
  }),
  operations: ({ other }) => {
    const request = requests[other]();
    return {
      refresh: refreshAttachment.start('s1', 'v1', 'h1'),
      ...(request === undefined ? {} : { other: request }),
    };
  },
  faults: ({ fault }) => (fault === 'driver' ? { 'driver-error': 5 } : {}),
  reachable: [
    cloud.reachable(
      'both requests have ended',
      (_state, processes) =>
        processes['refresh']?.at === 'done' && (processes['other']?.at ?? 'done') === 'done',
    ),
  ],
  expect: [
    {
      given: { other: 'nothing', fault: 'driver' },
      reason:
        'if nova-manage deletes the first attachment and cannot connect the second, a third one ' +
        'keeps the volume for the server',
    },
    {
      given: { other: 'attach' },
      violates: { [secondAttachmentOnlyForMove.name]: 30, [everyAttachmentHasBdm.name]: 31 },
      reason:
        'nova-manage refreshes the mapping of an attach in flight, and nova-compute cannot ' +
        'disconnect a volume whose connection it does not know. At the end the mapping is gone, ' +
        'or names an attachment that is new by then, and one of the two attachments stays',
    },
    {
      given: { other: 'detach' },
      violates: {
        [connectedAttachmentIsMapped.name]: 63,
        [volumeStatusFitsAttachments.name]: 78,
        [everyAttachmentHasBdm.name]: 47,
      },
      reason:
        'the detach ends the first attachment and the mapping, nova-manage does not find the ' +
        'mapping, and the second attachment stays. Or the detach unmaps the second one, and its ' +
        'completion writes in-use afterwards',
    },
    {
      given: { other: 'delete' },
      violates: {
        [connectedAttachmentIsMapped.name]: 60,
        [volumeStatusFitsAttachments.name]: 76,
        [everyAttachmentHasBdm.name]: 45,
      },
      reason: 'a deletion does the same',
    },
    {
      given: { other: 'reboot' },
      violates: {
        [noUnmapUnderDevice.name]: 49,
        [noDeviceRemovedUnderGuest.name]: 43,
        [guestReachesItsDisks.name]: 52,
        [movingServerKeepsAttachment.name]: 55,
        [volumeStatusFitsAttachments.name]: 82,
        [everyBdmHasAttachment.name]: 89,
        [everyAttachmentHasBdm.name]: 69,
        [attachedVolumeIsWorkingDisk.name]: 74,
        [noDeviceWithoutAttachment.name]: 80,
        [noMappingWithoutAttachment.name]: 71,
        [allAgreeOnAttachments.name]: 74,
      },
      reason:
        'nova-manage looks at vm_state only: a hard reboot that was let in starts the guest over what is being disconnected, or its clean-up of ' +
        'dangling attachments deletes the new one',
    },
  ],
});
