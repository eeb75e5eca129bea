import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { attachVolume } from '../../model/nova/attach.ts';
import { endResize, resizeServer } from '../../model/nova/cold-migrate.ts';
import { deleteServer } from '../../model/nova/delete.ts';
import { detachVolume } from '../../model/nova/detach.ts';
import { liveMigrate } from '../../model/nova/live-migration.ts';
import { rebootServer } from '../../model/nova/reboot.ts';
import { rebuildServer } from '../../model/nova/rebuild.ts';
import { shelveServer } from '../../model/nova/shelve.ts';
import {
  connectedAttachmentIsMapped,
  guestReachesItsDisks,
  movingServerKeepsAttachment,
  noDeviceRemovedUnderGuest,
  noUnmapUnderDevice,
} from '../../model/properties/always.ts';
import {
  allAgreeOnAttachments,
  attachedVolumeIsWorkingDisk,
  connectionsNameHostOfServer,
  everyAttachmentHasBdm,
  noDeviceWithoutAttachment,
  noMappingWithoutAttachment,
  volumeStatusFitsAttachments,
} from '../../model/properties/at-rest.ts';
import { noneGivenWithoutDevice } from '../../model/properties/guests.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';

/** The requests to a server, and where it goes if they move it. */
const requests = {
  'live-migrate': (dest: string) => liveMigrate.start('s1', dest),
  resize: (dest: string) => resizeServer.start('s1', dest),
  shelve: () => shelveServer.start('s1'),
  reboot: () => rebootServer.start('s1'),
  rebuild: () => rebuildServer.start('s1', 'v1'),
  revert: () => endResize.start('s1', 'revert'),
  attach: () => attachVolume.start('s1', 'v2'),
  detach: () => detachVolume.start('s1', 'v1'),
  delete: () => deleteServer.start('s1'),
} as const;

export const busyServer = cloudScenario({
  name: 'busy-server',
  about:
    'L11: two requests to a running server meet. The task state refuses the second request, ' +
    'with two exceptions: Nova always accepts a deletion, and a detach that Nova has ' +
    'accepted sets no task state.',
  release: '2026.1',
  parameters: {
    first: choice(['live-migrate', 'resize', 'revert', 'shelve', 'reboot', 'rebuild', 'delete'], {
      about: 'the first request to the server',
    }),
    other: choice(
      ['live-migrate', 'resize', 'shelve', 'reboot', 'rebuild', 'attach', 'detach', 'delete'],
      { about: 'the other request to the server' },
    ),
    volume: choice(['own', 'shared'], {
      about: 'whether another server of the host has the volume as well',
    }),
  },
  entities: ({ first, other, volume }) => {
    const isShared = volume === 'shared';
    return {
      servers: { s1: 'h1', ...(isShared ? { s2: 'h1' } : {}) },
      volumes: { v1: { multiattach: isShared }, ...(other === 'attach' ? { v2: {} } : {}) },
      attached: [['s1', 'v1'], ...(isShared ? [['s2', 'v1'] as const] : [])],
      resized: first === 'revert' ? { s1: 'h2' } : {},
    };
  },
  operations: ({ first, other }) => ({
    first: requests[first]('h2'),
    other: requests[other]('h3'),
  }),
  reachable: [
    noneGivenWithoutDevice,
    cloud.reachable(
      'both requests have ended',
      (_state, processes) => processes['first']?.at === 'done' && processes['other']?.at === 'done',
    ),
  ],
  expect: [
    {
      given: { first: 'live-migrate', other: 'live-migrate' },
      reason:
        'one request goes first; Nova refuses the other, or the other moves the server again ' +
        'afterwards',
    },
    {
      given: { first: 'live-migrate', other: 'resize' },
      reason: 'a resized server is not active, either',
    },
    {
      given: { first: 'live-migrate', other: 'shelve' },
      reason: 'a shelved server is on no host',
    },
    { given: { first: 'live-migrate', other: 'reboot' }, reason: 'one request goes first' },
    { given: { first: 'live-migrate', other: 'rebuild' }, reason: 'one request goes first' },
    {
      given: { first: 'live-migrate', other: 'delete' },
      violates: {
        [noUnmapUnderDevice.name]: 57,
        [guestReachesItsDisks.name]: 72,
        [movingServerKeepsAttachment.name]: 75,
        [everyAttachmentHasBdm.name]: 73,
        [noDeviceWithoutAttachment.name]: 82,
        [allAgreeOnAttachments.name]: 96,
      },
      reason:
        'Nova always accepts a deletion. It deletes the attachment that the migration has just ' +
        'made, and unmaps the volume that the destination connects; or it ends before the ' +
        'migration makes that attachment',
    },
    {
      given: { first: 'resize', other: 'delete' },
      violates: {
        [noUnmapUnderDevice.name]: 74,
        [noDeviceRemovedUnderGuest.name]: 68,
        [guestReachesItsDisks.name]: 77,
        [volumeStatusFitsAttachments.name]: 49,
        [everyAttachmentHasBdm.name]: 48,
        [noDeviceWithoutAttachment.name]: 82,
        [noMappingWithoutAttachment.name]: 71,
        [allAgreeOnAttachments.name]: 81,
      },
      reason:
        'a deletion does the same to a resize, which holds no lock of the server on either host',
    },
    {
      given: { first: 'shelve', other: 'delete' },
      violates: { [everyAttachmentHasBdm.name]: 42 },
      reason:
        'the deletion waits for the lock, and then deletes the attachments that nova-api read: ' +
        'not the one that holds the volume',
    },
    { given: { first: 'reboot', other: 'delete' }, reason: 'a reboot changes no attachment' },
    {
      given: { first: 'reboot', other: 'delete', release: 'train' },
      violates: {
        [noUnmapUnderDevice.name]: 38,
        [noDeviceRemovedUnderGuest.name]: 32,
        [guestReachesItsDisks.name]: 41,
        [noDeviceWithoutAttachment.name]: 52,
        [allAgreeOnAttachments.name]: 52,
        [noneGivenWithoutDevice.name]: 32,
      },
      reason:
        'before nova 21 a reboot did not take the lock of the server, and started the guest ' +
        'during the deletion',
    },
    {
      given: { first: 'rebuild', other: 'delete' },
      violates: {
        [noUnmapUnderDevice.name]: 95,
        [noDeviceRemovedUnderGuest.name]: 89,
        [guestReachesItsDisks.name]: 98,
        [volumeStatusFitsAttachments.name]: 61,
        [everyAttachmentHasBdm.name]: 61,
        [noDeviceWithoutAttachment.name]: 107,
        [noMappingWithoutAttachment.name]: 86,
        [allAgreeOnAttachments.name]: 99,
      },
      reason: 'a deletion does the same to a rebuild as to a resize',
    },
    {
      given: { first: 'delete', other: 'delete', volume: 'shared' },
      violates: { [noDeviceRemovedUnderGuest.name]: 45, [attachedVolumeIsWorkingDisk.name]: 54 },
      reason:
        'the second deletion has read the mappings before the first ends. It counts one server, ' +
        'which is the other one, and removes its device',
    },
    {
      given: { first: 'resize', other: 'detach' },
      violates: {
        [noUnmapUnderDevice.name]: 77,
        [guestReachesItsDisks.name]: 80,
        [volumeStatusFitsAttachments.name]: 51,
        [everyAttachmentHasBdm.name]: 50,
        [noDeviceWithoutAttachment.name]: 84,
        [noMappingWithoutAttachment.name]: 73,
        [allAgreeOnAttachments.name]: 82,
      },
      reason:
        'a detach that nova-api has accepted sets no task state, and the resize does not take ' +
        'the lock that the detach takes',
    },
    {
      given: { first: 'delete', other: 'detach' },
      reason: 'both requests hold the lock of the server',
    },
    {
      given: { first: 'revert', other: 'detach' },
      violates: {
        [noUnmapUnderDevice.name]: 76,
        [guestReachesItsDisks.name]: 79,
        [volumeStatusFitsAttachments.name]: 50,
        [everyAttachmentHasBdm.name]: 49,
        [noDeviceWithoutAttachment.name]: 83,
        [noMappingWithoutAttachment.name]: 72,
        [allAgreeOnAttachments.name]: 82,
      },
      reason: 'a detach does the same to a revert as to a resize',
    },
    {
      given: { first: 'revert', other: 'attach' },
      violates: {
        [noUnmapUnderDevice.name]: 77,
        [noDeviceRemovedUnderGuest.name]: 50,
        [guestReachesItsDisks.name]: 79,
        [movingServerKeepsAttachment.name]: 76,
        [volumeStatusFitsAttachments.name]: 151,
        [everyAttachmentHasBdm.name]: 69,
        [connectionsNameHostOfServer.name]: 135,
        [attachedVolumeIsWorkingDisk.name]: 135,
        [noDeviceWithoutAttachment.name]: 135,
        [noMappingWithoutAttachment.name]: 83,
        [allAgreeOnAttachments.name]: 80,
      },
      reason:
        'the attach uses the attachment that it was sent, the revert those that it reads; each ' +
        'removes the attachment that the other makes',
    },
    {
      given: { first: 'shelve', other: 'attach' },
      violates: { [everyAttachmentHasBdm.name]: 73 },
      reason:
        'the offload gives the mapping of the attach that waits for the lock another ' +
        'attachment. The attach fails with the one that it was sent, and destroys the mapping: ' +
        'the volume stays reserved',
    },
    {
      given: { first: 'reboot', other: 'attach' },
      reason: 'both requests hold the lock of the server',
    },
    {
      given: { first: 'reboot', other: 'detach' },
      reason: 'both requests hold the lock of the server',
    },
    {
      given: { first: 'reboot', other: 'detach', release: 'train' },
      violates: {
        [noUnmapUnderDevice.name]: 41,
        [noDeviceRemovedUnderGuest.name]: 37,
        [guestReachesItsDisks.name]: 44,
        [noDeviceWithoutAttachment.name]: 54,
        [allAgreeOnAttachments.name]: 54,
        [noneGivenWithoutDevice.name]: 37,
      },
      reason: 'the reboot starts the guest during a detach as well',
    },
    {
      given: { first: 'shelve', other: 'detach' },
      reason: 'both requests hold the lock of the server',
    },
    {
      given: { first: 'rebuild', other: 'detach' },
      violates: {
        [noUnmapUnderDevice.name]: 98,
        [noDeviceRemovedUnderGuest.name]: 94,
        [guestReachesItsDisks.name]: 101,
        [connectedAttachmentIsMapped.name]: 84,
        [volumeStatusFitsAttachments.name]: 63,
        [everyAttachmentHasBdm.name]: 63,
        [attachedVolumeIsWorkingDisk.name]: 102,
        [noDeviceWithoutAttachment.name]: 103,
        [noMappingWithoutAttachment.name]: 88,
        [allAgreeOnAttachments.name]: 100,
      },
      reason: 'a detach does the same to a rebuild as to a resize',
    },
  ],
});
