import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { detachVolume } from '../../model/nova/detach.ts';
import { noSessionWithoutDevice } from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';

export const bug1961102 = cloudScenario({
  name: 'bug-1961102',
  about:
    'R39: a user detaches two volumes of one NVMe-oF subsystem on the same host. Each ' +
    'detach sees the namespace of the other volume, which goes when Cinder unmaps it, and ' +
    'leaves the controller to it. Cinder 21 says null of shared_targets, and nova 30 reads ' +
    'null and locks.',
  release: '2026.1',
  site: { shared_targets: 'null' },
  entities: () => ({
    servers: { s1: 'h1', s2: 'h1' },
    volumes: { v1: { target: 'subsystem' }, v2: { target: 'subsystem' } },
    attached: [
      ['s1', 'v1'],
      ['s2', 'v2'],
    ],
  }),
  operations: () => ({
    detach1: detachVolume.start('s1', 'v1'),
    detach2: detachVolume.start('s2', 'v2'),
  }),
  reachable: [
    cloud.reachable(
      'both volumes are free and the host has no controller',
      ({ volumes, sessions }) =>
        volumes['v1']?.status === 'available' &&
        volumes['v2']?.status === 'available' &&
        Object.keys(sessions).length === 0,
    ),
  ],
  expect: [
    {
      given: { release: 'yoga', shared_targets: 'false' },
      violates: { [noSessionWithoutDevice.name]: 60 },
      reason:
        'bug 1961102: Cinder said false of every protocol but iSCSI, so no request took the ' +
        'lock',
    },
    {
      given: { release: '2024.1' },
      violates: { [noSessionWithoutDevice.name]: 60 },
      reason: 'bug 2035375: Nova asks an older Cinder API, which shows null as true',
    },
    { given: { release: '2024.2' }, reason: 'nova 30 reads null, and always locks then' },
    {
      given: { release: '2026.1', null_shared_targets: 'as_true' },
      violates: { [noSessionWithoutDevice.name]: 60 },
      reason: 'if Nova reads null as true, the bug is back',
    },
    { given: { release: '2026.1' }, reason: 'Nova always locks for null' },
    {
      given: { release: '2026.1', shared_targets: 'false' },
      violates: { [noSessionWithoutDevice.name]: 60 },
      reason: 'a backend that says false of targets that it shares gets no lock',
    },
  ],
});
