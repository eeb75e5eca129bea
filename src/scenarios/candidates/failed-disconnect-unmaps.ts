import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { liveMigrate } from '../../model/nova/live-migration.ts';
import { noUnmapUnderDevice } from '../../model/properties/always.ts';
import { noDeviceWithoutAttachment } from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';

export const failedDisconnectUnmaps = cloudScenario({
  name: 'failed-disconnect-unmaps',
  about:
    'D18: after a live migration the source cannot disconnect its device. Nova only logs ' +
    'the error and deletes the attachment, which unmaps the volume under the device.',
  release: '2026.1',
  entities: () => ({ servers: { s1: 'h1' }, volumes: { v1: {} }, attached: [['s1', 'v1']] }),
  operations: () => ({ migrate: liveMigrate.start('s1', 'h2') }),
  faults: () => ({ 'brick-error': 1 }),
  reachable: [
    cloud.reachable(
      'the server runs on the other host',
      ({ instances }) => instances['s1']?.host === 'h2' && instances['s1'].task_state === null,
    ),
  ],
  expect: [
    {
      given: { release: '2026.1' },
      violates: { [noUnmapUnderDevice.name]: 68, [noDeviceWithoutAttachment.name]: 78 },
      reason: 'the model shows D18 on today’s master',
    },
  ],
});
