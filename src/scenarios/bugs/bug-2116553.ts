import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { detachVolume } from '../../model/nova/detach.ts';
import { noUnmapUnderDevice } from '../../model/properties/always.ts';
import { noDeviceWithoutAttachment } from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';

export const bug2116553 = cloudScenario({
  name: 'bug-2116553',
  about:
    'R46: a host has two sessions with one portal and target, and a device of each volume ' +
    'on both. os-brick kept sessions by portal and target, so it knew only the last one, ' +
    'and left the other device of a volume over an unmapped LUN. os-brick of 2026.1 looks ' +
    'at all sessions.',
  release: '2026.1',
  // A second volume keeps the sessions up: the end of a session removes each of its devices.
  entities: () => ({
    servers: { s1: 'h1', s2: 'h1' },
    volumes: { v1: {}, v2: {} },
    attached: [
      ['s1', 'v1'],
      ['s2', 'v2'],
    ],
    twice: ['h1/array'],
  }),
  operations: () => ({ detach: detachVolume.start('s1', 'v1') }),
  reachable: [
    cloud.reachable(
      'the volume is free and the other one is still a disk',
      ({ volumes, disks }) => volumes['v1']?.status === 'available' && disks['s2/v2'] !== undefined,
    ),
  ],
  expect: [
    {
      given: { release: '2025.2' },
      violates: { [noUnmapUnderDevice.name]: 24, [noDeviceWithoutAttachment.name]: 30 },
      reason: 'bug 2116553: os-brick removes only the device of the last session',
    },
    { given: { release: '2026.1' }, reason: 'os-brick removes the devices of every session' },
    {
      given: { release: '2026.1', sessions_seen: 'last' },
      violates: { [noUnmapUnderDevice.name]: 24, [noDeviceWithoutAttachment.name]: 30 },
      reason: 'if os-brick looks only at the last session, the bug is back',
    },
  ],
});
