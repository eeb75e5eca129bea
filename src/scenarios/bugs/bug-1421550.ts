import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { deleteServer } from '../../model/nova/delete.ts';
import { attachOf, detachOf } from '../../model/nova/requests.ts';
import { exportMountedWhileConnected } from '../../model/properties/always.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';

const fileIsThere = cloud.never(
  'the host has no file for a guest that gets a volume',
  ({ sessions }, processes) =>
    processes['attach/n-cpu']?.at === 'should_disconnect_target' && sessions['h1/export'] !== true,
);

export const bug1421550 = cloudScenario({
  name: 'bug-1421550',
  about:
    'R38: two servers of one host have volumes on one NFS export, and one of them gives its ' +
    'volume up. Nova unmounted the export whenever the kernel allowed it. The kernel knows ' +
    'only the running guests: neither a stopped one, nor one that is about to get its disk. ' +
    'Nova 16 counts the users of each mount under a lock.',
  release: '2026.1',
  parameters: {
    other: choice(['stopped', 'attaching'], {
      about: 'the state of the server that still needs the mount',
    }),
    ends: choice(['detach', 'delete', 'failed-attach'], {
      about:
        'how the other server gives its volume up: a detach, a deletion, or an attach that the ' +
        'guest refuses and Nova undoes',
    }),
  },
  entities: ({ other, ends }) => ({
    servers: { s1: 'h1', s2: 'h1' },
    volumes: { v1: { target: 'export' }, v2: { target: 'export' } },
    attached: [
      ...(other === 'stopped' ? [['s1', 'v1'] as const] : []),
      ...(ends === 'failed-attach' ? [] : [['s2', 'v2'] as const]),
    ],
    stopped: other === 'stopped' ? ['s1'] : [],
  }),
  operations: ({ other, ends }, release) => ({
    ...(other === 'attaching' ? { attach: attachOf(release, 's1', 'v1') } : {}),
    [ends]: {
      delete: deleteServer.start('s2'),
      detach: detachOf(release, 's2', 'v2'),
      'failed-attach': attachOf(release, 's2', 'v2'),
    }[ends],
  }),
  faults: ({ ends }) => (ends === 'failed-attach' ? { 'guest-refuses': 1 } : {}),
  reachable: [
    cloud.reachable(
      'one server has given its volume up, and the other has its own',
      ({ volumes, mount_users: users }) =>
        volumes['v1']?.status === 'in-use' &&
        volumes['v2']?.status === 'available' &&
        users['h1/export/v1/s1'] === true,
    ),
    fileIsThere,
  ],
  expect: [
    {
      given: { other: 'attaching', ends: 'failed-attach', release: '2026.1' },
      reason: 'Nova counts and mounts under one lock, also when it undoes an attach',
    },
    {
      given: { other: 'stopped', release: 'ocata' },
      violates: { [exportMountedWhileConnected.name]: 14 },
      reason: 'bug 1421550: no process has a file of the mount open, so the kernel unmounts it',
    },
    { given: { other: 'stopped', release: 'pike' }, reason: 'nova 16 counts the stopped server' },
    {
      given: { other: 'stopped', release: '2026.1' },
      reason: 'nova 16 counts the stopped server',
    },
    {
      given: { other: 'stopped', release: '2026.1', mount_use: 'kernel' },
      violates: { [exportMountedWhileConnected.name]: 15 },
      reason: 'without the count the bug is back; the lock alone does not mend it',
    },
    {
      given: { other: 'attaching', release: 'ocata' },
      violates: { [exportMountedWhileConnected.name]: 37, [fileIsThere.name]: 38 },
      reason:
        'the attach finds the export mounted, and the other request unmounts it before the ' +
        'guest opens the file',
    },
    {
      given: { other: 'attaching', release: 'pike' },
      reason: 'nova 16 counts and mounts under one lock',
    },
    {
      given: { other: 'attaching', release: '2026.1' },
      reason: 'nova 16 counts and mounts under one lock',
    },
    {
      given: { other: 'attaching', release: '2026.1', L6: 'none' },
      violates: { [exportMountedWhileConnected.name]: 48, [fileIsThere.name]: 50 },
      reason: 'the count alone does not mend it: it is old when Nova unmounts the export',
    },
    {
      given: { other: 'attaching', ends: 'delete', release: 'ocata' },
      violates: { [exportMountedWhileConnected.name]: 33, [fileIsThere.name]: 34 },
      reason: 'a deletion unmounts the export in the same way',
    },
    {
      given: { other: 'attaching', ends: 'delete', release: '2026.1' },
      reason: 'nova 16 counts and mounts under one lock',
    },
    {
      given: { other: 'attaching', ends: 'delete', release: '2026.1', L6: 'none' },
      violates: { [exportMountedWhileConnected.name]: 43, [fileIsThere.name]: 45 },
      reason: 'the count alone does not mend it',
    },
  ],
});
