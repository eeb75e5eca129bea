import { resetStatus } from '../../model/cinder/operator.ts';
import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { attachVolume } from '../../model/nova/attach.ts';
import {
  attachedToOneServer,
  secondAttachmentOnlyForMove,
  writtenByOneGuest,
} from '../../model/properties/always.ts';
import {
  allAgreeOnAttachments,
  everyBdmHasAttachment,
  noDeviceWithoutAttachment,
  noMappingWithoutAttachment,
  volumeStatusFitsAttachments,
} from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';

export const bug1908075 = cloudScenario({
  name: 'bug-1908075',
  about:
    'R42: an operator resets an attached volume to available, and a second server attaches ' +
    'it. Both guests write a volume that is not multiattach. Nova 23 refuses the attach ' +
    'while any server of the cell has a mapping of the volume.',
  release: '2026.1',
  parameters: {
    attachments: choice(['gone', 'kept'], {
      about: 'whether the operator also resets attach_status, which ends every attachment row',
    }),
  },
  entities: () => ({
    servers: { s1: 'h1', s2: 'h2' },
    volumes: { v1: {} },
    attached: [['s1', 'v1']],
  }),
  operations: ({ attachments }) => ({
    operator: resetStatus.start('v1', 'available', attachments),
    attach: attachVolume.start('s2', 'v1'),
  }),
  reachable: [
    cloud.reachable(
      'the volume is available, and the request to attach it has ended',
      ({ volumes }, processes) =>
        volumes['v1']?.status === 'available' && processes['attach']?.at === 'done',
    ),
  ],
  expect: [
    {
      given: { attachments: 'gone', release: 'victoria' },
      violates: {
        [attachedToOneServer.name]: 14,
        [secondAttachmentOnlyForMove.name]: 14,
        [writtenByOneGuest.name]: 39,
        [volumeStatusFitsAttachments.name]: 38,
        [everyBdmHasAttachment.name]: 19,
        [noDeviceWithoutAttachment.name]: 19,
        [noMappingWithoutAttachment.name]: 19,
        [allAgreeOnAttachments.name]: 19,
      },
      reason:
        'bug 1908075: two guests write the volume (volumeStatusFitsAttachments: c-api before ' +
        'cinder 20 writes what it read earlier)',
    },
    {
      given: { attachments: 'gone', release: 'wallaby' },
      violates: {
        [everyBdmHasAttachment.name]: 6,
        [noDeviceWithoutAttachment.name]: 6,
        [noMappingWithoutAttachment.name]: 6,
        [allAgreeOnAttachments.name]: 6,
      },
      reason:
        'nova 23 refuses the attach; the status that the operator wrote before any attach ' +
        'remains',
    },
    {
      given: { attachments: 'gone', release: 'wallaby', bdm_check: 'instance' },
      violates: {
        [attachedToOneServer.name]: 14,
        [secondAttachmentOnlyForMove.name]: 14,
        [writtenByOneGuest.name]: 39,
        [volumeStatusFitsAttachments.name]: 38,
        [everyBdmHasAttachment.name]: 19,
        [noDeviceWithoutAttachment.name]: 19,
        [noMappingWithoutAttachment.name]: 19,
        [allAgreeOnAttachments.name]: 19,
      },
      reason: 'without this check the bug is back',
    },
    {
      given: { attachments: 'kept', release: 'victoria' },
      violates: {
        [attachedToOneServer.name]: 14,
        [secondAttachmentOnlyForMove.name]: 14,
        [volumeStatusFitsAttachments.name]: 18,
      },
      reason:
        'the second server gets a reservation; attachment_update refuses to connect it (cinder ' +
        '15)',
    },
    {
      given: { attachments: 'kept', release: 'wallaby' },
      violates: { [volumeStatusFitsAttachments.name]: 5 },
      reason: 'nova 23 refuses the attach; the status that the operator wrote remains',
    },
    {
      given: { attachments: 'gone', release: '2026.1' },
      violates: {
        [everyBdmHasAttachment.name]: 6,
        [noDeviceWithoutAttachment.name]: 6,
        [noMappingWithoutAttachment.name]: 6,
        [allAgreeOnAttachments.name]: 6,
      },
      reason: 'Nova refuses the attach; the status that the operator wrote remains',
    },
    {
      given: { attachments: 'kept', release: '2026.1' },
      violates: { [volumeStatusFitsAttachments.name]: 5 },
      reason: 'Nova refuses the attach; the status that the operator wrote remains',
    },
  ],
});
