import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { attachVolume } from '../../model/nova/attach.ts';
import { deleteServer } from '../../model/nova/delete.ts';
import { detachVolume } from '../../model/nova/detach.ts';
import { noUnmapUnderDevice } from '../../model/properties/always.ts';
import { noDeviceWithoutAttachment } from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';

export const unguardedDisconnect = cloudScenario({
  name: 'unguarded-disconnect',
  about:
    'D14: a volume is attached while a server of the same host is deleted. The deletion ' +
    'disconnects outside the lock that attach and detach share, so the login of the attach ' +
    'finds the LUN again that the deletion is about to unmap.',
  release: '2026.1',
  parameters: {
    leaves: choice(['delete', 'detach'], {
      about: 'how the first volume leaves the host: outside the lock or under it',
    }),
  },
  site: { shared_targets: 'true', manual_scan: 'no' },
  entities: () => ({
    servers: { s1: 'h1', s2: 'h1' },
    volumes: { v1: {}, v2: {} },
    attached: [['s1', 'v1']],
  }),
  operations: ({ leaves }) => ({
    leave: leaves === 'delete' ? deleteServer.start('s1') : detachVolume.start('s1', 'v1'),
    attach: attachVolume.start('s2', 'v2'),
  }),
  reachable: [
    cloud.reachable(
      'the first volume is free and the second is a disk of its guest',
      ({ volumes, disks }) =>
        volumes['v1']?.status === 'available' &&
        volumes['v2']?.status === 'in-use' &&
        disks['s2/v2'] !== undefined,
    ),
  ],
  expect: [
    {
      given: { leaves: 'delete' },
      violates: { [noUnmapUnderDevice.name]: 54, [noDeviceWithoutAttachment.name]: 71 },
      reason: 'R2 happens again outside the lock: the model shows D14 on today’s master',
    },
    { given: { leaves: 'detach' }, reason: 'a detach and an attach exclude each other' },
    {
      given: { leaves: 'delete', manual_scan: 'yes' },
      reason: 'a login that scans no LUN by itself does not find it again',
    },
  ],
});
