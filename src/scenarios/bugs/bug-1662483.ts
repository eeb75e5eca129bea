import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { attachVolume } from '../../model/nova/attach.ts';
import { deleteServer } from '../../model/nova/delete.ts';
import { detachVolume } from '../../model/nova/detach.ts';
import { noDeviceRemovedUnderGuest } from '../../model/properties/always.ts';
import {
  allAgreeOnAttachments,
  attachedVolumeIsWorkingDisk,
} from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';

export const bug1662483 = cloudScenario({
  name: 'bug-1662483',
  about:
    'R32: a user deletes a server during the detach of its volume. Both requests disconnect ' +
    'the same LUN number. When the second does, the number belongs to a volume that another ' +
    'server has attached. Nova 19 detaches under the instance lock.',
  release: '2026.1',
  entities: () => ({
    servers: { s1: 'h1', s2: 'h1' },
    volumes: { v1: {}, v2: {} },
    attached: [['s1', 'v1']],
  }),
  operations: () => ({
    detach: detachVolume.start('s1', 'v1'),
    delete: deleteServer.start('s1'),
    attach: attachVolume.start('s2', 'v2'),
  }),
  reachable: [
    cloud.reachable(
      'the server is gone, its volume is free and the other server has its own',
      ({ instances, volumes, disks }) =>
        instances['s1'] === undefined &&
        volumes['v1']?.status === 'available' &&
        disks['s2/v2'] !== undefined &&
        volumes['v2']?.status === 'in-use',
    ),
  ],
  expect: [
    {
      given: { release: 'rocky' },
      violates: {
        [noDeviceRemovedUnderGuest.name]: 78,
        [attachedVolumeIsWorkingDisk.name]: 94,
        [allAgreeOnAttachments.name]: 96,
      },
      reason:
        'bug 1662483: the deletion disconnects a LUN number that the detach has freed and ' +
        'another volume has got. On rocky and stein a guest that refuses that volume shows it ' +
        'as attached all the same (bug 1825882)',
    },
    {
      given: { release: 'stein', delete_bdms: 'under_lock' },
      reason:
        'nova 19: one request waits for the other. If the deletion also reads the mappings ' +
        'again, nothing of the race is left',
    },
    {
      given: { release: 'rocky', delete_bdms: 'under_lock' },
      violates: {
        [noDeviceRemovedUnderGuest.name]: 78,
        [attachedVolumeIsWorkingDisk.name]: 94,
        [allAgreeOnAttachments.name]: 96,
      },
      reason: 'without the lock the bug is back, even if the deletion reads the mappings again',
    },
    {
      given: { release: 'stein' },
      violates: {
        [noDeviceRemovedUnderGuest.name]: 79,
        [attachedVolumeIsWorkingDisk.name]: 95,
        [allAgreeOnAttachments.name]: 96,
      },
      reason:
        'nova 19 as shipped: nova-compute waits for the lock, and then disconnects by the ' +
        'mapping that nova-api read before',
    },
    {
      given: { release: '2026.1' },
      violates: { [noDeviceRemovedUnderGuest.name]: 77, [attachedVolumeIsWorkingDisk.name]: 93 },
      reason: 'today’s master does the same; see delete-during-attach',
    },
    {
      given: { release: '2026.1', L1_detach: 'none' },
      violates: { [noDeviceRemovedUnderGuest.name]: 71, [attachedVolumeIsWorkingDisk.name]: 93 },
      reason:
        'without the lock the two requests overlap, and the device goes sooner. The lock alone ' +
        'does not mend it, since the deletion uses the mappings that nova-api read before',
    },
  ],
});
