import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { liveMigrate } from '../../model/nova/live-migration.ts';
import {
  secondAttachmentOnlyForMove,
  secondConnectionOnlyForMove,
} from '../../model/properties/always.ts';
import { connectionsNameHostOfServer } from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';

export const bug1780973 = cloudScenario({
  name: 'bug-1780973',
  about:
    'R26: the hypervisor does not move the guest of a live migration, and the source rolls ' +
    'back. The BDM keeps the connection_info of the destination, and every later connect or ' +
    'disconnect uses it. Nova 20 restores that of the source.',
  release: '2026.1',
  entities: () => ({ servers: { s1: 'h1' }, volumes: { v1: {} }, attached: [['s1', 'v1']] }),
  operations: () => ({ migrate: liveMigrate.start('s1', 'h2') }),
  faults: () => ({ 'migration-error': 1 }),
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
      given: { release: 'stein' },
      violates: {
        [secondAttachmentOnlyForMove.name]: 52,
        [secondConnectionOnlyForMove.name]: 52,
        [connectionsNameHostOfServer.name]: 90,
      },
      reason:
        'bug 1780973: Nova restores only the id of the attachment. The server is free before ' +
        'its second attachment has gone',
    },
    {
      given: { release: 'train' },
      violates: {
        [secondAttachmentOnlyForMove.name]: 52,
        [secondConnectionOnlyForMove.name]: 52,
      },
      reason: 'nova 20 also restores connection_info; the server is free first',
    },
    { given: { release: 'ussuri' }, reason: 'nova 21 frees the server last' },
    { given: { release: '2026.1' }, reason: 'Nova frees the server last, as in nova 21' },
    {
      given: { release: '2026.1', rollback_connection_info: 'kept' },
      violates: { [connectionsNameHostOfServer.name]: 81 },
      reason: 'if the rollback keeps connection_info, the bug is back',
    },
  ],
});
