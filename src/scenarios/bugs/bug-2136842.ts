import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { rebootServer } from '../../model/nova/reboot.ts';
import { guestReachesItsDisks } from '../../model/properties/always.ts';
import { attachedVolumeIsWorkingDisk } from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';

const hasMap = cloud.never(
  'a guest uses a single path though its host has multipath',
  ({ disks, maps }) => Object.values(disks).some((device) => maps[device] === undefined),
);

export const bug2136842 = cloudScenario({
  name: 'bug-2136842',
  about:
    'R46: a hard reboot disconnects a volume and connects it again under the same name. ' +
    'Only then multipathd hears that the old device is gone, and it removes the path from ' +
    'the new map. os-brick of 2026.1 ends a disconnect only after multipathd has forgotten ' +
    'the path, but does not wait for ever.',
  release: '2026.1',
  site: { multipath: 'yes' },
  parameters: {
    wait: choice(['long', 'short'], {
      about: 'whether os-brick waits as long as multipathd takes',
    }),
  },
  faults: ({ wait }) => ({ 'wait-expires': wait === 'short' ? 1 : 0 }),
  entities: () => ({
    servers: { s1: 'h1' },
    volumes: { v1: {} },
    attached: [['s1', 'v1']],
  }),
  operations: () => ({ reboot: rebootServer.start('s1') }),
  reachable: [
    hasMap,
    cloud.reachable(
      'the guest is back and has its disk',
      ({ disks, maps }, processes) =>
        processes['reboot/n-cpu']?.at === 'done' &&
        disks['s1/v1'] !== undefined &&
        maps['h1/array/0'] === 'usable',
    ),
  ],
  expect: [
    {
      given: { release: '2025.2' },
      violates: { [guestReachesItsDisks.name]: 31, [attachedVolumeIsWorkingDisk.name]: 33 },
      reason: 'bug 2136842: the event about the old device comes when the new one has its name',
    },
    { given: { release: '2026.1' }, reason: 'the disconnect waits for multipathd' },
    {
      given: { release: '2026.1', path_removal: 'del_path' },
      violates: { [guestReachesItsDisks.name]: 31, [attachedVolumeIsWorkingDisk.name]: 33 },
      reason: 'if os-brick does not wait, the bug is back',
    },
    {
      given: { wait: 'short', release: '2026.1' },
      violates: { [guestReachesItsDisks.name]: 32, [attachedVolumeIsWorkingDisk.name]: 34 },
      reason: 'os-brick stops waiting and tells multipathd, as before; the event is still to come',
    },
  ],
});
