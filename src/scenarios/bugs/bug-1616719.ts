import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { attachOf, detachOf } from '../../model/nova/requests.ts';
import { guestReachesItsDisks, noUnmapUnderDevice } from '../../model/properties/always.ts';
import { cloud } from '../../model/world/cloud.ts';

export const bug1616719 = cloudScenario({
  name: 'bug-1616719',
  about:
    'R45: a user detaches an LVM volume from one server and attaches it to another as soon ' +
    'as it is available. The end of the detach removes the target that the attach has just ' +
    'made. Cinder 9 removes the target before it frees the volume.',
  release: 'newton',
  entities: () => ({
    servers: { s1: 'h1', s2: 'h2' },
    volumes: { v1: { target: 'own' } },
    attached: [['s1', 'v1']],
  }),
  operations: (_point, release) => ({
    detach: detachOf(release, 's1', 'v1'),
    attach: attachOf(release, 's2', 'v1'),
  }),
  reachable: [
    cloud.reachable(
      'the volume has moved from one server to the other',
      ({ disks, volumes }) =>
        disks['s1/v1'] === undefined &&
        disks['s2/v1'] !== undefined &&
        volumes['v1']?.status === 'in-use',
    ),
  ],
  expect: [
    {
      given: { release: 'newton', export_removed: 'after_detached' },
      violates: { [noUnmapUnderDevice.name]: 54, [guestReachesItsDisks.name]: 57 },
      reason: 'bug 1616719 (older than the presets): the end of the detach removes the new target',
    },
    { given: { release: 'newton' }, reason: 'cinder 9 removes the target first' },
    {
      given: { release: '2026.1' },
      reason: 'the deletion of an attachment also removes the target first (w4 before d5)',
    },
  ],
});
