import { backUpVolume } from '../../model/cinder/backup.ts';
import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { attachOf } from '../../model/nova/requests.ts';
import { guestReachesItsDisks, noUnmapUnderDevice } from '../../model/properties/always.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';

export const bug1920237 = cloudScenario({
  name: 'bug-1920237',
  about:
    'R44: a user backs an LVM volume up, and attaches it as soon as it is available again. ' +
    'cinder-backup sent the request to end its export and did not wait, and that request ' +
    'removes the target of the attachment. Since cinder 18 it waits.',
  release: '2026.1',
  parameters: {
    fault: choice(['none', 'brick-error'], { about: 'what fails, once, at any moment' }),
  },
  entities: () => ({ servers: { s1: 'h1' }, volumes: { v1: { target: 'own' } } }),
  operations: (_point, release) => ({
    backup: backUpVolume.start('v1', 'controller'),
    attach: attachOf(release, 's1', 'v1'),
  }),
  faults: ({ fault }) => (fault === 'none' ? {} : { [fault]: 1 }),
  reachable: [
    cloud.reachable(
      'the volume was backed up, and then attached',
      ({ disks, volumes }, processes) =>
        processes['backup/c-bak']?.at === 'done' &&
        disks['s1/v1'] !== undefined &&
        volumes['v1']?.status === 'in-use',
    ),
  ],
  expect: [
    {
      given: { fault: 'none', release: 'victoria' },
      violates: { [noUnmapUnderDevice.name]: 55, [guestReachesItsDisks.name]: 57 },
      reason: 'bug 1920237: the target goes from under the device of the guest',
    },
    {
      given: { fault: 'none', release: 'wallaby' },
      reason: 'cinder 18: the volume is available after its export has ended',
    },
    { given: { fault: 'none', release: '2026.1' }, reason: 'cinder-backup waits' },
    {
      given: { fault: 'none', release: '2026.1', backup_remove_export: 'cast' },
      violates: { [noUnmapUnderDevice.name]: 55, [guestReachesItsDisks.name]: 57 },
      reason: 'if cinder-backup does not wait for this call, the bug is back',
    },
    {
      given: { fault: 'brick-error', release: '2026.1' },
      reason: 'a backup that finds no device, or an attach, puts everything back',
    },
  ],
});
