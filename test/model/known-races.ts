import {
  guestReachesItsDisks,
  movingServerKeepsAttachment,
  noDeviceRemovedUnderGuest,
  noUnmapUnderDevice,
} from '../../src/model/properties/always.ts';
import {
  allAgreeOnAttachments,
  attachedVolumeIsWorkingDisk,
  connectionsNameHostOfServer,
  everyAttachmentHasBdm,
  noDeviceWithoutAttachment,
  noMappingWithoutAttachment,
  volumeStatusFitsAttachments,
} from '../../src/model/properties/at-rest.ts';
import type { Kind } from './combinations.ts';

/** A race that other requests show as well than those of the scenario that it is named after. */
export interface KnownRace {
  /** The requests that it takes; one that is asked twice stands here twice. */
  readonly kinds: readonly Kind[];
  readonly properties: readonly string[];
  readonly shownBy: string;
  readonly reason: string;
}

const together = 'each counts the other server of the volume, and neither disconnects';

export const knownRaces: readonly KnownRace[] = [
  {
    kinds: ['resize', 'resize'],
    properties: [
      noUnmapUnderDevice.name,
      noDeviceWithoutAttachment.name,
      noMappingWithoutAttachment.name,
    ],
    shownBy: 'sharing-servers-migrate',
    reason: together,
  },
  {
    kinds: ['resize', 'shelve'],
    properties: [
      noUnmapUnderDevice.name,
      noDeviceWithoutAttachment.name,
      noMappingWithoutAttachment.name,
    ],
    shownBy: 'sharing-servers-migrate',
    reason: together,
  },
  {
    kinds: ['shelve', 'shelve'],
    properties: [
      noUnmapUnderDevice.name,
      noDeviceWithoutAttachment.name,
      noMappingWithoutAttachment.name,
    ],
    shownBy: 'sharing-servers-migrate',
    reason: together,
  },
  {
    kinds: ['detach', 'shelve'],
    properties: [noDeviceWithoutAttachment.name, noMappingWithoutAttachment.name],
    shownBy: 'sharing-servers-migrate',
    reason: together,
  },
  {
    kinds: ['detach', 'resize'],
    properties: [noDeviceWithoutAttachment.name, noMappingWithoutAttachment.name],
    shownBy: 'sharing-servers-migrate',
    reason: together,
  },
  {
    kinds: ['attach', 'resize'],
    properties: [
      noUnmapUnderDevice,
      noDeviceRemovedUnderGuest,
      guestReachesItsDisks,
      movingServerKeepsAttachment,
      volumeStatusFitsAttachments,
      everyAttachmentHasBdm,
      connectionsNameHostOfServer,
      attachedVolumeIsWorkingDisk,
      noDeviceWithoutAttachment,
      noMappingWithoutAttachment,
      allAgreeOnAttachments,
    ].map(({ name }) => name),
    shownBy: 'busy-server',
    reason:
      'a resize does what its revert does, and the attach that it meets works by an attachment that is gone',
  },
];
