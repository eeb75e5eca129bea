import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { evacuate, restartCompute } from '../../model/nova/evacuate.ts';
import { noDeviceRemovedUnderGuest } from '../../model/properties/always.ts';
import { attachedVolumeIsWorkingDisk } from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';

export const returningHostWrongDevice = cloudScenario({
  name: 'returning-host-wrong-device',
  about:
    'D13: a server was evacuated, and the nova-compute of its old host comes back and ' +
    'cleans up after it. It uses the connection_info of the BDM, which is that of the new ' +
    'host by now. Under that LUN number the old host has the volume of another server.',
  release: '2026.1',
  entities: () => ({
    servers: { s1: 'h1', s2: 'h1', s3: 'h2' },
    volumes: { v1: {}, v2: {}, v3: {} },
    attached: [
      ['s1', 'v1'],
      ['s2', 'v2'],
      ['s3', 'v3'],
    ],
    down: ['h1'],
    fenced: ['s1'],
  }),
  operations: () => ({
    evacuate: evacuate.start('s1', 'h2'),
    restart: restartCompute.start('h1'),
  }),
  reachable: [
    cloud.reachable(
      'the server runs on the other host with its volume',
      ({ instances, disks }) =>
        instances['s1']?.host === 'h2' && disks['s1/v1']?.startsWith('h2/') === true,
    ),
  ],
  expect: [
    {
      given: { release: '2026.1' },
      violates: { [noDeviceRemovedUnderGuest.name]: 50, [attachedVolumeIsWorkingDisk.name]: 69 },
      reason: 'the model shows D13 on today’s master',
    },
  ],
});
