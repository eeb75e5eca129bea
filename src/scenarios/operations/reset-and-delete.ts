import { resetStatus } from '../../model/cinder/operator.ts';
import { volumeDelete } from '../../model/cinder/volume-delete.ts';
import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import {
  connectedAttachmentIsMapped,
  deletingVolumeIsUnattached,
  errorVolumeIsUnattached,
  movingServerKeepsAttachment,
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
import { volumeRequestNames, volumeRequests } from './volume-requests.ts';

export const resetAndDelete = cloudScenario({
  name: 'reset-and-delete',
  about:
    'An operator believes that a volume is stuck and resets its status, and a user deletes ' +
    'it, while Nova still attaches, detaches or moves it or Cinder still works on it. The ' +
    'deletion of the row removes the attachments, and each request in flight then asks for ' +
    'rows that are gone.',
  release: '2026.1',
  parameters: {
    asked: choice(volumeRequestNames, { about: 'the request in flight for the volume' }),
    fault: choice(['none', 'driver-error'], { about: 'what fails, once' }),
  },
  entities: ({ asked }) => volumeRequests[asked].entities,
  operations: ({ asked }, release) => ({
    asked: volumeRequests[asked].request(release),
    reset:
      'attached' in volumeRequests[asked].entities
        ? resetStatus.start('v1', 'available', 'gone')
        : resetStatus.start('v1', 'error', 'kept'),
    delete: volumeDelete.start('v1'),
  }),
  faults: ({ fault }) => (fault === 'none' ? {} : { [fault]: 1 }),
  reachable: [
    cloud.reachable(
      'the volume is deleted while a request is in flight',
      ({ volumes }, processes) =>
        volumes['v1'] === undefined &&
        Object.entries(processes).some(
          ([pid, process]) => pid.startsWith('asked') && process?.at !== 'done',
        ),
    ),
  ],
  expect: [
    {
      given: { asked: 'attach', fault: 'driver-error', release: 'pike' },
      violates: {
        [deletingVolumeIsUnattached.name]: 35,
        [errorVolumeIsUnattached.name]: 34,
        [everyAttachmentHasBdm.name]: 59,
        [noDeviceWithoutAttachment.name]: 44,
        [noMappingWithoutAttachment.name]: 44,
        [allAgreeOnAttachments.name]: 44,
      },
      reason: 'the fault adds nothing',
    },
    {
      given: { asked: 'detach', fault: 'driver-error', release: 'pike' },
      violates: {
        [deletingVolumeIsUnattached.name]: 3,
        [noDeviceWithoutAttachment.name]: 9,
        [noMappingWithoutAttachment.name]: 9,
        [allAgreeOnAttachments.name]: 9,
      },
      reason: 'the fault adds nothing',
    },
    {
      given: { asked: 'extend', fault: 'driver-error' },
      violates: {
        [deletingVolumeIsUnattached.name]: 3,
        [everyBdmHasAttachment.name]: 6,
        [noDeviceWithoutAttachment.name]: 6,
        [noMappingWithoutAttachment.name]: 6,
        [allAgreeOnAttachments.name]: 6,
      },
      reason: 'the fault adds nothing',
    },
    { given: { asked: 'delete', fault: 'driver-error' }, reason: 'the fault adds nothing' },
    {
      given: { asked: 'attach' },
      violates: {
        [deletingVolumeIsUnattached.name]: 29,
        [errorVolumeIsUnattached.name]: 14,
        [everyBdmHasAttachment.name]: 49,
        [noDeviceWithoutAttachment.name]: 49,
        [noMappingWithoutAttachment.name]: 46,
        [allAgreeOnAttachments.name]: 49,
      },
      reason:
        'no step checks the status again after the insertion of the row: Cinder maps the volume ' +
        'during its deletion, and the guest has the device of a volume that is gone, or the ' +
        'mapping stays',
    },
    {
      given: { asked: 'attach', release: 'pike' },
      violates: {
        [deletingVolumeIsUnattached.name]: 35,
        [errorVolumeIsUnattached.name]: 34,
        [everyAttachmentHasBdm.name]: 59,
        [noDeviceWithoutAttachment.name]: 44,
        [noMappingWithoutAttachment.name]: 44,
        [allAgreeOnAttachments.name]: 44,
      },
      reason:
        'os-attach writes in-use over deleting; or it inserts its row after the volume is gone, ' +
        'and no BDM names that row (everyAttachmentHasBdm)',
    },
    {
      given: { asked: 'attach', release: 'newton', reserve: 'check_then_act' },
      violates: {
        [deletingVolumeIsUnattached.name]: 36,
        [errorVolumeIsUnattached.name]: 35,
        [everyAttachmentHasBdm.name]: 60,
        [noDeviceWithoutAttachment.name]: 44,
        [noMappingWithoutAttachment.name]: 44,
        [allAgreeOnAttachments.name]: 44,
      },
      reason:
        'os-attach does the same; a reserve that has read the status does not find the volume',
    },
    {
      given: { asked: 'detach' },
      violates: {
        [deletingVolumeIsUnattached.name]: 3,
        [everyBdmHasAttachment.name]: 9,
        [noDeviceWithoutAttachment.name]: 9,
        [noMappingWithoutAttachment.name]: 9,
        [allAgreeOnAttachments.name]: 9,
      },
      reason:
        'the reset removes the attachment and asks neither Nova nor the driver ' +
        '(docs/openstack.md 8.12), and Cinder refuses begin_detaching. It writes the statuses ' +
        'first, so Cinder accepts a deletion while the attachment exists ' +
        '(deletingVolumeIsUnattached)',
    },
    {
      given: { asked: 'detach-shared' },
      violates: {
        [deletingVolumeIsUnattached.name]: 3,
        [everyBdmHasAttachment.name]: 9,
        [noDeviceWithoutAttachment.name]: 9,
        [noMappingWithoutAttachment.name]: 9,
        [allAgreeOnAttachments.name]: 9,
      },
      reason:
        'the reset does the same; a request that ends the connection of one host after the row ' +
        'of the volume is gone leaves that of the other alone',
    },
    {
      given: { asked: 'upload' },
      reason: 'the copy fails, and undoes its connection',
    },
    {
      given: { asked: 'backup' },
      violates: { [noMappingWithoutAttachment.name]: 25 },
      reason:
        'os-terminate_connection does not find the volume, so the connection of cinder-backup ' +
        'stays',
    },
    {
      given: { asked: 'create' },
      reason: 'the new image or volume is gone when it is ready',
    },
    {
      given: { asked: 'extend' },
      violates: {
        [deletingVolumeIsUnattached.name]: 3,
        [everyBdmHasAttachment.name]: 6,
        [noDeviceWithoutAttachment.name]: 6,
        [noMappingWithoutAttachment.name]: 6,
        [allAgreeOnAttachments.name]: 6,
      },
      reason: 'only the reset violates this; the extension ends when the volume is gone',
    },
    {
      given: { asked: 'rebuild' },
      violates: {
        [deletingVolumeIsUnattached.name]: 3,
        [volumeStatusFitsAttachments.name]: 38,
        [everyBdmHasAttachment.name]: 23,
        [noDeviceWithoutAttachment.name]: 78,
        [noMappingWithoutAttachment.name]: 23,
        [allAgreeOnAttachments.name]: 78,
      },
      reason:
        'the reset frees a volume that Nova has just reserved again, because that attachment is ' +
        'not inserted yet (volumeStatusFitsAttachments)',
    },
    {
      given: { asked: 'migrate' },
      violates: {
        [movingServerKeepsAttachment.name]: 4,
        [deletingVolumeIsUnattached.name]: 3,
        [volumeStatusFitsAttachments.name]: 73,
        [everyBdmHasAttachment.name]: 32,
        [everyAttachmentHasBdm.name]: 40,
        [noDeviceWithoutAttachment.name]: 32,
        [noMappingWithoutAttachment.name]: 32,
        [allAgreeOnAttachments.name]: 32,
      },
      reason:
        'both attachments go, or Cinder inserts the second after the volume is gone and no BDM ' +
        'names it (everyAttachmentHasBdm)',
    },
    {
      given: { asked: 'swap' },
      violates: {
        [deletingVolumeIsUnattached.name]: 55,
        [connectedAttachmentIsMapped.name]: 55,
        [volumeStatusFitsAttachments.name]: 65,
        [everyBdmHasAttachment.name]: 65,
        [noDeviceWithoutAttachment.name]: 65,
        [noMappingWithoutAttachment.name]: 65,
        [allAgreeOnAttachments.name]: 65,
      },
      reason:
        'only the reset violates this, with one exception: a migration that ends all the same ' +
        'gives the attachment to the volume that is gone, or its old status to a free one. The ' +
        'change of names violates connectedAttachmentIsMapped (D31)',
    },
    {
      given: { asked: 'swap-to' },
      violates: {
        [deletingVolumeIsUnattached.name]: 60,
        [connectedAttachmentIsMapped.name]: 60,
        [volumeStatusFitsAttachments.name]: 71,
        [everyBdmHasAttachment.name]: 71,
        [attachedVolumeIsWorkingDisk.name]: 63,
        [noDeviceWithoutAttachment.name]: 63,
        [noMappingWithoutAttachment.name]: 52,
        [allAgreeOnAttachments.name]: 63,
      },
      reason:
        'the operator resets the volume that takes over: a swap that fails after the ' +
        'change-over is D27 again (attachedVolumeIsWorkingDisk), and Cinder keeps the status of ' +
        'a volume that it moves (volumeStatusFitsAttachments). The change of names violates ' +
        'connectedAttachmentIsMapped',
    },
  ],
});
