import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { rebuildServer } from '../../model/nova/rebuild.ts';
import { startCompute } from '../../model/operator/operator.ts';
import { secondAttachmentOnlyForMove } from '../../model/properties/always.ts';
import { cloud } from '../../model/world/cloud.ts';

const guestOutlivesRefusal = cloud.never(
  'the guest of a server ends by a rebuild that nova-compute has given up',
  ({ instances, disks }) => instances['s1']?.vm_state === 'error' && disks['s1/v1'] === undefined,
);

export const queuedRebuildRuns = cloudScenario({
  name: 'queued-rebuild-runs',
  about:
    'D35: a server is rebuilt whose nova-compute is down. nova-api accepts it and the message waits; a nova-compute that starts gives the ' +
    'rebuild up, sets the server to error, and then takes the message. It ends the guest and detaches its volumes before it looks at ' +
    'the task state.',
  release: '2026.1',
  entities: () => ({
    servers: { s1: 'h1' },
    volumes: { v1: {} },
    attached: [['s1', 'v1']],
    down: ['h1'],
  }),
  operations: () => ({
    rebuild: rebuildServer.start('s1', ''),
    start: startCompute.start('h1'),
  }),
  reachable: [
    cloud.reachable(
      'the server is rebuilt',
      ({ instances, volumes }, processes) =>
        processes['rebuild']?.at === 'done' &&
        instances['s1']?.vm_state === 'active' &&
        instances['s1'].task_state === null &&
        volumes['v1']?.status === 'in-use',
    ),
    guestOutlivesRefusal,
  ],
  expect: [
    {
      given: { release: '2026.1' },
      violates: { [secondAttachmentOnlyForMove.name]: 9, [guestOutlivesRefusal.name]: 3 },
      reason:
        'rebuild_instance looks at the task state when the volumes are detached, and no step asks whether the host is up',
    },
  ],
});
