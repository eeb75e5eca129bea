import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { endResize } from '../../model/nova/cold-migrate.ts';
import { deleteServer } from '../../model/nova/delete.ts';
import {
  guestReachesItsDisks,
  noDeviceRemovedUnderGuest,
  noUnmapUnderDevice,
} from '../../model/properties/always.ts';
import {
  allAgreeOnAttachments,
  everyAttachmentHasBdm,
  noDeviceWithoutAttachment,
  noMappingWithoutAttachment,
  volumeStatusFitsAttachments,
} from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';

export const deletedWhileReverted = cloudScenario({
  name: 'deleted-while-reverted',
  about:
    'A user reverts a resize and deletes the server. The source checks the task state when ' +
    'it saves that it has the server. Before nova 21 it did not check, and went on with a ' +
    'server that was being deleted.',
  release: '2026.1',
  entities: () => ({
    servers: { s1: 'h1' },
    volumes: { v1: {} },
    attached: [['s1', 'v1']],
    resized: { s1: 'h2' },
  }),
  operations: () => ({
    revert: endResize.start('s1', 'revert'),
    delete: deleteServer.start('s1'),
  }),
  reachable: [
    cloud.reachable(
      'the server is back',
      ({ disks }) => disks['s1/v1']?.startsWith('h2/') === true,
    ),
    cloud.reachable('the server is gone', ({ instances }) => instances['s1'] === undefined),
    cloud.step(
      'a host does not take back a server that is being deleted',
      ({ instances: before }, _action, { instances: after }) =>
        before['s1']?.task_state !== 'deleting' ||
        after['s1'] === undefined ||
        after['s1'].host === before['s1'].host,
    ),
  ],
  expect: [
    {
      given: { release: 'train' },
      violates: {
        [noUnmapUnderDevice.name]: 75,
        [noDeviceRemovedUnderGuest.name]: 69,
        [guestReachesItsDisks.name]: 78,
        [volumeStatusFitsAttachments.name]: 48,
        [everyAttachmentHasBdm.name]: 48,
        [noDeviceWithoutAttachment.name]: 83,
        [noMappingWithoutAttachment.name]: 73,
        [allAgreeOnAttachments.name]: 79,
        ['a host does not take back a server that is being deleted']: 35,
      },
      reason:
        'the source takes the server and starts it during the deletion; the other violations ' +
        'come from any deletion of a server that moves',
    },
    {
      given: { release: 'ussuri' },
      violates: {
        [noUnmapUnderDevice.name]: 75,
        [noDeviceRemovedUnderGuest.name]: 69,
        [guestReachesItsDisks.name]: 78,
        [volumeStatusFitsAttachments.name]: 48,
        [everyAttachmentHasBdm.name]: 48,
        [noDeviceWithoutAttachment.name]: 83,
        [noMappingWithoutAttachment.name]: 73,
        [allAgreeOnAttachments.name]: 79,
      },
      reason:
        'nova 21: the source sees the deletion and stops. The deletion uses what nova-api read ' +
        'before',
    },
    {
      given: { release: '2026.1' },
      violates: {
        [noUnmapUnderDevice.name]: 73,
        [noDeviceRemovedUnderGuest.name]: 67,
        [guestReachesItsDisks.name]: 76,
        [volumeStatusFitsAttachments.name]: 48,
        [everyAttachmentHasBdm.name]: 47,
        [noDeviceWithoutAttachment.name]: 79,
        [noMappingWithoutAttachment.name]: 70,
        [allAgreeOnAttachments.name]: 77,
      },
      reason: 'today’s master does the same',
    },
    {
      given: { release: '2026.1', revert_host: 'saved' },
      violates: {
        [noUnmapUnderDevice.name]: 73,
        [noDeviceRemovedUnderGuest.name]: 67,
        [guestReachesItsDisks.name]: 76,
        [volumeStatusFitsAttachments.name]: 48,
        [everyAttachmentHasBdm.name]: 47,
        [noDeviceWithoutAttachment.name]: 79,
        [noMappingWithoutAttachment.name]: 70,
        [allAgreeOnAttachments.name]: 76,
        ['a host does not take back a server that is being deleted']: 33,
      },
      reason: 'if the source does not check, it takes the server again',
    },
  ],
});
