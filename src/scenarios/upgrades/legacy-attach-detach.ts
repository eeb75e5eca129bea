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
  noMappingWithoutAttachment,
  noSessionWithoutDevice,
  volumeStatusFitsAttachments,
} from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';

export const legacyAttachDetach = cloudScenario({
  name: 'legacy-attach-detach',
  about:
    'A user attaches or detaches a volume as before the attachments API, by reserve, ' +
    'initialize_connection and os-attach, or by terminate_connection and os-detach. With ' +
    'one fault of each kind, the expectations say what stays behind.',
  release: 'pike',
  parameters: {
    asked: choice(['attach', 'detach'], { about: 'the request of the user' }),
    fault: choice(['none', ...faultNames], { about: 'what fails, once, at any moment' }),
  },
  entities: ({ asked }) => ({
    servers: { s1: 'h1' },
    volumes: { v1: {} },
    attached: asked === 'detach' ? [['s1', 'v1']] : [],
  }),
  operations: ({ asked }, release) =>
    asked === 'attach'
      ? { attach: attachOf(release, 's1', 'v1') }
      : { detach: detachOf(release, 's1', 'v1') },
  faults: ({ fault }) => (fault === 'none' ? {} : { [fault]: 1 }),
  reachable: [
    cloud.reachable(
      'the request has ended as the user wanted',
      ({ volumes, disks, bdms }, processes) => {
        const connected = disks['s1/v1'] !== undefined;
        const isDone = Object.values(processes).every((process) => process?.at === 'done');
        const detached = processes['detach/n-cpu'] !== undefined && !connected;
        const wanted = connected ? 'in-use' : 'available';
        const isAsked = connected ? processes['attach'] !== undefined : detached;
        const isSaved = connected === Object.keys(bdms).length > 0;
        return isDone && isAsked && isSaved && volumes['v1']?.status === wanted;
      },
    ),
  ],
  expect: [
    {
      given: { asked: 'attach', fault: 'none' },
      states: 39,
      reason: 'the flow violates nothing without a fault',
    },
    {
      given: { asked: 'attach', fault: 'cast-lost' },
      violates: {
        [volumeStatusFitsAttachments.name]: 12,
        [everyBdmHasAttachment.name]: 12,
        [allAgreeOnAttachments.name]: 12,
      },
      reason: 'the volume stays attaching, and the BDM refuses another attach (LA5)',
    },
    {
      given: { asked: 'attach', fault: 'crash' },
      violates: {
        [volumeStatusFitsAttachments.name]: 10,
        [everyBdmHasAttachment.name]: 7,
        [noDeviceWithoutAttachment.name]: 25,
        [noSessionWithoutDevice.name]: 24,
        [noMappingWithoutAttachment.name]: 21,
        [allAgreeOnAttachments.name]: 7,
      },
      reason: 'no service repairs what a crash left half done',
    },
    {
      given: { asked: 'attach', fault: 'rest-500' },
      violates: {
        [volumeStatusFitsAttachments.name]: 12,
        [everyAttachmentHasBdm.name]: 63,
        [attachedVolumeIsWorkingDisk.name]: 63,
        [noMappingWithoutAttachment.name]: 27,
        [allAgreeOnAttachments.name]: 63,
      },
      reason:
        'os-attach goes on after Nova has stopped waiting for it, and os-detach, under a lock ' +
        'of another name, may come before it',
    },
    {
      given: { asked: 'attach', fault: 'rpc-timeout' },
      violates: {
        [everyBdmHasAttachment.name]: 8,
        [everyAttachmentHasBdm.name]: 63,
        [attachedVolumeIsWorkingDisk.name]: 63,
        [noMappingWithoutAttachment.name]: 27,
        [allAgreeOnAttachments.name]: 8,
      },
      reason:
        'os-attach goes on here too; and a BDM that nova-compute inserts after the time-out ' +
        'stays (LA2)',
    },
    {
      given: { asked: 'attach', fault: 'driver-error' },
      reason: 'the failure handlers put everything back',
    },
    {
      given: { asked: 'attach', fault: 'brick-error' },
      reason: 'the failure handlers put everything back',
    },
    {
      given: { asked: 'attach', fault: 'guest-refuses' },
      reason: 'the failure handlers put everything back',
    },
    {
      given: { asked: 'attach', fault: 'conductor-error' },
      violates: { [volumeStatusFitsAttachments.name]: 12 },
      reason: 'Nova destroys the BDM and the volume stays attaching (LA5)',
    },
    {
      given: { asked: 'attach', fault: 'encryptor-error' },
      violates: { [noUnmapUnderDevice.name]: 30, [noDeviceWithoutAttachment.name]: 38 },
      reason: 'bug 1812945: before nova 20 no step disconnects, and Cinder unmaps the LUN',
    },
    {
      given: { asked: 'attach', fault: 'encryptor-error', failed_encryptor: 'disconnected' },
      reason: 'the driver disconnects, and the failure handlers put everything back',
    },
    {
      given: { asked: 'detach', fault: 'none' },
      states: 35,
      reason: 'the flow violates nothing without a fault',
    },
    {
      given: { asked: 'detach', fault: 'cast-lost' },
      violates: { [volumeStatusFitsAttachments.name]: 9 },
      reason: 'the volume stays detaching (LD2)',
    },
    {
      given: { asked: 'detach', fault: 'crash' },
      violates: {
        [volumeStatusFitsAttachments.name]: 7,
        [everyAttachmentHasBdm.name]: 25,
        [attachedVolumeIsWorkingDisk.name]: 12,
        [noSessionWithoutDevice.name]: 16,
        [allAgreeOnAttachments.name]: 12,
      },
      reason: 'no service repairs what a crash left half done',
    },
    {
      given: { asked: 'detach', fault: 'rest-500' },
      violates: {
        [volumeStatusFitsAttachments.name]: 8,
        [attachedVolumeIsWorkingDisk.name]: 25,
        [allAgreeOnAttachments.name]: 25,
      },
      reason: 'Nova does not repeat begin_detaching and terminate_connection (LD1, LD5)',
    },
    {
      given: { asked: 'detach', fault: 'rpc-timeout' },
      violates: {
        [volumeStatusFitsAttachments.name]: 24,
        [attachedVolumeIsWorkingDisk.name]: 24,
        [allAgreeOnAttachments.name]: 24,
      },
      reason: 'a failed terminate_connection leaves the volume detaching (LD5)',
    },
    {
      given: { asked: 'detach', fault: 'driver-error' },
      violates: {
        [volumeStatusFitsAttachments.name]: 24,
        [everyAttachmentHasBdm.name]: 33,
        [attachedVolumeIsWorkingDisk.name]: 24,
        [allAgreeOnAttachments.name]: 24,
      },
      reason: 'a failed terminate_connection leaves the volume detaching (LD5)',
    },
    {
      given: { asked: 'detach', fault: 'brick-error' },
      violates: { [attachedVolumeIsWorkingDisk.name]: 21, [allAgreeOnAttachments.name]: 21 },
      reason: 'a failed disconnect rolls the volume back, but the guest has lost the disk',
    },
    {
      given: { asked: 'detach', fault: 'guest-refuses' },
      reason: 'roll_detaching puts everything back',
    },
    {
      given: { asked: 'detach', fault: 'export-error' },
      violates: {
        [volumeStatusFitsAttachments.name]: 34,
        [everyAttachmentHasBdm.name]: 34,
        [attachedVolumeIsWorkingDisk.name]: 34,
        [allAgreeOnAttachments.name]: 34,
      },
      reason: 'the BDM is gone when os-detach fails (LD7)',
    },
  ],
});
