import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { attachVolume } from '../../model/nova/attach.ts';
import { deleteServer } from '../../model/nova/delete.ts';
import { guestReachesItsDisks, noUnmapUnderDevice } from '../../model/properties/always.ts';
import { noExportWithoutAttachment } from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';

export const targetCountedWithoutLock = cloudScenario({
  name: 'target-counted-without-lock',
  about:
    'D3: the LVM driver counts the attachments of a multiattach volume without a lock. If a ' +
    'server is deleted while the volume is attached to another one, the target of the other ' +
    'is removed. If two servers are deleted, the target stays.',
  release: '2026.1',
  parameters: {
    other: choice(['attach', 'delete'], { about: 'the request beside the deletion of a server' }),
  },
  entities: ({ other }) => ({
    servers: { s1: 'h1', s2: 'h2' },
    volumes: { v1: { multiattach: true, target: 'own' } },
    attached:
      other === 'attach'
        ? [['s1', 'v1']]
        : [
            ['s1', 'v1'],
            ['s2', 'v1'],
          ],
  }),
  operations: ({ other }) => ({
    delete1: deleteServer.start('s1'),
    ...(other === 'attach'
      ? { attach: attachVolume.start('s2', 'v1') }
      : { delete2: deleteServer.start('s2') }),
  }),
  reachable: [
    cloud.reachable(
      'the first server is gone, and the volume is free or in use by the second',
      ({ disks, instances, volumes }) => {
        const second = instances['s2'] !== undefined;
        const status = second ? 'in-use' : 'available';
        const works = !second || disks['s2/v1'] !== undefined;
        return instances['s1'] === undefined && volumes['v1']?.status === status && works;
      },
    ),
  ],
  expect: [
    {
      given: { other: 'attach' },
      violates: { [noUnmapUnderDevice.name]: 61, [guestReachesItsDisks.name]: 63 },
      reason:
        'the model shows D3 on today’s master: the driver counts before the new row exists, and ' +
        'removes the target after the new connection',
    },
    {
      given: { other: 'delete' },
      violates: { [noExportWithoutAttachment.name]: 66 },
      reason:
        'the converse: both deletions count the row of the other, and both leave the target to ' +
        'it',
    },
  ],
});
