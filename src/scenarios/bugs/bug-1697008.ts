import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { detachVolume } from '../../model/nova/detach.ts';
import { guestReachesItsDisks, noUnmapUnderDevice } from '../../model/properties/always.ts';
import { cloud } from '../../model/world/cloud.ts';

export const bug1697008 = cloudScenario({
  name: 'bug-1697008',
  about:
    'R19: two servers on two hosts share a multiattach volume of LVM, and a user detaches ' +
    'it from one of them. Cinder removed the target at every detach. Since cinder 11 the ' +
    'driver says whether others use it.',
  release: '2026.1',
  site: { attach_api: 'attachments' },
  entities: () => ({
    servers: { s1: 'h1', s2: 'h2' },
    volumes: { v1: { multiattach: true, target: 'own' } },
    attached: [
      ['s1', 'v1'],
      ['s2', 'v1'],
    ],
  }),
  operations: () => ({ detach: detachVolume.start('s1', 'v1') }),
  reachable: [
    cloud.reachable(
      'the volume is detached from one server and in use by the other',
      ({ bdms, disks, volumes }) =>
        bdms['bdm-s1-v1'] === undefined &&
        disks['s2/v1'] !== undefined &&
        volumes['v1']?.status === 'in-use',
    ),
  ],
  expect: [
    {
      given: { release: 'ocata' },
      violates: { [noUnmapUnderDevice.name]: 26, [guestReachesItsDisks.name]: 26 },
      reason:
        'bug 1697008. Nova did not use this API yet; its detach of Queens stands for a client ' +
        'that did',
    },
    { given: { release: 'pike' }, reason: 'cinder 11: the driver keeps the target' },
    {
      given: { release: 'pike', remove_export: 'always' },
      violates: { [noUnmapUnderDevice.name]: 25, [guestReachesItsDisks.name]: 25 },
      reason: 'if Cinder removes the target at every detach, the bug is back',
    },
    { given: { release: '2026.1' }, reason: 'the driver keeps the target, as in pike' },
  ],
});
