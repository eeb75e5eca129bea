import { attachmentDelete } from '../../model/cinder/attachment-delete.ts';
import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { liveMigrate } from '../../model/nova/live-migration.ts';
import {
  guestReachesItsDisks,
  movingServerKeepsAttachment,
  noUnmapUnderDevice,
} from '../../model/properties/always.ts';
import { cloud } from '../../model/world/cloud.ts';

export const sourceAttachmentDeleted = cloudScenario({
  name: 'source-attachment-deleted',
  about:
    'D32: a user deletes the attachment of the source of a live migration in Cinder. ' +
    'Meanwhile the block device mapping names the attachment of the destination. So the ' +
    'gate of CVE-2023-2088 takes that of the source for one that Nova does not use.',
  release: '2026.1',
  entities: () => ({ servers: { s1: 'h1' }, volumes: { v1: {} }, attached: [['s1', 'v1']] }),
  operations: () => ({
    migrate: liveMigrate.start('s1', 'h2'),
    user: attachmentDelete.start('attachment-s1-v1', 'user'),
  }),
  reachable: [
    cloud.reachable(
      'the server runs on the other host',
      ({ instances }) => instances['s1']?.host === 'h2' && instances['s1'].task_state === null,
    ),
  ],
  expect: [
    {
      given: { release: '2023.2' },
      violates: {
        [noUnmapUnderDevice.name]: 27,
        [guestReachesItsDisks.name]: 27,
        [movingServerKeepsAttachment.name]: 30,
      },
      reason: 'cinder 23 has the gate, which compares with the attachment of the destination',
    },
    {
      given: { release: '2026.1' },
      violates: {
        [noUnmapUnderDevice.name]: 27,
        [guestReachesItsDisks.name]: 27,
        [movingServerKeepsAttachment.name]: 30,
      },
      reason: 'the gate compares as in cinder 23: no release asks whether the server moves',
    },
  ],
});
