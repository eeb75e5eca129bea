import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import type { Entities } from '../../model/cloud-scenario/entities.ts';
import { attachVolume } from '../../model/nova/attach.ts';
import { attachVolumeOnCompute } from '../../model/nova/attach-compute.ts';
import { detachVolume } from '../../model/nova/detach.ts';
import { swapVolume } from '../../model/nova/swap-volume.ts';
import {
  allAgreeOnAttachments,
  attachedVolumeIsWorkingDisk,
  everyAttachmentHasBdm,
  volumeStatusFitsAttachments,
} from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';
import type { Process } from '../../spec/process.ts';

interface Change {
  readonly entities: Entities;
  readonly requests: { readonly [pid: string]: Process };
}

/** Cinder moves v1, and has made v2 to take its place. */
const moving: Entities = {
  servers: { s1: 'h1' },
  volumes: { v1: { migrating: true }, v2: { migrating: true } },
};
const attached: Entities = { ...moving, attached: [['s1', 'v1']] };

const changes = {
  'guest-ended': { entities: { ...attached, fenced: ['s1'] }, requests: {} },
  detached: { entities: attached, requests: { detach: detachVolume.start('s1', 'v1') } },
  'half-attached': { entities: moving, requests: { attach: attachVolume.start('s1', 'v1') } },
  'moved-before': {
    entities: { ...attached, volumes: { v1: { moved: true }, v2: {} } },
    requests: {},
  },
} as const satisfies Record<string, Change>;

export const swapOfWhatHasChanged = cloudScenario({
  name: 'swap-of-what-has-changed',
  about:
    'Nova replaces a volume whose attachment is not the usual one. Its guest has ended; or ' +
    'the volume is being detached, which Cinder does not refuse while it moves the volume; ' +
    'or nova-compute died during the attach; or Cinder moved the volume earlier, and a user ' +
    'asks.',
  release: '2026.1',
  parameters: {
    change: choice(['guest-ended', 'detached', 'half-attached', 'moved-before'], {
      about: 'the difference to a usual attachment',
    }),
  },
  // The candidate D31 is a further fault at the end of a migration of Cinder.
  site: { migrated_rows: 'with_names' },
  entities: ({ change }) => changes[change].entities,
  operations: ({ change }) => ({
    ...changes[change].requests,
    swap: swapVolume.start('s1', 'v1', 'v2'),
  }),
  crashes: ({ change }) =>
    change === 'half-attached' ? [attachVolumeOnCompute.at('save_connection_info')] : [],
  reachable: [
    cloud.reachable(
      'Nova has asked nova-compute, and every request has ended',
      (_state, processes) =>
        processes['swap/n-cpu']?.at === 'done' &&
        Object.values(processes).every((process) => process?.at === 'done'),
    ),
  ],
  expect: [
    {
      given: { change: 'guest-ended' },
      violates: { [attachedVolumeIsWorkingDisk.name]: 63, [allAgreeOnAttachments.name]: 63 },
      reason:
        'there is nothing to copy: Nova disconnects the new volume and deletes its attachment, ' +
        'and Cinder deletes the volume; the guest has been gone from the beginning',
    },
    {
      given: { change: 'detached' },
      violates: { [volumeStatusFitsAttachments.name]: 31, [everyAttachmentHasBdm.name]: 45 },
      reason:
        'the detach that goes first leaves no BDM, which no code handles: the attachment that ' +
        'nova-api made for the new volume stays. Cinder keeps the status of a volume that it ' +
        'moves when its last attachment goes (docs/openstack.md 8.8)',
    },
    {
      given: { change: 'half-attached' },
      violates: {
        [volumeStatusFitsAttachments.name]: 89,
        [everyAttachmentHasBdm.name]: 49,
        [allAgreeOnAttachments.name]: 38,
      },
      reason:
        'the swap fails before it connects anything, as the BDM does not hold the connection of ' +
        'the first volume. The other violations come from the crash, which leaves the guest a ' +
        'disk that Cinder does not count, and loses a message that waits',
    },
    {
      given: { change: 'moved-before' },
      reason:
        'Nova only checks whether there is a migration status, and that of a finished migration ' +
        'stays (docs/openstack.md 8.7): a user may have such a volume replaced. Nova does not ' +
        'tell Cinder, and saves the new id',
    },
  ],
});
