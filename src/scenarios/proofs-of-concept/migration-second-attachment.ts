import { attachmentCreate } from '../../model/cinder/attachment-create.ts';
import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { liveMigrate } from '../../model/nova/live-migration.ts';
import {
  attachedToOneServer,
  noUnmapUnderDevice,
  secondAttachmentOnlyForMove,
  secondConnectionOnlyForMove,
} from '../../model/properties/always.ts';
import {
  allAgreeOnAttachments,
  connectionsNameHostOfServer,
  everyAttachmentHasBdm,
  noDeviceWithoutAttachment,
  volumeStatusFitsAttachments,
} from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';

/** The rules that were discussed in 2016, and the value of the switch that stands for each. */
const rules = {
  none: 'none',
  'same-instance': 'same_instance',
  'same-instance-and-moving': 'moving_instance',
  any: 'any',
} as const;

export const migrationSecondAttachment = cloudScenario({
  name: 'migration-second-attachment',
  about:
    'The question of 2016: a live migration needs a second attachment of a volume that is ' +
    'not multiattach. Who may have one? For each rule the expectations say which other ' +
    'attachments it lets in, or which reply comes too late.',
  release: '2026.1',
  parameters: {
    rule: choice(['none', 'same-instance', 'same-instance-and-moving', 'any'], {
      default: 'same-instance',
      about: 'who may attach again a volume that is in use',
    }),
    besides: choice(['same-server', 'other-server', 'late-reply', 'nothing'], {
      about:
        'the event besides: a client that does not ask Nova attaches the volume for the same or ' +
        'another server, or one reply comes too late',
    }),
  },
  site: ({ rule }) => ({ second_attachment: rules[rule] }),
  entities: () => ({
    servers: { s1: 'h1', s2: 'h3' },
    volumes: { v1: {} },
    attached: [['s1', 'v1']],
  }),
  operations: ({ besides }) => ({
    migrate: liveMigrate.start('s1', 'h2'),
    ...(besides === 'same-server' ? { again: attachmentCreate.start('v1', 's1', null) } : {}),
    ...(besides === 'other-server' ? { other: attachmentCreate.start('v1', 's2', 'h3') } : {}),
  }),
  faults: ({ besides }) => (besides === 'late-reply' ? { 'rpc-timeout': 1 } : {}),
  reachable: [
    cloud.reachable(
      'the server runs on the other host and has its volume there',
      ({ instances, disks, attachments }) =>
        instances['s1']?.host === 'h2' &&
        instances['s1'].task_state === null &&
        disks['s1/v1']?.startsWith('h2/') === true &&
        Object.keys(attachments).length === 1,
    ),
  ],
  expect: [
    {
      given: { rule: 'none', besides: 'nothing' },
      violates: { ['the server runs on the other host and has its volume there']: null },
      reason:
        'no live migration: Cinder answers 400 to the destination, and the server stays where ' +
        'it is',
    },
    {
      given: { rule: 'same-instance', besides: 'nothing' },
      reason: 'the rule that Cinder shipped is enough for an undisturbed migration',
    },
    {
      given: { rule: 'same-instance', besides: 'other-server' },
      reason: 'the rule excludes another server',
    },
    {
      given: { rule: 'same-instance', besides: 'same-server' },
      violates: { [secondAttachmentOnlyForMove.name]: 4, [everyAttachmentHasBdm.name]: 81 },
      reason:
        'the rule does not know of the migration: a server that stays where it is gets a second ' +
        'attachment as well (bug 1833736)',
    },
    {
      given: { rule: 'same-instance', besides: 'late-reply' },
      violates: {
        [noUnmapUnderDevice.name]: 49,
        [secondAttachmentOnlyForMove.name]: 22,
        [secondConnectionOnlyForMove.name]: 27,
        [volumeStatusFitsAttachments.name]: 36,
        [everyAttachmentHasBdm.name]: 36,
        [connectionsNameHostOfServer.name]: 59,
        [noDeviceWithoutAttachment.name]: 68,
        [allAgreeOnAttachments.name]: 59,
      },
      reason:
        'the destination goes on after the source has stopped waiting and rolled back, and ' +
        'Cinder accepts it (D10)',
    },
    {
      given: { rule: 'same-instance-and-moving', besides: 'nothing' },
      reason: 'this rule is as good as the shipped one for an undisturbed migration',
    },
    {
      given: { rule: 'same-instance-and-moving', besides: 'same-server' },
      violates: { [secondAttachmentOnlyForMove.name]: 15, [everyAttachmentHasBdm.name]: 81 },
      reason:
        'the rule accepts only while the server moves, but then a third attachment beside the ' +
        'two of the migration',
    },
    {
      given: { rule: 'same-instance-and-moving', besides: 'late-reply' },
      violates: {
        [noUnmapUnderDevice.name]: 49,
        [secondAttachmentOnlyForMove.name]: 22,
        [secondConnectionOnlyForMove.name]: 27,
        [volumeStatusFitsAttachments.name]: 36,
        [everyAttachmentHasBdm.name]: 36,
        [connectionsNameHostOfServer.name]: 59,
        [noDeviceWithoutAttachment.name]: 68,
        [allAgreeOnAttachments.name]: 59,
      },
      reason: 'the answer that the server moves is old when Cinder inserts the row',
    },
    {
      given: { rule: 'any', besides: 'other-server' },
      violates: {
        [attachedToOneServer.name]: 4,
        [secondAttachmentOnlyForMove.name]: 4,
        [secondConnectionOnlyForMove.name]: 9,
        [volumeStatusFitsAttachments.name]: 40,
        [everyAttachmentHasBdm.name]: 40,
      },
      reason: 'two servers have attachments of a volume that only one may write',
    },
    {
      given: { rule: 'any', besides: 'nothing' },
      reason: 'no client asks for more than the migration does',
    },
  ],
});
