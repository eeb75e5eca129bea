import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { faultNames } from '../../model/faults/faults.ts';
import { attachOf, detachOf } from '../../model/nova/requests.ts';
import { noUnmapUnderDevice } from '../../model/properties/always.ts';
import {
  allAgreeOnAttachments,
  attachedVolumeIsWorkingDisk,
  everyAttachmentHasBdm,
  everyBdmHasAttachment,
  noDeviceWithoutAttachment,
  noSessionWithoutDevice,
  volumeStatusFitsAttachments,
} from '../../model/properties/at-rest.ts';
import {
  attachCompletesOrRollsBack,
  attachingVolumeSettles,
  detachCompletesOrRollsBack,
  detachingVolumeSettles,
} from '../../model/properties/liveness.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';

export const attachDetach = cloudScenario({
  name: 'attach-detach',
  about:
    'A user detaches one volume from a server while another one is attached to it. Without ' +
    'a fault nothing is violated. With one fault of each kind, the expectations say what ' +
    'stays behind.',
  release: '2026.1',
  parameters: {
    fault: choice(['none', ...faultNames], { about: 'what fails, once, at any moment' }),
  },
  entities: () => ({
    servers: { s1: 'h1' },
    volumes: { v1: {}, v2: {} },
    attached: [['s1', 'v1']],
  }),
  operations: (_point, release) => ({
    detach: detachOf(release, 's1', 'v1'),
    attach: attachOf(release, 's1', 'v2'),
  }),
  faults: ({ fault }) => (fault === 'none' ? {} : { [fault]: 1 }),
  liveness: 'services',
  reachable: [
    cloud.reachable(
      'the first volume is free again and the second is a disk of the guest',
      ({ volumes, disks }) =>
        volumes['v1']?.status === 'available' &&
        volumes['v2']?.status === 'in-use' &&
        disks['s1/v2'] !== undefined,
    ),
  ],
  expect: [
    { given: { fault: 'none' }, states: 669, reason: 'the flows violate nothing without a fault' },
    {
      given: { fault: 'cast-lost' },
      violates: {
        [volumeStatusFitsAttachments.name]: 49,
        [allAgreeOnAttachments.name]: 46,
        [attachingVolumeSettles.name]: 46,
        [detachingVolumeSettles.name]: 49,
        [attachCompletesOrRollsBack.name]: 46,
        [detachCompletesOrRollsBack.name]: 49,
      },
      reason:
        'a lost cast leaves the volume detaching, or reserved (docs/openstack.md 5.4 A10, 5.5 ' +
        'T3)',
    },
    {
      given: { fault: 'crash' },
      violates: {
        [volumeStatusFitsAttachments.name]: 12,
        [everyBdmHasAttachment.name]: 34,
        [everyAttachmentHasBdm.name]: 43,
        [attachedVolumeIsWorkingDisk.name]: 19,
        [noSessionWithoutDevice.name]: 23,
        [allAgreeOnAttachments.name]: 19,
        [attachingVolumeSettles.name]: 21,
        [detachingVolumeSettles.name]: 12,
        [attachCompletesOrRollsBack.name]: 21,
        [detachCompletesOrRollsBack.name]: 12,
      },
      reason: 'no service repairs what a crash left half done (docs/openstack.md 9.2)',
    },
    {
      given: { fault: 'rest-500' },
      violates: {
        [volumeStatusFitsAttachments.name]: 48,
        [everyAttachmentHasBdm.name]: 45,
        [allAgreeOnAttachments.name]: 88,
        [attachingVolumeSettles.name]: 45,
        [detachingVolumeSettles.name]: 48,
        [attachCompletesOrRollsBack.name]: 45,
        [detachCompletesOrRollsBack.name]: 48,
      },
      reason: 'Nova does not repeat begin_detaching, create and complete (docs/openstack.md 5.7)',
    },
    {
      given: { fault: 'rest-504' },
      violates: {
        [volumeStatusFitsAttachments.name]: 48,
        [everyAttachmentHasBdm.name]: 45,
        [allAgreeOnAttachments.name]: 88,
        [attachingVolumeSettles.name]: 45,
        [detachingVolumeSettles.name]: 48,
        [attachCompletesOrRollsBack.name]: 45,
        [detachCompletesOrRollsBack.name]: 48,
      },
      reason: 'Nova does not repeat begin_detaching, create and complete (docs/openstack.md 5.7)',
    },
    {
      given: { fault: 'rpc-timeout' },
      violates: {
        [volumeStatusFitsAttachments.name]: 88,
        [everyBdmHasAttachment.name]: 40,
        [allAgreeOnAttachments.name]: 40,
        [attachingVolumeSettles.name]: 88,
        [attachCompletesOrRollsBack.name]: 40,
      },
      reason:
        'the callee goes on after the caller has stopped waiting (docs/openstack.md 5.7; 9.3, ' +
        'D16)',
    },
    { given: { fault: 'driver-error' }, reason: 'the failure handlers put everything back' },
    {
      given: { fault: 'brick-error' },
      violates: {
        [attachedVolumeIsWorkingDisk.name]: 65,
        [allAgreeOnAttachments.name]: 65,
        [detachCompletesOrRollsBack.name]: 65,
      },
      reason: 'a failed disconnect rolls the volume back, but the guest has lost the disk (5.5 T7)',
    },
    { given: { fault: 'guest-refuses' }, reason: 'roll_detaching puts everything back' },
    {
      given: { fault: 'conductor-error' },
      violates: {
        [volumeStatusFitsAttachments.name]: 48,
        [everyAttachmentHasBdm.name]: 45,
        [attachingVolumeSettles.name]: 45,
        [detachingVolumeSettles.name]: 48,
        [attachCompletesOrRollsBack.name]: 45,
        [detachCompletesOrRollsBack.name]: 48,
      },
      reason: 'Nova destroys the BDM and leaves the attachment (D4)',
    },
    {
      given: { fault: 'array-event' },
      violates: { [noUnmapUnderDevice.name]: 68, [noDeviceWithoutAttachment.name]: 74 },
      reason:
        'no lock of the host keeps the array from making it scan again (docs/openstack.md 6.5)',
    },
  ],
});
