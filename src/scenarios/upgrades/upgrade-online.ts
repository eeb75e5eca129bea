import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { conversionOrders } from '../../model/nova/convert-bdm.ts';
import { laterActions } from '../../model/nova/convert-later.ts';
import {
  connectedAttachmentIsMapped,
  guestReachesItsDisks,
  movingServerKeepsAttachment,
  noUnmapUnderDevice,
  secondAttachmentOnlyForMove,
  secondConnectionOnlyForMove,
} from '../../model/properties/always.ts';
import {
  allAgreeOnAttachments,
  attachedVolumeIsWorkingDisk,
  connectionsNameHostOfServer,
  everyAttachmentHasBdm,
  everyBdmHasAttachment,
  noDeviceWithoutAttachment,
  noMappingWithoutAttachment,
  noSessionWithoutDevice,
  volumeStatusFitsAttachments,
} from '../../model/properties/at-rest.ts';
import {
  attachCompletesOrRollsBack,
  migrationLeavesOneAttachment,
} from '../../model/properties/liveness.ts';
import { choice } from '../../spec/parameters.ts';
import {
  bdmNamesConnectedAttachment,
  conversionAnd,
  conversionFaults,
  isAnsweredTwice,
  isConverted,
  noServerStaysConverting,
  oneOldAttachment,
  rivals,
} from './conversion.ts';

const guards = {
  none: {},
  recheck: { recheck: true },
  volume: { volume: true },
  'task-state': { task: true },
  lock: { lock: true },
  'lock-and-volume': { lock: true, volume: true },
  'lock-and-task-state': { lock: true, task: true },
} as const;

export const upgradeOnline = cloudScenario({
  name: 'upgrade-online',
  about:
    'The question of 2016: can nova-compute turn an old-style block device mapping into an ' +
    'attachment when an operation meets one? OpenStack never shipped it. In which order, ' +
    'and with which guard, does nothing break?',
  release: '2026.1',
  parameters: {
    order: choice(conversionOrders, { about: 'in which order the conversion does its steps' }),
    guard: choice(
      ['none', 'recheck', 'volume', 'task-state', 'lock', 'lock-and-volume', 'lock-and-task-state'],
      {
        default: 'lock-and-task-state',
        about: 'how the conversion excludes other requests for server and volume',
      },
    ),
    against: choice(rivals, { default: 'detach', about: 'the request at the same time' }),
    fault: choice(conversionFaults, { about: 'what fails, once, at any moment' }),
    later: choice(laterActions, { about: 'the request after everything has come to rest' }),
    resumes: choice(['yes', 'no'], {
      about: 'whether a conversion finishes a half converted attachment of another one',
    }),
    host: choice(['checked', 'unchecked'], {
      about:
        'whether it checks, with the guards, that the server is still on the host whose ' +
        'connector it has',
    }),
  },
  entities: oneOldAttachment,
  operations: ({ order, guard, against, later, resumes, host }) =>
    conversionAnd('online', {
      order,
      rules: { ...guards[guard], resumes: resumes === 'yes', anyHost: host === 'unchecked' },
      against,
      later,
    }),
  faults: ({ fault }) => (fault === 'none' ? {} : { [fault]: 1 }),
  liveness: ({ against }) => (against === 'live-migration' ? 'services' : undefined),
  reachable: [bdmNamesConnectedAttachment, noServerStaysConverting, isConverted, isAnsweredTwice],
  expect: [
    {
      given: { guard: 'none', against: 'detach' },
      violates: { [volumeStatusFitsAttachments.name]: 56, [noMappingWithoutAttachment.name]: 42 },
      reason:
        'the row gets its connector while an old-style operation ends it, or too early for a ' +
        'new-style one: the mapping stays',
    },
    {
      given: { guard: 'recheck', against: 'detach' },
      violates: { [volumeStatusFitsAttachments.name]: 56, [noMappingWithoutAttachment.name]: 42 },
      reason: 'the BDM was still old-style at the save: the race is with the update after it',
    },
    {
      given: { guard: 'volume', against: 'detach' },
      reason: 'os-begin_detaching excludes a detach',
    },
    {
      given: { guard: 'volume', against: 'delete' },
      violates: { [volumeStatusFitsAttachments.name]: 57, [noMappingWithoutAttachment.name]: 46 },
      reason: 'a deletion never asks for os-begin_detaching',
    },
    {
      given: { guard: 'task-state', against: 'detach' },
      violates: { [volumeStatusFitsAttachments.name]: 56, [noMappingWithoutAttachment.name]: 42 },
      reason:
        'nova-api looked at the task state before it was taken, and nova-compute does not look ' +
        'again',
    },
    {
      given: { guard: 'lock', against: 'detach' },
      reason: 'a detach reads the BDM under the same lock',
    },
    {
      given: { guard: 'lock', against: 'delete' },
      reason:
        'a deletion uses the BDM that nova-api passed, although it is old-style: the driver ' +
        'unmaps, and os-detach removes the only row',
    },
    {
      given: { guard: 'lock', against: 'delete', delete_bdms: 'under_lock' },
      reason: 'a deletion that reads the BDMs under the lock deletes the attachment by its id',
    },
    {
      given: { guard: 'lock-and-task-state', against: 'nothing' },
      reason: 'this is the recommended way',
    },
    {
      given: { guard: 'lock-and-task-state', against: 'detach' },
      reason: 'this is the recommended way',
    },
    {
      given: { guard: 'lock-and-task-state', against: 'delete' },
      reason:
        'a deletion that began before the save undoes nothing, since nothing is done; one after ' +
        'it passes the new BDM',
    },
    {
      given: { guard: 'lock-and-task-state', against: 'conversion' },
      reason: 'the second conversion finds nothing to convert',
    },
    {
      given: { against: 'live-migration' },
      reason: 'a migration checks the same task state and takes it as well',
    },
    {
      given: { against: 'live-migration', host: 'unchecked' },
      violates: {
        [connectionsNameHostOfServer.name]: 85,
        [noDeviceWithoutAttachment.name]: 85,
        [noMappingWithoutAttachment.name]: 85,
      },
      reason:
        'a conversion that begins when the server has moved gives its attachment the connector ' +
        'of the host that it left',
    },
    {
      given: { guard: 'lock', against: 'live-migration' },
      violates: {
        [noUnmapUnderDevice.name]: 49,
        [secondAttachmentOnlyForMove.name]: 79,
        [secondConnectionOnlyForMove.name]: 88,
        [guestReachesItsDisks.name]: 49,
        [movingServerKeepsAttachment.name]: 52,
        [connectedAttachmentIsMapped.name]: 68,
        [volumeStatusFitsAttachments.name]: 68,
        [everyAttachmentHasBdm.name]: 92,
        [connectionsNameHostOfServer.name]: 85,
        [noDeviceWithoutAttachment.name]: 67,
        [noMappingWithoutAttachment.name]: 85,
        [allAgreeOnAttachments.name]: 67,
        [attachCompletesOrRollsBack.name]: 67,
        [migrationLeavesOneAttachment.name]: 67,
      },
      reason:
        'no step of a migration takes the lock: its rollback takes the adopted attachment for ' +
        'one that the destination made',
    },
    {
      given: { guard: 'none', against: 'live-migration', release: 'rocky' },
      violates: {
        [secondAttachmentOnlyForMove.name]: 67,
        [secondConnectionOnlyForMove.name]: 76,
        [connectedAttachmentIsMapped.name]: 73,
        [everyAttachmentHasBdm.name]: 87,
        [connectionsNameHostOfServer.name]: 87,
        [noDeviceWithoutAttachment.name]: 91,
        [noMappingWithoutAttachment.name]: 91,
        [allAgreeOnAttachments.name]: 87,
        [attachCompletesOrRollsBack.name]: 108,
        [migrationLeavesOneAttachment.name]: 87,
      },
      reason:
        'before nova 19 the source asks Cinder again how it is connected, and an adopted ' +
        'attachment that has no connector yet has no answer. Before nova 21 that ends all that ' +
        'was to follow: device and mapping stay. A conversion that began before the move ends ' +
        'after it, with the connector of the host that was left',
    },
    {
      given: {
        order: 'reserve-save-update-remove',
        guard: 'lock-and-task-state',
        against: 'delete',
      },
      reason: 'here too the save comes before anything has a connector',
    },
    {
      given: { order: 'adopt-update-save', guard: 'lock-and-task-state', against: 'delete' },
      reason:
        'the connector is there when Nova refuses the save, and cannot be taken back: the ' +
        'deletion ends it the old way',
    },
    {
      given: { order: 'create-save-remove', guard: 'lock-and-task-state', against: 'delete' },
      violates: {
        [noUnmapUnderDevice.name]: 32,
        [guestReachesItsDisks.name]: 32,
        [movingServerKeepsAttachment.name]: 35,
      },
      reason:
        'after Nova refuses the save, the deletion of the new attachment unmaps the volume ' +
        'under the guest',
    },
    {
      given: { order: 'reserve-save-update-remove', guard: 'lock-and-volume', against: 'nothing' },
      violates: { [isAnsweredTwice.name]: null, [isConverted.name]: null },
      reason: 'Cinder accepts no further attachment while the volume is detaching',
    },
    {
      given: { guard: 'lock', against: 'nothing', fault: 'crash', later: 'detach' },
      violates: {
        [volumeStatusFitsAttachments.name]: 35,
        [everyBdmHasAttachment.name]: 59,
        [attachedVolumeIsWorkingDisk.name]: 44,
        [noSessionWithoutDevice.name]: 48,
        [noMappingWithoutAttachment.name]: 39,
        [allAgreeOnAttachments.name]: 29,
      },
      reason:
        'nova-compute dies between save and update; the detach finds a row without connector ' +
        'and leaves the mapping (noMappingWithoutAttachment); the others are the windows of a ' +
        'detach that dies itself (docs/openstack.md 9.2)',
    },
    {
      given: { against: 'nothing', fault: 'crash' },
      violates: {
        [bdmNamesConnectedAttachment.name]: 10,
        [noServerStaysConverting.name]: 4,
        [volumeStatusFitsAttachments.name]: 41,
        [allAgreeOnAttachments.name]: 23,
      },
      reason: 'the half converted attachment stays, and the server stays `converting`',
    },
    {
      given: { against: 'nothing', fault: 'crash', later: 'conversion', resumes: 'no' },
      violates: {
        [bdmNamesConnectedAttachment.name]: 16,
        [noServerStaysConverting.name]: 11,
        [volumeStatusFitsAttachments.name]: 47,
        [allAgreeOnAttachments.name]: 29,
      },
      reason: 'a conversion that looks only for old-style BDMs does not see a half converted one',
    },
    {
      given: { against: 'nothing', fault: 'crash', later: 'conversion' },
      reason:
        'a conversion that runs again, under the lock, finishes the rest and takes the task ' +
        'state over',
    },
    {
      given: { against: 'nothing', fault: 'rest-504' },
      violates: { [volumeStatusFitsAttachments.name]: 44, [allAgreeOnAttachments.name]: 44 },
      reason:
        'Nova sends the update again, and the first one writes `attaching` after the attachment ' +
        'is complete (late-attachment-update)',
    },
    {
      given: { against: 'nothing', fault: 'rest-504', later: 'conversion' },
      reason: 'a conversion that runs again completes the attachment once more',
    },
    {
      given: { against: 'nothing', fault: 'driver-error' },
      reason: 'Nova takes the save back: the attachment is old-style as before',
    },
    {
      given: { against: 'nothing', fault: 'save-error' },
      reason: 'nothing has happened yet',
    },
  ],
});
