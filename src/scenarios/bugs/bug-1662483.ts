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
    'R32: a volume is detached from a server that is deleted meanwhile. Both disconnect the same LUN number, and by the time ' +
    'of the second it is the LUN of a volume that was attached to another server. Nova 19 detaches under the instance lock.',
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
        'bug 1662483: the deletion disconnects a LUN number that the detach has freed and another volume has got. A guest that does not take that one has it all the same on rocky and stein (bug 1825882)',
    },
    {
      given: { release: 'stein', delete_bdms: 'under_lock' },
      reason:
        'nova 19: one waits for the other; nothing of the race is left if it also reads the mappings anew',
    },
    {
      given: { release: 'rocky', delete_bdms: 'under_lock' },
      violates: {
        [noDeviceRemovedUnderGuest.name]: 78,
        [attachedVolumeIsWorkingDisk.name]: 94,
        [allAgreeOnAttachments.name]: 96,
      },
      reason:
        'it is the lock that mends what the bug is about: reading anew does not help without it',
    },
    {
      given: { release: 'stein' },
      violates: {
        [noDeviceRemovedUnderGuest.name]: 79,
        [attachedVolumeIsWorkingDisk.name]: 95,
        [allAgreeOnAttachments.name]: 96,
      },
      reason:
        'nova 19 as it is: nova-compute waits for the lock, and then disconnects by the mapping that nova-api read before',
    },
    {
      given: { release: '2026.1' },
      violates: { [noDeviceRemovedUnderGuest.name]: 77, [attachedVolumeIsWorkingDisk.name]: 93 },
      reason: 'the same on today’s master; see delete-during-attach',
    },
    {
      given: { release: '2026.1', L1_detach: 'none' },
      violates: { [noDeviceRemovedUnderGuest.name]: 71, [attachedVolumeIsWorkingDisk.name]: 93 },
      reason:
        'without the lock the two overlap as well, and the device goes sooner; the lock alone does not mend it, since the deletion goes by what nova-api read before',
    },
  ],
});
