import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { liveMigrate } from '../../model/nova/live-migration.ts';
import {
  noUnmapUnderDevice,
  secondAttachmentOnlyForMove,
  secondConnectionOnlyForMove,
} from '../../model/properties/always.ts';
import {
  connectionsNameHostOfServer,
  everyAttachmentHasBdm,
  volumeStatusFitsAttachments,
} from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';

export const bug1778206 = cloudScenario({
  name: 'bug-1778206',
  about:
    'R24: the destination of a live migration creates its attachment and then cannot ' +
    'prepare. It leaves the attachment, and the BDM that names it. Nova 19 deletes the ' +
    'attachment of the destination.',
  release: '2026.1',
  entities: () => ({ servers: { s1: 'h1' }, volumes: { v1: {} }, attached: [['s1', 'v1']] }),
  operations: () => ({ migrate: liveMigrate.start('s1', 'h2') }),
  faults: () => ({ 'destination-error': 1 }),
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
      given: { release: 'rocky' },
      violates: {
        [secondAttachmentOnlyForMove.name]: 30,
        [secondConnectionOnlyForMove.name]: 30,
        [volumeStatusFitsAttachments.name]: 53,
        [everyAttachmentHasBdm.name]: 53,
        [connectionsNameHostOfServer.name]: 53,
      },
      reason:
        'bug 1778206: the attachment of the destination stays, and the BDM names it. Before ' +
        'nova 21 the server is free before that is over',
    },
    {
      given: { release: 'stein' },
      violates: { [noUnmapUnderDevice.name]: 50, [connectionsNameHostOfServer.name]: 84 },
      reason:
        'nova 19 deletes it. Bug 1780973 remains, and the host still disconnects only after the ' +
        'unmap',
    },
    {
      given: { release: '2025.2' },
      reason: 'nova 32: the destination disconnects before it deletes',
    },
    { given: { release: '2026.1' }, reason: 'the destination disconnects first, as in nova 32' },
    {
      given: {
        release: '2026.1',
        failed_pre_attachments: 'kept',
        rollback_attachments: 'told_by_destination',
      },
      violates: {
        [secondAttachmentOnlyForMove.name]: 36,
        [secondConnectionOnlyForMove.name]: 36,
        [volumeStatusFitsAttachments.name]: 36,
        [everyAttachmentHasBdm.name]: 36,
        [connectionsNameHostOfServer.name]: 36,
      },
      reason: 'without both fixes Nova leaves the attachment as it was',
    },
  ],
});
