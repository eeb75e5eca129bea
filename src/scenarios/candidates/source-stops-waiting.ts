import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { liveMigrate } from '../../model/nova/live-migration.ts';
import {
  noUnmapUnderDevice,
  secondAttachmentOnlyForMove,
  secondConnectionOnlyForMove,
} from '../../model/properties/always.ts';
import {
  allAgreeOnAttachments,
  connectionsNameHostOfServer,
  everyAttachmentHasBdm,
  noDeviceWithoutAttachment,
  volumeStatusFitsAttachments,
} from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';

export const sourceStopsWaiting = cloudScenario({
  name: 'source-stops-waiting',
  about:
    'D10: the source of a live migration stops waiting while the destination prepares. It ' +
    'assumes that the destination has cleaned up, and deletes the new attachment, but the ' +
    'destination goes on.',
  release: '2026.1',
  entities: () => ({ servers: { s1: 'h1' }, volumes: { v1: {} }, attached: [['s1', 'v1']] }),
  operations: () => ({ migrate: liveMigrate.start('s1', 'h2') }),
  faults: () => ({ 'rpc-timeout': 1 }),
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
      given: { release: '2025.1' },
      violates: {
        [noUnmapUnderDevice.name]: 59,
        [secondAttachmentOnlyForMove.name]: 32,
        [secondConnectionOnlyForMove.name]: 37,
        [volumeStatusFitsAttachments.name]: 54,
        [everyAttachmentHasBdm.name]: 54,
        [connectionsNameHostOfServer.name]: 77,
        [allAgreeOnAttachments.name]: 77,
      },
      reason:
        'before nova 32 the model shows D10 too: the call that disconnects the destination ' +
        'comes before it has connected. The device that this leaves goes when the destination ' +
        'destroys the guest, as both LUN numbers are the same here',
    },
    {
      given: { release: '2026.1' },
      violates: {
        [noUnmapUnderDevice.name]: 49,
        [secondAttachmentOnlyForMove.name]: 22,
        [secondConnectionOnlyForMove.name]: 27,
        [volumeStatusFitsAttachments.name]: 36,
        [everyAttachmentHasBdm.name]: 36,
        [connectionsNameHostOfServer.name]: 59,
        [noDeviceWithoutAttachment.name]: 68,
        [allAgreeOnAttachments.name]: 59,
      },
      reason: 'the model shows D10 on today’s master',
    },
  ],
});
