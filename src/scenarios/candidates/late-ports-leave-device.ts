import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { liveMigrate } from '../../model/nova/live-migration.ts';
import { noUnmapUnderDevice } from '../../model/properties/always.ts';
import { noDeviceWithoutAttachment } from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';

export const latePortsLeaveDevice = cloudScenario({
  name: 'late-ports-leave-device',
  about:
    'D29: the destination of a live migration has prepared, but Neutron does not report in ' +
    'time that the ports are plugged. The source takes it for a failure of the preparation, ' +
    'leaves the destination alone and deletes the attachment. This needs no race.',
  release: '2026.1',
  entities: () => ({ servers: { s1: 'h1' }, volumes: { v1: {} }, attached: [['s1', 'v1']] }),
  operations: () => ({ migrate: liveMigrate.start('s1', 'h2') }),
  faults: () => ({ 'vif-plug-timeout': 1 }),
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
      reason: 'before nova 32 the rollback disconnects the destination',
    },
    {
      given: { release: '2026.1' },
      violates: { [noUnmapUnderDevice.name]: 61, [noDeviceWithoutAttachment.name]: 70 },
      reason: 'the model shows D29 on today’s master: the fix of bug 1899835 caused it',
    },
    {
      given: { release: '2026.1', failed_pre_disconnect: 'by_source' },
      reason: 'without the order of that fix there is no D29',
    },
  ],
});
