import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { faultNames } from '../../model/faults/faults.ts';
import { liveMigrate, liveMigrateAbort } from '../../model/nova/live-migration.ts';
import {
  noUnmapUnderDevice,
  secondAttachmentOnlyForMove,
  secondConnectionOnlyForMove,
} from '../../model/properties/always.ts';
import {
  allAgreeOnAttachments,
  attachedVolumeIsWorkingDisk,
  connectionsNameHostOfServer,
  everyAttachmentHasBdm,
  noDeviceWithoutAttachment,
  noMappingWithoutAttachment,
  noSessionWithoutDevice,
  volumeStatusFitsAttachments,
} from '../../model/properties/at-rest.ts';
import {
  attachCompletesOrRollsBack,
  attachingVolumeSettles,
  migrationLeavesOneAttachment,
} from '../../model/properties/liveness.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';

export const liveMigration = cloudScenario({
  name: 'live-migration',
  about:
    'A running server with a volume migrates live to another host, as Nova does it since ' +
    'Queens, and an operator may abort the migration at any moment. Without a fault nothing ' +
    'is violated. With one fault of each kind, the expectations say what stays behind.',
  release: '2026.1',
  parameters: {
    fault: choice(['none', ...faultNames], { about: 'what fails, once, at any moment' }),
    abort: choice(['no', 'yes'], { about: 'whether the operator asks to abort the migration' }),
  },
  entities: () => ({ servers: { s1: 'h1' }, volumes: { v1: {} }, attached: [['s1', 'v1']] }),
  operations: ({ abort }) => ({
    migrate: liveMigrate.start('s1', 'h2'),
    ...(abort === 'yes' ? { abort: liveMigrateAbort.start('s1') } : {}),
  }),
  faults: ({ fault }) => (fault === 'none' ? {} : { [fault]: 1 }),
  liveness: 'services',
  reachable: [
    cloud.reachable(
      'the server runs on the other host and has its volume there',
      ({ instances, disks, attachments }) =>
        instances['s1']?.host === 'h2' &&
        instances['s1'].task_state === null &&
        disks['s1/v1']?.startsWith('h2/') === true &&
        Object.keys(attachments).length === 1,
    ),
  ],
  expect: [
    { given: { fault: 'none' }, reason: 'the flow violates nothing without a fault' },
    {
      given: { abort: 'yes' },
      reason:
        'an abort at any moment ends with the server on one host and one attachment ' +
        '(docs/openstack.md 7, M10)',
    },
    {
      given: { fault: 'migration-error' },
      reason: 'the rollback disconnects the destination and puts the BDM back (M14)',
    },
    {
      given: { fault: 'cast-lost' },
      violates: { [migrationLeavesOneAttachment.name]: 2 },
      reason: 'no attachment is wrong, but the server stays migrating',
    },
    {
      given: { fault: 'vif-plug-timeout' },
      violates: { [noUnmapUnderDevice.name]: 61, [noDeviceWithoutAttachment.name]: 70 },
      reason: 'the rollback leaves the destination alone, which has connected by then (D29)',
    },
    {
      given: { fault: 'brick-error' },
      violates: { [noUnmapUnderDevice.name]: 68, [noDeviceWithoutAttachment.name]: 78 },
      reason: 'Nova only logs a failed disconnect on the source, and deletes the attachment (D18)',
    },
    {
      given: { fault: 'driver-error' },
      violates: {
        [secondAttachmentOnlyForMove.name]: 33,
        [secondConnectionOnlyForMove.name]: 37,
        [everyAttachmentHasBdm.name]: 33,
        [attachCompletesOrRollsBack.name]: 33,
        [migrationLeavesOneAttachment.name]: 33,
      },
      reason: 'a failed create with a connector leaves its row (docs/openstack.md 5.2, c6)',
    },
    {
      given: { fault: 'rpc-timeout' },
      violates: {
        [noUnmapUnderDevice.name]: 49,
        [secondAttachmentOnlyForMove.name]: 22,
        [secondConnectionOnlyForMove.name]: 27,
        [volumeStatusFitsAttachments.name]: 36,
        [everyAttachmentHasBdm.name]: 36,
        [connectionsNameHostOfServer.name]: 59,
        [noDeviceWithoutAttachment.name]: 68,
        [allAgreeOnAttachments.name]: 59,
        [attachingVolumeSettles.name]: 36,
        [attachCompletesOrRollsBack.name]: 36,
        [migrationLeavesOneAttachment.name]: 36,
      },
      reason: 'the destination goes on after the source has stopped waiting (D10)',
    },
    {
      given: { fault: 'rest-500' },
      violates: {
        [noUnmapUnderDevice.name]: 58,
        [secondAttachmentOnlyForMove.name]: 29,
        [secondConnectionOnlyForMove.name]: 34,
        [volumeStatusFitsAttachments.name]: 37,
        [everyAttachmentHasBdm.name]: 37,
        [noDeviceWithoutAttachment.name]: 68,
        [attachingVolumeSettles.name]: 37,
        [attachCompletesOrRollsBack.name]: 37,
        [migrationLeavesOneAttachment.name]: 37,
      },
      reason:
        'Nova does not repeat attachment_create and attachment_complete; a caller that stops ' +
        'waiting leaves what Cinder still does (docs/openstack.md 5.7)',
    },
    {
      given: { fault: 'crash' },
      violates: {
        [noUnmapUnderDevice.name]: 49,
        [secondAttachmentOnlyForMove.name]: 12,
        [secondConnectionOnlyForMove.name]: 17,
        [volumeStatusFitsAttachments.name]: 30,
        [everyAttachmentHasBdm.name]: 30,
        [connectionsNameHostOfServer.name]: 49,
        [attachedVolumeIsWorkingDisk.name]: 52,
        [noDeviceWithoutAttachment.name]: 58,
        [noSessionWithoutDevice.name]: 57,
        [noMappingWithoutAttachment.name]: 34,
        [allAgreeOnAttachments.name]: 49,
        [attachingVolumeSettles.name]: 30,
        [attachCompletesOrRollsBack.name]: 30,
        [migrationLeavesOneAttachment.name]: 2,
      },
      reason:
        'no service repairs what the destination, or a worker of Cinder, left half done ' +
        '(docs/openstack.md 9.2)',
    },
  ],
});
