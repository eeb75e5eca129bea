import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { liveMigrate } from '../../model/nova/live-migration.ts';
import {
  guestReachesItsDisks,
  movingServerKeepsAttachment,
  noUnmapUnderDevice,
  secondAttachmentOnlyForMove,
  secondConnectionOnlyForMove,
} from '../../model/properties/always.ts';
import {
  allAgreeOnAttachments,
  connectionsNameHostOfServer,
  everyAttachmentHasBdm,
  everyBdmHasAttachment,
  noDeviceWithoutAttachment,
} from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';
import { isAtRest } from '../../model/world/services.ts';
import { choice } from '../../spec/parameters.ts';

const namesItsHost = cloud.always(
  'at rest, a server is on the host where its guest runs',
  cloud.every('instances', ({ host }, server, state, processes) => {
    const disks = Object.entries(state.disks).filter(([disk]) => disk.startsWith(`${server}/`));
    return (
      disks.every(([, device]) => device.startsWith(`${host}/`)) || !isAtRest(processes, state)
    );
  }),
);

const notInError = cloud.never(
  'a server whose guest has moved is in error',
  ({ instances, disks }) =>
    instances['s1']?.vm_state === 'error' && disks['s1/v1']?.startsWith('h2/') === true,
);

export const bug1628606 = cloudScenario({
  name: 'bug-1628606',
  about:
    'A live migration has moved the guest, and then one step on the source fails once: ' +
    'Cinder cannot delete the attachment, the host cannot disconnect the device, or the ' +
    'destination does not answer the last call. The fixes of bugs 1628606 and 1843639 log ' +
    'the first two errors; nova 27 corrects the host of the server.',
  release: '2026.1',
  parameters: {
    fault: choice(['driver-error', 'brick-error', 'compute-timeout'], {
      about: 'what fails: Cinder, the host, or the last call',
    }),
  },
  entities: () => ({ servers: { s1: 'h1' }, volumes: { v1: {} }, attached: [['s1', 'v1']] }),
  operations: () => ({ migrate: liveMigrate.start('s1', 'h2') }),
  faults: ({ fault }) => ({ [fault]: 1 }),
  reachable: [
    cloud.reachable(
      'the server has moved',
      ({ instances, disks }) =>
        instances['s1']?.host === 'h2' && disks['s1/v1']?.startsWith('h2/') === true,
    ),
    namesItsHost,
    notInError,
  ],
  expect: [
    {
      given: { fault: 'driver-error', release: 'rocky' },
      violates: {
        [secondAttachmentOnlyForMove.name]: 26,
        [secondConnectionOnlyForMove.name]: 30,
        [everyAttachmentHasBdm.name]: 49,
        [connectionsNameHostOfServer.name]: 72,
        [allAgreeOnAttachments.name]: 72,
        [namesItsHost.name]: 72,
        [notInError.name]: 72,
      },
      reason: 'bug 1628606: the server is in error on the host that it has left',
    },
    {
      given: { fault: 'driver-error', release: 'stein' },
      violates: {
        [secondAttachmentOnlyForMove.name]: 26,
        [secondConnectionOnlyForMove.name]: 30,
        [everyAttachmentHasBdm.name]: 49,
        [allAgreeOnAttachments.name]: 74,
      },
      reason: 'nova 19 logs the error; the old attachment stays',
    },
    {
      given: { fault: 'driver-error', release: 'stein', migrated_attachment_errors: 'raised' },
      violates: {
        [secondAttachmentOnlyForMove.name]: 26,
        [secondConnectionOnlyForMove.name]: 30,
        [everyAttachmentHasBdm.name]: 49,
        [connectionsNameHostOfServer.name]: 69,
        [allAgreeOnAttachments.name]: 69,
        [namesItsHost.name]: 69,
        [notInError.name]: 69,
      },
      reason: 'if Nova raises the error again, the bug is back',
    },
    {
      given: { fault: 'brick-error', release: 'train' },
      violates: {
        [noUnmapUnderDevice.name]: 78,
        [secondAttachmentOnlyForMove.name]: 60,
        [secondConnectionOnlyForMove.name]: 60,
        [guestReachesItsDisks.name]: 78,
        [everyBdmHasAttachment.name]: 98,
        [everyAttachmentHasBdm.name]: 60,
        [connectionsNameHostOfServer.name]: 60,
        [noDeviceWithoutAttachment.name]: 98,
        [allAgreeOnAttachments.name]: 60,
        [namesItsHost.name]: 60,
        [notInError.name]: 60,
      },
      reason: 'bug 1843639: the server is in error on the host that it has left',
    },
    {
      given: { fault: 'brick-error', release: 'ussuri' },
      violates: {
        [noUnmapUnderDevice.name]: 67,
        [guestReachesItsDisks.name]: 80,
        [movingServerKeepsAttachment.name]: 82,
        [everyBdmHasAttachment.name]: 99,
        [noDeviceWithoutAttachment.name]: 80,
        [allAgreeOnAttachments.name]: 99,
      },
      reason: 'nova 21 logs the error; the device stays, and Cinder unmaps its LUN (D18)',
    },
    {
      given: { fault: 'brick-error', release: 'ussuri', migrated_disconnect_errors: 'raised' },
      violates: {
        [noUnmapUnderDevice.name]: 80,
        [secondAttachmentOnlyForMove.name]: 60,
        [secondConnectionOnlyForMove.name]: 60,
        [guestReachesItsDisks.name]: 80,
        [movingServerKeepsAttachment.name]: 82,
        [everyBdmHasAttachment.name]: 99,
        [everyAttachmentHasBdm.name]: 60,
        [connectionsNameHostOfServer.name]: 60,
        [noDeviceWithoutAttachment.name]: 99,
        [allAgreeOnAttachments.name]: 60,
        [namesItsHost.name]: 60,
        [notInError.name]: 60,
      },
      reason: 'if Nova raises the error again, the bug is back',
    },
    {
      given: { fault: 'brick-error', release: '2023.1', migrated_disconnect_errors: 'raised' },
      violates: {
        [secondAttachmentOnlyForMove.name]: 59,
        [secondConnectionOnlyForMove.name]: 59,
        [everyAttachmentHasBdm.name]: 60,
        [allAgreeOnAttachments.name]: 60,
        [notInError.name]: 60,
      },
      reason: 'nova 27 would have named the right host',
    },
    {
      given: { fault: 'compute-timeout', release: '2024.2' },
      reason: 'the destination saves later, and no server is in error',
    },
    {
      given: { fault: 'compute-timeout', release: '2025.1' },
      violates: { [allAgreeOnAttachments.name]: 78, [notInError.name]: 77 },
      reason:
        'nova 31: a time-out of the last call sets a server to error that has moved without a ' +
        'fault',
    },
    {
      given: { fault: 'compute-timeout', release: '2026.1' },
      violates: { [allAgreeOnAttachments.name]: 78, [notInError.name]: 77 },
      reason: 'today’s master does the same',
    },
  ],
});
