import { attachmentCreate } from '../../model/cinder/attachment-create.ts';
import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { attachVolume } from '../../model/nova/attach.ts';
import { createServer } from '../../model/nova/boot.ts';
import { rebuildServer } from '../../model/nova/rebuild.ts';
import {
  attachedToOneServer,
  secondAttachmentOnlyForMove,
  secondConnectionOnlyForMove,
  writtenByOneGuest,
} from '../../model/properties/always.ts';
import {
  everyAttachmentHasBdm,
  everyBdmHasAttachment,
  volumeStatusFitsAttachments,
} from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';

const hosts = { same: 'h1', another: 'h2' } as const;

export const reimageAdmitsServer = cloudScenario({
  name: 'reimage-admits-server',
  about:
    'D21: Cinder writes a new image to the volume of a server that is rebuilt. Meanwhile ' +
    'the volume is downloading, and Cinder accepts an attachment of another server. Only ' +
    'Nova’s check of mappings prevents it, where there is one.',
  release: '2026.1',
  parameters: {
    other: choice(['attach', 'boot', 'user'], {
      about: 'how the second server asks: by an attach, by a boot, or by a user who asks Cinder',
    }),
    host: choice(['same', 'another'], { about: 'the host of the second server' }),
  },
  entities: ({ other, host }) => ({
    servers: other === 'boot' ? { s1: 'h1' } : { s1: 'h1', s2: hosts[host] },
    volumes: { v1: {} },
    attached: [['s1', 'v1']],
  }),
  operations: ({ other, host }) => {
    const requests = {
      attach: attachVolume.start('s2', 'v1'),
      boot: createServer.start('s2', 'v1', hosts[host]),
      user: attachmentCreate.start('v1', 's2', null),
    };
    return { rebuild: rebuildServer.start('s1', 'v1'), other: requests[other] };
  },
  reachable: [
    cloud.reachable(
      'the server is rebuilt and runs from its volume',
      ({ instances, disks, attachments }) =>
        instances['s1']?.task_state === null &&
        disks['s1/v1'] !== undefined &&
        attachments['attachment-rebuild']?.status === 'attached',
    ),
  ],
  expect: [
    {
      given: { other: 'attach' },
      reason:
        'nova-api finds the mapping of the first server and refuses: an attach does not show ' +
        'D21',
    },
    {
      given: { other: 'attach', bdm_check: 'instance' },
      violates: {
        [attachedToOneServer.name]: 51,
        [secondAttachmentOnlyForMove.name]: 51,
        [volumeStatusFitsAttachments.name]: 100,
      },
      reason: 'without that check Cinder accepts the second server',
    },
    {
      given: { other: 'boot' },
      violates: {
        [attachedToOneServer.name]: 44,
        [secondAttachmentOnlyForMove.name]: 44,
        [volumeStatusFitsAttachments.name]: 97,
        [everyBdmHasAttachment.name]: 111,
      },
      reason:
        'Nova looks for no mapping when a server boots: the model shows D21 on today’s master. ' +
        'Either the second server runs and the first ends in error without its volume, or the ' +
        'second ends in error with a mapping of a deleted attachment',
    },
    {
      given: { other: 'boot', host: 'another' },
      violates: {
        [attachedToOneServer.name]: 44,
        [secondAttachmentOnlyForMove.name]: 44,
        [secondConnectionOnlyForMove.name]: 78,
        [writtenByOneGuest.name]: 117,
        [volumeStatusFitsAttachments.name]: 97,
        [everyBdmHasAttachment.name]: 111,
      },
      reason:
        'the lock of cinder-api has the name of the host: the checks of the two updates do not ' +
        'see each other (D7), and both guests write',
    },
    {
      given: { other: 'user' },
      violates: {
        [attachedToOneServer.name]: 42,
        [secondAttachmentOnlyForMove.name]: 42,
        [everyAttachmentHasBdm.name]: 83,
      },
      reason:
        'no check prevents it when the user asks Cinder; the attachment can stay after the ' +
        'rebuild',
    },
  ],
});
