import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { liveMigrate } from '../../model/nova/live-migration.ts';
import { noUnmapUnderDevice } from '../../model/properties/always.ts';
import { noDeviceWithoutAttachment } from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';

export const bug1754716 = cloudScenario({
  name: 'bug-1754716',
  about:
    'R27: a server with an old-style volume has moved. The source asks Cinder again how to ' +
    'reach the volume, and the driver answers with another LUN than the host has. So the ' +
    'source looks for a device that does not exist, and leaves the real one. Nova 19 keeps ' +
    'the connection that the BDM had before the move.',
  release: '2026.1',
  site: { driver_remembers: 'no' },
  entities: () => ({
    servers: { s1: 'h1' },
    volumes: { v1: {} },
    attached: [['s1', 'v1']],
    oldStyle: [['s1', 'v1']],
  }),
  operations: () => ({ migrate: liveMigrate.start('s1', 'h2') }),
  reachable: [
    cloud.reachable(
      'the server has moved, and its volume is mapped to no other host',
      ({ instances, mappings, disks }) =>
        instances['s1']?.host === 'h2' &&
        instances['s1'].task_state === null &&
        disks['s1/v1'] === 'h2/array/0' &&
        Object.keys(mappings).length === 1,
    ),
  ],
  expect: [
    {
      given: { release: 'rocky' },
      violates: { [noUnmapUnderDevice.name]: 51, [noDeviceWithoutAttachment.name]: 61 },
      reason:
        'bug 1754716: the device stays on the source, and Cinder unmaps the volume from under ' +
        'it',
    },
    {
      given: { release: 'stein' },
      reason: 'nova 19: the source disconnects by the connection of before the move',
    },
    {
      given: { release: '2026.1' },
      reason: 'the source disconnects by the connection of before the move, as in nova 19',
    },
    {
      given: { release: '2026.1', source_connection_info: 'fetched_again' },
      violates: { [noUnmapUnderDevice.name]: 52, [noDeviceWithoutAttachment.name]: 61 },
      reason: 'if the source asks Cinder again, the bug is back',
    },
    {
      given: { release: 'rocky', driver_remembers: 'yes' },
      reason: 'a driver that answers the same as before hides the bug',
    },
  ],
});
