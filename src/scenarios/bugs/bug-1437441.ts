import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { detachOf } from '../../model/nova/requests.ts';
import { noSessionWithoutDevice } from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';

export const bug1437441 = cloudScenario({
  name: 'bug-1437441',
  about:
    'R46: a user detaches the last volume behind a target. os-brick removed the device and ' +
    'looked in /dev/disk/by-path whether the session serves another one. udev had not ' +
    'removed the name of the device yet, so os-brick did not log out. A fix before Newton ' +
    'makes the disconnect wait until the name of its own device is gone.',
  release: 'newton',
  entities: () => ({
    servers: { s1: 'h1' },
    volumes: { v1: {} },
    attached: [['s1', 'v1']],
  }),
  operations: (_point, release) => ({ detach: detachOf(release, 's1', 'v1') }),
  reachable: [
    cloud.reachable(
      'the volume is free and the session has ended',
      ({ volumes, sessions }) =>
        volumes['v1']?.status === 'available' && sessions['h1/array'] === undefined,
    ),
  ],
  expect: [
    {
      given: { logout_looks_at: 'names' },
      violates: { [noSessionWithoutDevice.name]: 35 },
      reason: 'bug 1437441: the name of the device that has just gone looks like another volume',
    },
    { given: { release: 'newton' }, reason: 'os-brick waits for the name to go' },
    {
      given: { release: '2026.1' },
      reason: 'os-brick looks at the devices of the session in sysfs since 1.14',
    },
    {
      given: { release: '2026.1', logout_looks_at: 'names' },
      violates: { [noSessionWithoutDevice.name]: 31 },
      reason: 'if os-brick looks at names instead of devices, the bug is back',
    },
  ],
});
