import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { createServer } from '../../model/nova/boot.ts';
import { repairLater } from '../../model/operator/operator.ts';
import { guestReachesItsDisks, noUnmapUnderDevice } from '../../model/properties/always.ts';
import { everyBdmHasAttachment } from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';

export const bug2048154 = cloudScenario({
  name: 'bug-2048154',
  about:
    'R48: a server boots from a volume that Nova has made from an image, and reboots. The ' +
    'clean-up of dangling records in nova 28 looked only at the mappings of volumes that ' +
    'existed before the server, and deleted the attachment of this one. Bugs 2048154 and ' +
    '2048184; nova 29 mends them.',
  release: '2026.1',
  entities: () => ({ servers: {}, volumes: {} }),
  operations: () => ({
    boot: createServer.start('s1', 'v1', 'h1', 'image'),
    operator: repairLater.start('reboot', 's1', 'v1'),
  }),
  reachable: [
    cloud.reachable(
      'the server has been rebooted and runs',
      ({ disks }, processes) =>
        processes['operator/n-cpu']?.at === 'done' && disks['s1/v1'] !== undefined,
    ),
  ],
  expect: [
    { given: { release: '2023.1' }, reason: 'a reboot deletes nothing' },
    {
      given: { release: '2023.2' },
      violates: {
        [noUnmapUnderDevice.name]: 63,
        [guestReachesItsDisks.name]: 63,
        [everyBdmHasAttachment.name]: 87,
        ['the server has been rebooted and runs']: null,
      },
      reason: 'bug 2048154: the clean-up unmaps the volume from under the guest',
    },
    { given: { release: '2024.1' }, reason: 'nova 29 counts every mapping with an attachment' },
    { given: { release: '2026.1' }, reason: 'Nova counts every mapping, as in nova 29' },
    {
      given: { release: '2024.1', dangling_looks_at: 'source_volume' },
      violates: {
        [noUnmapUnderDevice.name]: 63,
        [guestReachesItsDisks.name]: 63,
        [everyBdmHasAttachment.name]: 87,
        ['the server has been rebooted and runs']: null,
      },
      reason: 'if the clean-up looks only at those volumes, the bug is back',
    },
  ],
});
