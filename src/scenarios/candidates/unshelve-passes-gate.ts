import { attachmentDelete } from '../../model/cinder/attachment-delete.ts';
import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { unshelveServer } from '../../model/nova/shelve.ts';
import {
  guestReachesItsDisks,
  noUnmapUnderDevice,
  userCannotUnmapUsedVolume,
} from '../../model/properties/always.ts';
import {
  allAgreeOnAttachments,
  connectionsNameHostOfServer,
  everyBdmHasAttachment,
  noDeviceWithoutAttachment,
  noMappingWithoutAttachment,
  volumeStatusFitsAttachments,
} from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';

export const unshelvePassesGate = cloudScenario({
  name: 'unshelve-passes-gate',
  about:
    'D33: a user deletes the attachment of a shelved server in Cinder, which checks once ' +
    'whether it is connected. An unshelve comes between this check and the deletion, and ' +
    'the server loses its volume under the guest.',
  release: '2026.1',
  entities: () => ({ servers: { s1: null }, volumes: { v1: {} }, attached: [['s1', 'v1']] }),
  operations: () => ({
    unshelve: unshelveServer.start('s1', 'h1'),
    user: attachmentDelete.start('attachment-s1-v1', 'user'),
  }),
  reachable: [
    cloud.reachable(
      'the server runs',
      ({ instances }) => instances['s1']?.host === 'h1' && instances['s1'].vm_state === 'active',
    ),
  ],
  expect: [
    {
      given: { release: '2026.1' },
      violates: {
        [noUnmapUnderDevice.name]: 39,
        [guestReachesItsDisks.name]: 42,
        [userCannotUnmapUsedVolume.name]: 20,
        [volumeStatusFitsAttachments.name]: 44,
        [everyBdmHasAttachment.name]: 18,
        [connectionsNameHostOfServer.name]: 36,
        [noDeviceWithoutAttachment.name]: 44,
        [noMappingWithoutAttachment.name]: 32,
        [allAgreeOnAttachments.name]: 44,
      },
      reason:
        'the check and the deletion are two steps, and an update of the attachment fits in ' +
        'between',
    },
  ],
});
