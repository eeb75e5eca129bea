import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { liveMigrate } from '../../model/nova/live-migration.ts';
import {
  guestReachesItsDisks,
  movingServerKeepsAttachment,
  noUnmapUnderDevice,
} from '../../model/properties/always.ts';
import {
  allAgreeOnAttachments,
  everyBdmHasAttachment,
  noDeviceWithoutAttachment,
} from '../../model/properties/at-rest.ts';
import { migrationLeavesOneAttachment } from '../../model/properties/liveness.ts';
import { cloud } from '../../model/world/cloud.ts';

export const bug1889108 = cloudScenario({
  name: 'bug-1889108',
  about:
    'M14: the destination of a live migration cannot prepare and has undone its work. The ' +
    'source deletes the attachment that the BDM names by then, which is its own. Nova 22 ' +
    'deletes an attachment only if it is not that of the source.',
  release: '2026.1',
  entities: () => ({ servers: { s1: 'h1' }, volumes: { v1: {} }, attached: [['s1', 'v1']] }),
  operations: () => ({ migrate: liveMigrate.start('s1', 'h2') }),
  faults: () => ({ 'destination-error': 1 }),
  liveness: 'services',
  reachable: [
    cloud.reachable(
      'the migration fails and the server goes on where it is',
      ({ migrations, instances }) =>
        migrations['migration-migrate']?.status === 'failed' &&
        instances['s1']?.host === 'h1' &&
        instances['s1'].task_state === null,
    ),
  ],
  expect: [
    {
      given: { release: 'ussuri' },
      violates: {
        [noUnmapUnderDevice.name]: 50,
        [guestReachesItsDisks.name]: 67,
        [movingServerKeepsAttachment.name]: 69,
        [everyBdmHasAttachment.name]: 86,
        [noDeviceWithoutAttachment.name]: 86,
        [allAgreeOnAttachments.name]: 86,
        [migrationLeavesOneAttachment.name]: 86,
      },
      reason:
        'bug 1889108: the source unmaps the volume from under its own guest. Until nova 32 it ' +
        'also unmaps before the destination disconnects',
    },
    {
      given: { release: 'victoria' },
      violates: { [noUnmapUnderDevice.name]: 50 },
      reason: 'nova 22 leaves the attachment of the source alone',
    },
    {
      given: { release: '2026.1' },
      reason: 'Nova leaves the attachment alone, as in nova 22, and nova 32 disconnects first',
    },
    {
      given: { release: '2026.1', rollback_attachments: 'current' },
      violates: {
        [noUnmapUnderDevice.name]: 55,
        [guestReachesItsDisks.name]: 55,
        [movingServerKeepsAttachment.name]: 58,
        [everyBdmHasAttachment.name]: 64,
        [noDeviceWithoutAttachment.name]: 64,
        [allAgreeOnAttachments.name]: 64,
        [migrationLeavesOneAttachment.name]: 64,
      },
      reason: 'without this rule the bug is back',
    },
  ],
});
