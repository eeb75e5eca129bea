import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { liveMigrate } from '../../model/nova/live-migration.ts';
import { noDeviceRemovedUnderGuest } from '../../model/properties/always.ts';
import { attachedVolumeIsWorkingDisk } from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';

export const bug1814245 = cloudScenario({
  name: 'bug-1814245',
  about:
    'R27: two servers of a host share a multiattach volume, and one has moved. The source ' +
    'asks Cinder again how to reach the volume, and the answer lacks Nova’s mark of a ' +
    'multiattach volume. So the source does not count the servers and removes the device of ' +
    'the other one. Nova 19 keeps the connection that the BDM had before the move.',
  release: '2026.1',
  entities: () => ({
    servers: { s1: 'h1', s2: 'h1' },
    volumes: { v1: { multiattach: true } },
    attached: [
      ['s1', 'v1'],
      ['s2', 'v1'],
    ],
  }),
  operations: () => ({ migrate: liveMigrate.start('s1', 'h2') }),
  reachable: [
    cloud.reachable(
      'the server has moved, and has its volume there',
      ({ instances, disks }) =>
        instances['s1']?.host === 'h2' &&
        instances['s1'].task_state === null &&
        disks['s1/v1'] === 'h2/array/0',
    ),
  ],
  expect: [
    {
      given: { release: 'rocky' },
      violates: { [noDeviceRemovedUnderGuest.name]: 58, [attachedVolumeIsWorkingDisk.name]: 81 },
      reason: 'bug 1814245: no step counts the servers, since no mark tells it to',
    },
    { given: { release: 'stein' }, reason: 'nova 19: the BDM of before the move has the mark' },
    { given: { release: '2026.1' }, reason: 'the BDM has the mark, as in nova 19' },
    {
      given: { release: '2026.1', source_connection_info: 'fetched_again' },
      violates: { [noDeviceRemovedUnderGuest.name]: 59, [attachedVolumeIsWorkingDisk.name]: 79 },
      reason: 'if the source asks Cinder again, the bug is back',
    },
  ],
});
