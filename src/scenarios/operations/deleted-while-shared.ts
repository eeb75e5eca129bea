import { volumeDelete } from '../../model/cinder/volume-delete.ts';
import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { attachVolume } from '../../model/nova/attach.ts';
import { attachVolumeOnCompute } from '../../model/nova/attach-compute.ts';
import { deleteServer } from '../../model/nova/delete.ts';
import { deletingVolumeIsUnattached } from '../../model/properties/always.ts';
import {
  allAgreeOnAttachments,
  everyBdmHasAttachment,
  noDeviceWithoutAttachment,
  noMappingWithoutAttachment,
} from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';

export const deletedWhileShared = cloudScenario({
  name: 'deleted-while-shared',
  about:
    'A multiattach volume is attached to one server while another server that has it is ' +
    'deleted. Cinder reserves the volume and inserts the attachment in two transactions. In ' +
    'between, the end of the other attachment makes the volume available, and a user may ' +
    'delete it. Found by the model.',
  release: '2026.1',
  parameters: {
    between: choice(['deletion', 'crash'], {
      about:
        'the event in between: the user deletes the volume, or nova-compute dies in the attach',
    }),
  },
  entities: () => ({
    servers: { s1: 'h1', s2: 'h2' },
    volumes: { v1: { multiattach: true } },
    attached: [['s2', 'v1']],
  }),
  operations: ({ between }) => ({
    attach: attachVolume.start('s1', 'v1'),
    delete: deleteServer.start('s2'),
    ...(between === 'deletion' ? { remove: volumeDelete.start('v1') } : {}),
  }),
  crashes: ({ between }) =>
    between === 'crash' ? [attachVolumeOnCompute.at('attach_to_guest')] : [],
  reachable: [
    cloud.reachable(
      'the first server has the volume and the second is gone',
      ({ disks, instances }) => disks['s1/v1'] !== undefined && instances['s2'] === undefined,
    ),
  ],
  expect: [
    {
      given: { between: 'deletion' },
      violates: {
        [deletingVolumeIsUnattached.name]: 56,
        [everyBdmHasAttachment.name]: 79,
        [noDeviceWithoutAttachment.name]: 79,
        [noMappingWithoutAttachment.name]: 76,
        [allAgreeOnAttachments.name]: 79,
      },
      reason:
        'Cinder accepts the deletion, and no step checks the status again: Cinder maps the ' +
        'volume and destroys it, and the device that the host has by then stays',
    },
    {
      given: { between: 'crash' },
      violates: { [allAgreeOnAttachments.name]: 69 },
      reason:
        'the mapping stays (docs/openstack.md 9.2), and so do the attachment and the volume, ' +
        'both attaching',
    },
  ],
});
