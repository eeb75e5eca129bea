import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { attachVolume } from '../../model/nova/attach.ts';
import { endResize, resizeServer } from '../../model/nova/cold-migrate.ts';
import { evacuate } from '../../model/nova/evacuate.ts';
import { shelveServer, unshelveServer } from '../../model/nova/shelve.ts';
import {
  attachedToOneServer,
  secondAttachmentOnlyForMove,
  secondConnectionOnlyForMove,
  writtenByOneGuest,
} from '../../model/properties/always.ts';
import {
  allAgreeOnAttachments,
  connectionsNameHostOfServer,
  everyBdmHasAttachment,
  volumeStatusFitsAttachments,
} from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';

export const bug1717564 = cloudScenario({
  name: 'bug-1717564',
  about:
    'R13: Nova moves a server while its guest is off, and a user attaches its volume to ' +
    'another server. If the move deletes the attachment before it creates the next one, the ' +
    'volume is free in between and the server loses it. Queens creates the next one first.',
  release: 'queens',
  parameters: {
    move: choice(['resize', 'revert', 'shelve', 'unshelve', 'evacuation'], {
      about: 'how Nova moves the server; an unshelve puts the volume back when it fails',
    }),
  },
  entities: ({ move }) => ({
    servers: { s1: move === 'unshelve' ? null : 'h1', s2: 'h3' },
    volumes: { v1: {} },
    attached: [['s1', 'v1']],
    ...(move === 'revert' ? { resized: { s1: 'h2' } } : {}),
    ...(move === 'evacuation' ? { down: ['h1'], fenced: ['s1'] } : {}),
  }),
  operations: ({ move }) => ({
    ...{
      resize: { resize: resizeServer.start('s1', 'h2') },
      revert: { revert: endResize.start('s1', 'revert') },
      shelve: { shelve: shelveServer.start('s1') },
      unshelve: { unshelve: unshelveServer.start('s1', 'h1') },
      evacuation: { evacuate: evacuate.start('s1', 'h2') },
    }[move],
    attach: attachVolume.start('s2', 'v1'),
  }),
  faults: ({ move }) => (move === 'unshelve' ? { 'brick-error': 1 } : {}),
  reachable: [
    cloud.reachable(
      'the server has moved with its volume',
      ({ instances, attachments }) =>
        instances['s1']?.task_state === null &&
        Object.values(attachments).length === 1 &&
        Object.keys(attachments).some((id) =>
          /^attachment-(resize|revert|shelve|unshelve|evacuate)$/.test(id),
        ),
    ),
  ],
  expect: [
    { given: { release: 'queens' }, reason: 'Queens: the volume is never free during the move' },
    { given: { release: '2026.1' }, reason: 'the volume is never free, as in Queens' },
    {
      given: { release: 'queens', move_attachments: 'delete_first' },
      violates: {
        [attachedToOneServer.name]: 40,
        [secondAttachmentOnlyForMove.name]: 40,
        [secondConnectionOnlyForMove.name]: 70,
        [writtenByOneGuest.name]: 94,
        [volumeStatusFitsAttachments.name]: 74,
        [everyBdmHasAttachment.name]: 74,
      },
      reason:
        'bug 1717564: the other server gets the volume in between. Nova mended the order before ' +
        'it first shipped the flow',
    },
    {
      given: { release: '2026.1', move_attachments: 'delete_first', bdm_check: 'instance' },
      violates: { [everyBdmHasAttachment.name]: 72 },
      reason:
        'the server also loses the volume with the atomic status of cinder 20. The servers are ' +
        'in two cells, since nova 23 looks for a BDM in the cell',
    },
    ...(['revert', 'shelve', 'unshelve', 'evacuation'] as const).map((move) => ({
      // Before nova 18 a failed unshelve left the attachment as it was.
      given: { release: move === 'unshelve' ? 'rocky' : 'queens', move } as const,
      reason: 'the volume is never free either',
    })),
    {
      given: { release: 'queens', move: 'revert', move_attachments: 'delete_first' },
      violates: {
        [attachedToOneServer.name]: 39,
        [secondAttachmentOnlyForMove.name]: 39,
        [secondConnectionOnlyForMove.name]: 69,
        [writtenByOneGuest.name]: 93,
        [volumeStatusFitsAttachments.name]: 73,
        [everyBdmHasAttachment.name]: 73,
      },
      reason: 'the server loses the volume on the way back too',
    },
    {
      given: { release: 'queens', move: 'shelve', move_attachments: 'delete_first' },
      violates: {
        [attachedToOneServer.name]: 40,
        [secondAttachmentOnlyForMove.name]: 40,
        [volumeStatusFitsAttachments.name]: 75,
        [everyBdmHasAttachment.name]: 75,
        [allAgreeOnAttachments.name]: 75,
      },
      reason:
        'the server loses the volume when Nova offloads it; Nova gives it back to its user, off ' +
        'and without its volume',
    },
    {
      given: { release: 'rocky', move: 'unshelve', move_attachments: 'delete_first' },
      violates: {
        [attachedToOneServer.name]: 65,
        [secondAttachmentOnlyForMove.name]: 65,
        [volumeStatusFitsAttachments.name]: 100,
        [everyBdmHasAttachment.name]: 100,
        [connectionsNameHostOfServer.name]: 100,
      },
      reason:
        'the server loses the volume when the guest does not start and Nova puts the volume ' +
        'back',
    },
    {
      given: { release: 'queens', move: 'evacuation', move_attachments: 'delete_first' },
      violates: {
        [attachedToOneServer.name]: 33,
        [secondAttachmentOnlyForMove.name]: 33,
        [secondConnectionOnlyForMove.name]: 63,
        [writtenByOneGuest.name]: 93,
        [volumeStatusFitsAttachments.name]: 68,
        [everyBdmHasAttachment.name]: 68,
      },
      reason: 'the server loses the volume when Nova evacuates it from a dead host',
    },
  ],
});
