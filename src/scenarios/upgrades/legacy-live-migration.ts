import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { faultNames } from '../../model/faults/faults.ts';
import { liveMigrate } from '../../model/nova/live-migration.ts';
import { detachOf } from '../../model/nova/requests.ts';
import { noUnmapUnderDevice } from '../../model/properties/always.ts';
import {
  allAgreeOnAttachments,
  attachedVolumeIsWorkingDisk,
  connectionsNameHostOfServer,
  noDeviceWithoutAttachment,
  noMappingWithoutAttachment,
  noSessionWithoutDevice,
} from '../../model/properties/at-rest.ts';
import {
  detachCompletesOrRollsBack,
  migrationLeavesOneAttachment,
} from '../../model/properties/liveness.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';

export const legacyLiveMigration = cloudScenario({
  name: 'legacy-live-migration',
  about:
    'A running server with a volume in the old style migrates live, before the attachments ' +
    'API or long after it: initialize_connection for the destination, terminate_connection ' +
    'for the source. Cinder keeps one row, and does not know of two connections. With one ' +
    'fault of each kind, the expectations say what stays behind.',
  release: 'newton',
  parameters: {
    fault: choice(['none', ...faultNames], { about: 'what fails, once, at any moment' }),
    detach: choice(['no', 'yes'], { about: 'whether the user detaches the volume, at any moment' }),
  },
  entities: () => ({
    servers: { s1: 'h1' },
    volumes: { v1: {} },
    attached: [['s1', 'v1']],
    oldStyle: [['s1', 'v1']],
  }),
  operations: ({ detach }, release) => ({
    migrate: liveMigrate.start('s1', 'h2'),
    ...(detach === 'yes' ? { detach: detachOf(release, 's1', 'v1') } : {}),
  }),
  faults: ({ fault }) => (fault === 'none' ? {} : { [fault]: 1 }),
  liveness: 'services',
  reachable: [
    cloud.reachable(
      'the server runs on the other host and has its volume there, and on no other',
      ({ instances, disks, mappings, devices }) =>
        instances['s1']?.host === 'h2' &&
        instances['s1'].task_state === null &&
        disks['s1/v1']?.startsWith('h2/') === true &&
        Object.keys(devices).length === 1 &&
        Object.keys(mappings).length === 1,
    ),
  ],
  expect: [
    {
      given: { release: 'newton', fault: 'none' },
      reason: 'the flow violates nothing without a fault',
    },
    {
      given: { release: '2026.1', fault: 'none' },
      reason: 'a volume that was attached before Queens moves in the old way to this day',
    },
    {
      given: { release: 'newton', fault: 'migration-error' },
      violates: { [connectionsNameHostOfServer.name]: 68 },
      reason: 'the BDM keeps the connection_info of the destination until nova 20 (bug 1780973)',
    },
    {
      given: { release: '2026.1', fault: 'migration-error' },
      reason:
        'the rollback has the destination disconnect and end its connection, and restores the ' +
        'BDM',
    },
    {
      given: { release: 'newton', fault: 'destination-error' },
      violates: { [connectionsNameHostOfServer.name]: 62 },
      reason: 'the source has the destination clean up by what it had saved by then',
    },
    {
      given: { release: '2026.1', fault: 'destination-error' },
      violates: { [noMappingWithoutAttachment.name]: 48 },
      reason:
        'since nova 32 the destination disconnects itself, and no step ends the connection of ' +
        'an old-style BDM (docs/openstack.md 7, M14)',
    },
    {
      given: { release: '2026.1', fault: 'destination-error', failed_pre_disconnect: 'by_source' },
      reason: 'the call to the destination also ended the connection',
    },
    {
      given: { release: 'newton', fault: 'driver-error' },
      violates: {
        [connectionsNameHostOfServer.name]: 43,
        [attachedVolumeIsWorkingDisk.name]: 43,
        [noDeviceWithoutAttachment.name]: 43,
        [noMappingWithoutAttachment.name]: 43,
      },
      reason:
        'an error after the move ends all steps that were to follow: the source keeps its ' +
        'connection',
    },
    {
      given: { release: '2026.1', fault: 'driver-error' },
      violates: { [noMappingWithoutAttachment.name]: 56 },
      reason: 'Nova logs the error and completes the migration: the source stays mapped',
    },
    {
      given: { release: 'newton', fault: 'brick-error' },
      violates: {
        [connectionsNameHostOfServer.name]: 49,
        [attachedVolumeIsWorkingDisk.name]: 49,
        [noDeviceWithoutAttachment.name]: 49,
        [noMappingWithoutAttachment.name]: 49,
      },
      reason: 'a disconnect that fails has the same effect; or the BDM is not restored',
    },
    {
      given: { release: '2026.1', fault: 'brick-error' },
      violates: {
        [noUnmapUnderDevice.name]: 48,
        [noDeviceWithoutAttachment.name]: 57,
        [noMappingWithoutAttachment.name]: 48,
      },
      reason:
        'Cinder unmaps the volume from under the device that stayed, as with attachments (D18)',
    },
    {
      given: { release: 'newton', fault: 'rpc-timeout' },
      violates: {
        [noUnmapUnderDevice.name]: 39,
        [connectionsNameHostOfServer.name]: 44,
        [attachedVolumeIsWorkingDisk.name]: 44,
        [noDeviceWithoutAttachment.name]: 44,
        [noMappingWithoutAttachment.name]: 44,
      },
      reason:
        'the destination goes on after the source has stopped waiting and rolled back, as in ' +
        'D10',
    },
    {
      given: { release: 'newton', fault: 'rest-500' },
      violates: {
        [connectionsNameHostOfServer.name]: 44,
        [attachedVolumeIsWorkingDisk.name]: 44,
        [noDeviceWithoutAttachment.name]: 44,
        [noMappingWithoutAttachment.name]: 44,
      },
      reason: 'the source no longer waits for what Cinder still does',
    },
    {
      given: { release: 'newton', fault: 'crash' },
      violates: {
        [connectionsNameHostOfServer.name]: 32,
        [attachedVolumeIsWorkingDisk.name]: 35,
        [noDeviceWithoutAttachment.name]: 32,
        [noSessionWithoutDevice.name]: 47,
        [noMappingWithoutAttachment.name]: 32,
        [migrationLeavesOneAttachment.name]: 2,
      },
      reason: 'no service repairs what a crash left half done',
    },
    {
      given: { release: 'newton', detach: 'yes' },
      violates: {
        [noDeviceWithoutAttachment.name]: 96,
        [noMappingWithoutAttachment.name]: 65,
        [allAgreeOnAttachments.name]: 96,
        [detachCompletesOrRollsBack.name]: 96,
      },
      reason:
        'a detach that passed its check before the migration began ends the connection of one ' +
        'host, while the other gets its own (D9)',
    },
  ],
});
