import { attachmentDelete } from '../../model/cinder/attachment-delete.ts';
import { forceDetach } from '../../model/cinder/operator.ts';
import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import type { Entities } from '../../model/cloud-scenario/entities.ts';
import { rebuildServer } from '../../model/nova/rebuild.ts';
import { attachOf } from '../../model/nova/requests.ts';
import { unshelveServer } from '../../model/nova/shelve.ts';
import {
  connectedAttachmentIsMapped,
  guestReachesItsDisks,
  noUnmapUnderDevice,
  userCannotUnmapUsedVolume,
} from '../../model/properties/always.ts';
import {
  allAgreeOnAttachments,
  connectionsNameHostOfServer,
  everyBdmHasAttachment,
  noDeviceWithoutAttachment,
  noMappingWithoutAttachment,
  volumeStatusFitsAttachments,
} from '../../model/properties/at-rest.ts';
import type { Switches } from '../../model/releases/switches.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';
import type { Process } from '../../spec/process.ts';

interface Other {
  readonly entities: Entities;
  readonly request: (release: Switches) => Process;
}

const attached: Entities = {
  servers: { s1: 'h1' },
  volumes: { v1: {} },
  attached: [['s1', 'v1']],
};

/** What connects the volume between the question and the act. */
const others = {
  unshelve: {
    entities: { ...attached, servers: { s1: null } },
    request: () => unshelveServer.start('s1', 'h1'),
  },
  attach: {
    entities: { servers: { s1: 'h1' }, volumes: { v1: {} } },
    request: (release) => attachOf(release, 's1', 'v1'),
  },
  rebuild: { entities: attached, request: () => rebuildServer.start('s1', '') },
  'rebuild-root': { entities: attached, request: () => rebuildServer.start('s1', 'v1') },
} as const satisfies Record<string, Other>;

const otherOf = (name: keyof typeof others): Other => others[name];

export const unshelvePassesGate = cloudScenario({
  name: 'unshelve-passes-gate',
  about:
    'D33: Cinder checks once whether Nova uses an attachment, and acts later. A user deletes the ' +
    'attachment of a shelved server, or an operator force-detaches a volume without attachments; ' +
    'a request connects the volume between the check and the act, and the guest loses it.',
  release: '2026.1',
  parameters: {
    asked: choice(['attachment_delete', 'force_detach'], {
      about: 'what is asked of Cinder: by a user, or by an operator',
    }),
    other: choice(['unshelve', 'attach', 'rebuild', 'rebuild-root'], {
      about: 'what connects the volume',
    }),
  },
  entities: ({ other }) => otherOf(other).entities,
  operations: ({ asked, other }, release) => ({
    [other]: otherOf(other).request(release),
    user:
      asked === 'attachment_delete'
        ? attachmentDelete.start('attachment-s1-v1', 'user')
        : forceDetach.start('v1', 'attachment-s1-v1', 'h1'),
  }),
  reachable: [
    cloud.reachable(
      'the server runs with its volume',
      ({ instances, disks }) =>
        instances['s1']?.vm_state === 'active' &&
        instances['s1'].task_state === null &&
        disks['s1/v1'] !== undefined,
    ),
  ],
  expect: [
    {
      given: { release: '2026.1' },
      violates: {
        [noUnmapUnderDevice.name]: 39,
        [guestReachesItsDisks.name]: 42,
        [userCannotUnmapUsedVolume.name]: 20,
        [volumeStatusFitsAttachments.name]: 44,
        [everyBdmHasAttachment.name]: 18,
        [connectionsNameHostOfServer.name]: 36,
        [noDeviceWithoutAttachment.name]: 44,
        [noMappingWithoutAttachment.name]: 32,
        [allAgreeOnAttachments.name]: 44,
      },
      reason:
        'the check and the deletion are two steps, and an update of the attachment fits in ' +
        'between',
    },
    {
      given: { asked: 'force_detach', other: 'attach' },
      violates: {
        [noUnmapUnderDevice.name]: 38,
        [guestReachesItsDisks.name]: 40,
        [connectedAttachmentIsMapped.name]: 30,
      },
      reason: 'there is no attachment when Cinder asks, and one that is connected when it acts',
    },
    {
      given: { asked: 'force_detach', other: 'rebuild' },
      violates: {
        [noUnmapUnderDevice.name]: 73,
        [guestReachesItsDisks.name]: 76,
        [connectedAttachmentIsMapped.name]: 55,
      },
      reason:
        'a rebuild holds an attachment without a connection for a while, as a shelved server does',
    },
    {
      given: { asked: 'attachment_delete', other: 'rebuild-root' },
      violates: {
        [noUnmapUnderDevice.name]: 81,
        [guestReachesItsDisks.name]: 84,
        [connectedAttachmentIsMapped.name]: 63,
      },
      reason:
        'the mapping names the second attachment already, as in D32; the unmap comes when the volume is mapped again',
    },
  ],
});
