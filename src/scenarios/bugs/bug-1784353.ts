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
    'R35: a server boots from a volume, and its guest cannot start. The failed build ' +
    'deletes the attachment that nova-conductor told the next host to use. Since nova 19 ' +
    'nova-conductor creates a new one before it tries the next host.',
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
        'whether another server asks to boot from the same volume meanwhile, or a user deletes ' +
        'the server',
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
      reason:
        'bug 1784353: the next host updates an attachment that is gone, and the build ends in ' +
        'error',
    },
    {
      given: { other: 'nothing', release: 'stein' },
      reason: 'nova 19 creates an attachment for the next host',
    },
    { given: { other: 'nothing', release: '2026.1' }, reason: 'the next host starts the guest' },
    {
      given: { other: 'nothing', release: '2026.1', rescheduled_attachments: 'kept' },
      violates: { [everyBdmHasAttachment.name]: 75, [connectionsNameHostOfServer.name]: 75 },
      reason: 'without this new attachment the bug is back',
    },
    {
      given: { other: 'boot', release: '2026.1' },
      violates: { [everyBdmHasAttachment.name]: 107, [connectionsNameHostOfServer.name]: 107 },
      reason:
        'a further race, found with this model: the volume is available between the two ' +
        'attachments, and another server that boots from it then gets it. The first server ' +
        'stays in the building state for ever (R13 is the same race in moves, where Queens ' +
        'mends it)',
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
        'the failed build writes the task state of a server to schedule over the one of the ' +
        'deletion. The next host builds the server that is being deleted, and its attachment, ' +
        'device or guest outlives the server. In the model nova-api deletes the row without ' +
        'reading its host, which is coarser than the code',
    },
  ],
});
