import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { createServer } from '../../model/nova/boot.ts';
import { deleteServer } from '../../model/nova/delete.ts';
import { noUnmapUnderDevice } from '../../model/properties/always.ts';
import {
  connectionsNameHostOfServer,
  everyAttachmentHasBdm,
  everyBdmHasAttachment,
  noDeviceWithoutAttachment,
  volumeStatusFitsAttachments,
} from '../../model/properties/at-rest.ts';
import { deletedServerLeavesNothing } from '../../model/properties/liveness.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';

const fails = cloud.never(
  'a build is abandoned',
  ({ instances }) => instances['s1']?.vm_state === 'error',
);

export const bug1464259 = cloudScenario({
  name: 'bug-1464259',
  about:
    'R33: a user deletes a server while nova-compute makes the volume that it boots from. ' +
    'nova-api passed a block device mapping that named no volume, so no step detached or ' +
    'deleted it. Now nova-compute reads the mappings again in that case. The release of ' +
    'this fix is not known, so the switch delete_bdms stands for it.',
  release: '2026.1',
  parameters: {
    fault: choice(['none', 'cast-lost'], {
      about: 'whether RabbitMQ loses a message, such as the one by which Cinder makes the volume',
    }),
  },
  entities: () => ({ servers: {}, volumes: {} }),
  operations: () => ({
    boot: createServer.start('s1', 'v1', 'h1', 'image'),
    delete: deleteServer.start('s1'),
  }),
  faults: ({ fault }) => (fault === 'none' ? {} : { [fault]: 1 }),
  liveness: 'services',
  reachable: [
    fails,
    cloud.reachable(
      'the guest runs from the volume',
      ({ instances, disks }) =>
        instances['s1']?.vm_state === 'active' && disks['s1/v1'] !== undefined,
    ),
    cloud.reachable(
      'the server is gone, and the volume with it',
      ({ instances, volumes }, processes) =>
        instances['s1'] === undefined &&
        volumes['v1'] === undefined &&
        processes['boot/n-cpu']?.at === 'done' &&
        processes['delete/n-cpu']?.at === 'done',
    ),
  ],
  expect: [
    {
      given: { delete_bdms: 'passed' },
      violates: {
        [noUnmapUnderDevice.name]: 61,
        [everyAttachmentHasBdm.name]: 57,
        [noDeviceWithoutAttachment.name]: 73,
        [deletedServerLeavesNothing.name]: 57,
      },
      reason: 'bug 1464259: the volume stays attached to a server that is gone',
    },
    {
      given: { delete_bdms: 'reread_without_volume' },
      violates: { [noUnmapUnderDevice.name]: 61, [noDeviceWithoutAttachment.name]: 73 },
      reason:
        'the fix of bug 1464259 leaves no attachment behind. A device stays when the mapping ' +
        'named the volume but not yet its connection: nova-compute does not read it again then. ' +
        'See boot-from-volume',
    },
    { given: { delete_bdms: 'under_lock' }, reason: 'nothing is left behind' },
    {
      given: { fault: 'none' },
      violates: { [noUnmapUnderDevice.name]: 61, [noDeviceWithoutAttachment.name]: 73 },
      reason: 'current releases read the mapping again if it names no volume',
    },
    {
      given: { fault: 'cast-lost' },
      violates: {
        [noUnmapUnderDevice.name]: 61,
        [volumeStatusFitsAttachments.name]: 18,
        [everyBdmHasAttachment.name]: 55,
        [connectionsNameHostOfServer.name]: 55,
        [noDeviceWithoutAttachment.name]: 72,
        [fails.name]: 16,
      },
      reason:
        'if no service makes the volume, the build stops waiting and the server ends in error, ' +
        'or nothing happens to the server any more. A build that noticed a deletion whose ' +
        'message was lost has deleted the attachment',
    },
  ],
});
