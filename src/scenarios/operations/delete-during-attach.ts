import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { attachVolume } from '../../model/nova/attach.ts';
import { deleteServer } from '../../model/nova/delete.ts';
import { noUnmapUnderDevice } from '../../model/properties/always.ts';
import {
  everyAttachmentHasBdm,
  noDeviceWithoutAttachment,
  volumeStatusFitsAttachments,
} from '../../model/properties/at-rest.ts';
import {
  attachCompletesOrRollsBack,
  attachingVolumeSettles,
  deletedServerLeavesNothing,
} from '../../model/properties/liveness.ts';
import { cloud } from '../../model/world/cloud.ts';

export const deleteDuringAttach = cloudScenario({
  name: 'delete-during-attach',
  about:
    'A user deletes a server during an attach. nova-compute does one after the other, but ' +
    'it deletes by the block device mappings that nova-api read before. They lack the ' +
    'attachment id or connection_info if the attach had not saved them yet. Known for ' +
    'mappings without a volume only (R33, bug 1464259); found with this model.',
  release: '2026.1',
  entities: () => ({ servers: { s1: 'h1' }, volumes: { v1: {} } }),
  operations: () => ({
    attach: attachVolume.start('s1', 'v1'),
    delete: deleteServer.start('s1'),
  }),
  liveness: 'services',
  reachable: [
    cloud.reachable(
      'the server is gone and the volume is free',
      ({ instances, volumes }, processes) =>
        instances['s1'] === undefined &&
        volumes['v1']?.status === 'available' &&
        processes['attach/n-cpu']?.at === 'done',
    ),
  ],
  expect: [
    {
      violates: {
        [noUnmapUnderDevice.name]: 56,
        [volumeStatusFitsAttachments.name]: 42,
        [everyAttachmentHasBdm.name]: 24,
        [noDeviceWithoutAttachment.name]: 66,

        [attachingVolumeSettles.name]: 24,
        [attachCompletesOrRollsBack.name]: 24,
        [deletedServerLeavesNothing.name]: 24,
      },
      reason:
        'nova-compute disconnects nothing, and then unmaps; or it finds no id, and detaches as ' +
        'before the attachments API',
    },
    {
      given: { delete_bdms: 'under_lock' },
      violates: {
        [volumeStatusFitsAttachments.name]: 42,
        [everyAttachmentHasBdm.name]: 42,
        [attachingVolumeSettles.name]: 42,
        [attachCompletesOrRollsBack.name]: 42,
        [deletedServerLeavesNothing.name]: 42,
      },
      reason:
        'reading the mappings under the lock mends that; the attachment of a server that is ' +
        'gone by then stays (D4)',
    },
  ],
});
