import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { createServer } from '../../model/nova/boot.ts';
import { deleteServer } from '../../model/nova/delete.ts';
import { guestReachesItsDisks, noUnmapUnderDevice } from '../../model/properties/always.ts';
import {
  allAgreeOnAttachments,
  connectionsNameHostOfServer,
  everyAttachmentHasBdm,
  everyBdmHasAttachment,
  noDeviceWithoutAttachment,
  noMappingWithoutAttachment,
  volumeStatusFitsAttachments,
} from '../../model/properties/at-rest.ts';
import { releaseNames } from '../../model/releases/release-names.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';

export const bug1784353 = cloudScenario({
  name: 'bug-1784353',
  about:
    'R35: a server boots from a volume, and its guest cannot be started. The failed build deletes the attachment, and the next ' +
    'host was told to use it. Since nova 19 nova-conductor makes a new one before it tries the next host.',
  // Before Queens Nova booted without the attachments API, and the model does not schedule such a
  // server again.
  release: ({ release }) => release,
  parameters: {
    release: choice(['queens', ...releaseNames.slice(releaseNames.indexOf('rocky'))], {
      default: '2026.1',
      about: 'the release of OpenStack',
    }),
    other: choice(['nothing', 'boot', 'delete'], {
      about:
        'whether another server asks for the same volume meanwhile, to boot from it, or the server is deleted',
    }),
  },
  entities: () => ({ servers: {}, volumes: { v1: {} } }),
  operations: ({ other }) => ({
    boot: createServer.start('s1', 'v1', 'h1', 'volume', ['h2']),
    ...(other === 'boot' ? { other: createServer.start('s2', 'v1', 'h3', 'volume', ['h2']) } : {}),
    ...(other === 'delete' ? { delete: deleteServer.start('s1') } : {}),
  }),
  faults: () => ({ 'guest-refuses': 1 }),
  reachable: [
    cloud.reachable(
      'the build has failed on the first host, and the next host has tried',
      (_state, processes) => processes['boot/n-cpu']?.vars['host'] === 'h2',
    ),
    cloud.reachable(
      'the guest runs from the volume',
      ({ instances, disks }) =>
        instances['s1']?.vm_state === 'active' && disks['s1/v1'] !== undefined,
    ),
  ],
  expect: [
    {
      given: { other: 'nothing', release: 'rocky' },
      violates: { [everyBdmHasAttachment.name]: 77, [connectionsNameHostOfServer.name]: 77 },
      reason: 'bug 1784353: the next host updates an attachment that is gone, and gives up',
    },
    { given: { other: 'nothing', release: 'stein' }, reason: 'nova 19: there is an attachment' },
    { given: { other: 'nothing', release: '2026.1' }, reason: 'the next host starts the guest' },
    {
      given: { other: 'nothing', release: '2026.1', rescheduled_attachments: 'kept' },
      violates: { [everyBdmHasAttachment.name]: 75, [connectionsNameHostOfServer.name]: 75 },
      reason: 'it is this attachment that mends it',
    },
    {
      given: { other: 'boot', release: '2026.1' },
      violates: { [everyBdmHasAttachment.name]: 107, [connectionsNameHostOfServer.name]: 107 },
      reason:
        'another matter, found with this model: the volume is available between the two attachments, and whoever boots from ' +
        'it then has it. The server that was there first stays in the making for ever (as R13, which moves have mended)',
    },
    {
      given: { other: 'delete', release: '2026.1' },
      violates: {
        [noUnmapUnderDevice.name]: 56,
        [guestReachesItsDisks.name]: 113,
        [volumeStatusFitsAttachments.name]: 114,
        [everyBdmHasAttachment.name]: 54,
        [everyAttachmentHasBdm.name]: 75,
        [connectionsNameHostOfServer.name]: 54,
        [noDeviceWithoutAttachment.name]: 63,
        [noMappingWithoutAttachment.name]: 105,
        [allAgreeOnAttachments.name]: 47,
      },
      reason:
        'the failed build saves that the server is to be scheduled, over the task state of the deletion: the next host builds what is deleted meanwhile, and its attachment, its device or its guest outlives the server. That nova-api deletes the row without looking at its host is coarser than the code',
    },
  ],
});
