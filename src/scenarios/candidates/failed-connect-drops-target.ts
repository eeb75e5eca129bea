import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { attachVolume } from '../../model/nova/attach.ts';
import { guestReachesItsDisks, noUnmapUnderDevice } from '../../model/properties/always.ts';
import { cloud } from '../../model/world/cloud.ts';

export const failedConnectDropsTarget = cloudScenario({
  name: 'failed-connect-drops-target',
  about:
    'D24: a multiattach volume of LVM is attached to a second server, and the driver fails ' +
    'to initialise the connection. Cinder removes the target, although the first server ' +
    'uses it.',
  release: '2026.1',
  faults: () => ({ 'driver-error': 1 }),
  entities: () => ({
    servers: { s1: 'h1', s2: 'h2' },
    volumes: { v1: { multiattach: true, target: 'own' } },
    attached: [['s1', 'v1']],
  }),
  operations: () => ({ attach: attachVolume.start('s2', 'v1') }),
  reachable: [
    cloud.reachable(
      'both servers use the volume',
      ({ disks, volumes }) =>
        disks['s1/v1'] !== undefined &&
        disks['s2/v1'] !== undefined &&
        volumes['v1']?.status === 'in-use',
    ),
  ],
  expect: [
    {
      given: { release: '2026.1' },
      violates: { [noUnmapUnderDevice.name]: 26, [guestReachesItsDisks.name]: 26 },
      reason: 'the model shows D24 on today’s master; the next attempt makes the target again',
    },
  ],
});
