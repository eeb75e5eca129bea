import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { conversionOrders } from '../../model/nova/convert-bdm.ts';
import { laterActions } from '../../model/nova/convert-later.ts';
import {
  connectedAttachmentIsMapped,
  guestReachesItsDisks,
  movingServerKeepsAttachment,
  noUnmapUnderDevice,
  secondAttachmentOnlyForMove,
} from '../../model/properties/always.ts';
import {
  allAgreeOnAttachments,
  everyAttachmentHasBdm,
  noMappingWithoutAttachment,
  volumeStatusFitsAttachments,
} from '../../model/properties/at-rest.ts';
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
  'volume-and-task-state': { volume: true, task: true },
} as const;

export const upgradeOffline = cloudScenario({
  name: 'upgrade-offline',
  about:
    'The question of 2016: can a command of nova-manage turn old-style block device ' +
    'mappings into attachments while the services run? OpenStack never shipped one. In ' +
    'which order, and with which guard, does nothing break?',
  release: '2026.1',
  parameters: {
    order: choice(conversionOrders, { about: 'in which order the conversion does its steps' }),
    guard: choice(['none', 'recheck', 'volume', 'task-state', 'volume-and-task-state'], {
      default: 'volume-and-task-state',
      about: 'how the conversion excludes other requests for server and volume',
    }),
    against: choice(rivals, { about: 'the request at the same time' }),
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
    conversionAnd('offline', {
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
      given: { guard: 'volume', against: 'detach' },
      reason: 'os-begin_detaching excludes a detach',
    },
    {
      given: { guard: 'volume-and-task-state', against: 'nothing' },
      reason: 'nothing disturbs it',
    },
    {
      given: { guard: 'volume-and-task-state', against: 'detach' },
      reason: 'os-begin_detaching excludes a detach',
    },
    {
      given: { guard: 'volume-and-task-state', against: 'conversion' },
      reason: 'the second conversion finds nothing to convert',
    },
    {
      given: { guard: 'volume-and-task-state', against: 'live-migration' },
      reason: 'the task state excludes the migration',
    },
    {
      given: { guard: 'volume-and-task-state', against: 'delete' },
      violates: { [volumeStatusFitsAttachments.name]: 57, [noMappingWithoutAttachment.name]: 46 },
      reason:
        'a deletion that begins between save and update finds a row without connector: only the ' +
        'instance lock excludes it',
    },
    {
      given: { order: 'adopt-update-save', guard: 'volume-and-task-state', against: 'delete' },
      violates: { [volumeStatusFitsAttachments.name]: 60, [noMappingWithoutAttachment.name]: 67 },
      reason: 'the old-style requests of a deletion and the update of the same row cross',
    },
    {
      given: { order: 'create-save-remove', guard: 'task-state', against: 'delete' },
      violates: {
        [noUnmapUnderDevice.name]: 32,
        [secondAttachmentOnlyForMove.name]: 44,
        [guestReachesItsDisks.name]: 32,
        [movingServerKeepsAttachment.name]: 35,
        [connectedAttachmentIsMapped.name]: 46,
        [volumeStatusFitsAttachments.name]: 65,
        [everyAttachmentHasBdm.name]: 67,
      },
      reason:
        'after Nova refuses the save, the deletion of the new attachment unmaps the volume ' +
        'under the guest',
    },
    {
      given: { guard: 'volume', fault: 'crash', later: 'conversion' },
      violates: {
        [bdmNamesConnectedAttachment.name]: 24,
        [volumeStatusFitsAttachments.name]: 18,
        [allAgreeOnAttachments.name]: 37,
      },
      reason: 'no service can tell whether the volume is `detaching` for a command that has died',
    },
    {
      given: { guard: 'none', fault: 'crash', later: 'conversion' },
      reason: 'without a mutex that outlives it, a command that runs again finishes the rest',
    },
    {
      given: { guard: 'none', fault: 'save-error' },
      reason: 'nothing has happened yet',
    },
  ],
});
