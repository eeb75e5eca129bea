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
  portAndVolumesOnOneHost,
  portBoundToOwnHostOnly,
  portProperties,
} from '../../model/properties/ports.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';

export const portBinding = cloudScenario({
  name: 'port-binding',
  about:
    'The binding of ports, which was the model for the second attachment in 2016: a live ' +
    'migration gives a port a second, inactive binding, activates it at the cut-over and ' +
    'deletes the first. Port and volume of one server move side by side.',
  release: '2026.1',
  parameters: {
    fault: choice(['none', ...faultNames], { about: 'what fails, once, at any moment' }),
    again: choice(['no', 'yes'], {
      about: 'whether a server without volumes migrates twice, and one migration fails',
    }),
    abort: choice(['no', 'yes'], { about: 'whether the operator asks to abort the migration' }),
  },
  entities: ({ again }) => ({
    servers: { s1: 'h1', s2: 'h1' },
    volumes: { v1: {} },
    attached: again === 'yes' ? [] : [['s1', 'v1']],
    ports: { p1: 's1', p2: 's2' },
  }),
  operations: ({ abort, again }) => ({
    migrate: liveMigrate.start('s1', 'h2'),
    ...(abort === 'yes' ? { abort: liveMigrateAbort.start('s1') } : {}),
    ...(again === 'yes' ? { again: liveMigrate.start('s1', 'h2') } : {}),
  }),
  faults: ({ fault, again }) => ({
    ...(again === 'yes' ? { 'migration-error': 1 } : {}),
    ...(fault === 'none' ? {} : { [fault]: 1 }),
  }),
  reachable: [
    ...portProperties,
    cloud.reachable(
      'port and volume of the server are on the other host, and nowhere else',
      ({ bindings, attachments, instances }) =>
        instances['s1']?.host === 'h2' &&
        Object.keys(bindings).sort().join() === 'p1@h2,p2@h1' &&
        bindings['p1@h2'] === 'active' &&
        Object.values(attachments).every(({ connector }) => connector === 'h2'),
    ),
  ],
  expect: [
    {
      given: { fault: 'none' },
      reason:
        'the port changes over in one transaction, the volume by two attachments and their ' +
        'deletion; both arrive',
    },
    {
      given: { abort: 'yes' },
      reason: 'an abort at any moment leaves both where they were, or both moved',
    },
    {
      given: { fault: 'migration-error' },
      reason: 'the rollback deletes the second binding as it deletes the second attachment',
    },
    {
      given: { fault: 'destination-error' },
      reason: 'the rollback deletes it too when the destination cannot prepare',
    },
    {
      given: { fault: 'vif-plug-timeout' },
      violates: { [noUnmapUnderDevice.name]: 64, [noDeviceWithoutAttachment.name]: 76 },
      reason: 'the fault hurts the volume, not the port (D29)',
    },
    {
      given: { fault: 'rest-500' },
      violates: {
        [noUnmapUnderDevice.name]: 61,
        [secondAttachmentOnlyForMove.name]: 35,
        [secondConnectionOnlyForMove.name]: 40,
        [volumeStatusFitsAttachments.name]: 43,
        [everyAttachmentHasBdm.name]: 43,
        [noDeviceWithoutAttachment.name]: 74,
        [allAgreeOnAttachments.name]: 81,
        [portBoundToOwnHostOnly.name]: 8,
      },
      reason:
        'there are never two active bindings or none. But one that Neutron made after Nova ' +
        'stopped waiting stays, and a lost reply at the cut-over leaves the attachment of the ' +
        'source',
    },
    {
      given: { fault: 'crash' },
      violates: {
        [noUnmapUnderDevice.name]: 52,
        [secondAttachmentOnlyForMove.name]: 15,
        [secondConnectionOnlyForMove.name]: 20,
        [volumeStatusFitsAttachments.name]: 36,
        [everyAttachmentHasBdm.name]: 36,
        [connectionsNameHostOfServer.name]: 52,
        [attachedVolumeIsWorkingDisk.name]: 55,
        [noDeviceWithoutAttachment.name]: 64,
        [noSessionWithoutDevice.name]: 63,
        [noMappingWithoutAttachment.name]: 40,
        [allAgreeOnAttachments.name]: 52,
        [portAndVolumesOnOneHost.name]: 55,
        [portBoundToOwnHostOnly.name]: 6,
      },
      reason:
        'no service finishes the move: guest and volume on one host, the port on the other ' +
        '(docs/openstack.md 9.2, source after M11)',
    },
    {
      given: { again: 'yes', fault: 'rest-500' },
      violates: { [portBoundToOwnHostOnly.name]: 9 },
      reason:
        'Neutron refuses the leftover binding to the next migration to that host, whose ' +
        'rollback removes it; after the last migration it stays',
    },
  ],
});
