import { noDeviceRemovedUnderGuest } from '../model/properties/always.ts';
import { attachedVolumeIsWorkingDisk } from '../model/properties/at-rest.ts';
import type { Place } from './triage-place.ts';
import { refusedSecondAttachments } from './triage-refused.ts';
import { connects, disconnects, moves, resets } from './triage-requests.ts';

/**
 * Violations of one mechanism. 'known': a bug, a candidate or another scenario shows it; 'new': the
 * atlas has found it; 'gap': the model differs from the code.
 */
export interface Class extends Place {
  readonly id: string;
  readonly kind: 'known' | 'new' | 'gap';
  /** The scenario that shows the mechanism. */
  readonly shownBy: string;
  readonly mechanism: string;
  /** Further places of the same mechanism. */
  readonly also?: readonly Place[];
  /** The faults that the triage covers; none when left out. */
  readonly faults?: readonly string[];
}

export const known: readonly Class[] = [
  {
    id: 'reset-under-way',
    kind: 'known',
    shownBy: 'reset-and-delete',
    mechanism:
      'An operator writes the status of a volume, or ends its attachments, while another ' +
      'request is in flight. That request goes on with the status that it has read, and ' +
      'writes the status again.',
    between: [
      [
        'boot',
        'boot-from-image',
        'attach',
        'detach',
        'delete',
        'reboot',
        ...moves,
        'attach-shelved',
        'detach-shelved',
        'retype',
        'refresh',
        'delete-volume',
        'extend',
        'upload',
        'backup',
        'use-volume',
        ...resets,
      ],
      resets,
    ],
    at: ['same'],
  },
  {
    id: 'image-over-attached',
    kind: 'known',
    shownBy: 'migration-drops-attachment',
    mechanism:
      'The end of a migration of Cinder deletes the attachment of the server with the ' +
      'temporary volume, and the volume that stays is available. A request that needs a free ' +
      'volume then gets one that a guest uses.',
    between: [
      ['retype', 'swap-volume'],
      [
        'boot',
        'boot-from-image',
        'attach',
        'upload',
        'backup',
        'retype',
        'swap-volume',
        'use-volume',
      ],
    ],
    at: ['same', 'shared'],
  },
  {
    id: 'swap-sets-no-task-state',
    kind: 'known',
    shownBy: 'swap-and-reboot',
    mechanism:
      'A swap that Cinder asks for sets no task state, so Nova accepts another action on the ' +
      'server meanwhile. Where that action takes no instance lock, both change the same block ' +
      'device mapping and attachments.',
    between: [['retype'], ['detach', 'delete', 'reboot', ...moves]],
    at: ['same'],
  },
  {
    id: 'status-refuses-second-attachment',
    kind: 'known',
    shownBy: 'sharing-servers-migrate',
    mechanism:
      'A server that moves needs a second attachment, and another request has put the volume ' +
      'into a status in which Cinder refuses it. The move fails in the middle, after the ' +
      'guest has ended.',
    between: [
      ['evacuate'],
      ['boot', 'attach', 'unshelve', 'use-volume', 'evacuate', 'extend', 'rebuild'],
    ],
    at: ['shared', 'hosts'],
    also: refusedSecondAttachments,
  },
  {
    id: 'extended-while-moved',
    kind: 'known',
    shownBy: 'extend-while-moved',
    mechanism:
      'A user extends a volume while Nova reserves it by a second attachment. Cinder refuses ' +
      'the second attachment for the status, or the end of the extension writes in-use, ' +
      'whatever status the attachments require.',
    between: [moves, ['extend']],
    at: ['same', 'shared', 'hosts'],
  },
  {
    id: 'reimage-lets-in',
    kind: 'known',
    shownBy: 'reimage-admits-server',
    mechanism:
      'While Cinder writes an image to the volume of a server that is rebuilt, it accepts an ' +
      'attachment of another server. A boot looks for no block device mapping of others.',
    between: [['rebuild-root'], ['boot', 'attach']],
    at: ['same'],
  },
  {
    id: 'accepted-before-task-state',
    kind: 'known',
    shownBy: 'busy-server',
    mechanism:
      'An accepted attach or detach sets no task state, and Nova always accepts a deletion. ' +
      'An action that takes no instance lock begins meanwhile, and both change the same block ' +
      'device mapping and attachments.',
    between: [['attach', 'detach', 'delete'], moves],
    at: ['same'],
  },
  {
    id: 'deleted-by-old-mappings',
    kind: 'known',
    shownBy: 'delete-during-attach',
    mechanism:
      'A deletion uses the block device mappings that nova-api read before nova-compute ' +
      'waited for the instance lock. It does not disconnect the volumes that the build or the ' +
      'attach before it has saved since.',
    between: [['delete'], ['boot', 'boot-from-image', 'attach']],
    at: ['same'],
  },
  {
    id: 'refresh-beside-accepted',
    kind: 'known',
    shownBy: 'busy-refresh',
    mechanism:
      'nova-manage locks the server for users, which does not exclude a request that Nova ' +
      'accepted before. Both delete the attachment and change the block device mapping.',
    between: [
      ['refresh'],
      ['detach', 'delete', 'reboot', 'rebuild', 'rebuild-root', 'resize', 'shelve'],
    ],
    at: ['same'],
  },
  {
    id: 'shelved-without-lock',
    kind: 'known',
    shownBy: 'detach-while-shelved',
    mechanism:
      'nova-api attaches and detaches the volumes of a shelved server by itself, under no ' +
      'lock. An unshelve or another such request that begins meanwhile has read the block ' +
      'device mappings before.',
    between: [
      ['attach-shelved', 'detach-shelved'],
      ['unshelve', 'detach-shelved', 'delete'],
    ],
    at: ['same'],
  },
  {
    id: 'rebuild-disconnects-twice',
    kind: 'known',
    shownBy: 'rebuild-disconnects-twice',
    mechanism:
      'A rebuild detaches each volume and then disconnects it again with the guest, by the ' +
      'old LUN number. By then that number may belong to a volume that another request has ' +
      'connected.',
    between: [
      ['rebuild'],
      [
        'boot',
        'boot-from-image',
        'attach',
        'rebuild',
        'rebuild-root',
        'resize',
        'revert-resize',
        'unshelve',
        'retype',
      ],
    ],
    at: ['same', 'target'],
  },
  {
    id: 'evacuated-host-keeps-devices',
    kind: 'known',
    shownBy: 'returning-host-wrong-device',
    mechanism:
      'An evacuation unmaps the volume from the host that is down, which keeps its devices. ' +
      'Another volume gets the LUN number there, or the host removes its device by that ' +
      'number when it is back.',
    between: [['evacuate'], ['upload', 'backup', 'bring-back-compute', 'start-compute', 'delete']],
    at: ['same', 'shared', 'target', 'hosts'],
  },
  {
    id: 'clients-connect-twice',
    kind: 'known',
    shownBy: 'connects-under-two-locks',
    mechanism:
      'Two clients connect two attachments of one volume at the same time. A lock makes the ' +
      'second see the first, but each host and each node of cinder-api has a lock of its own.',
    between: [['use-volume'], ['use-volume', ...connects]],
    at: ['same', 'shared', 'hosts'],
  },
  {
    id: 'counted-by-host-of-row',
    kind: 'known',
    shownBy: 'wrong-host-counted',
    mechanism:
      'Nova counts the servers whose rows name the host. The row of a server that moves names ' +
      'its old host until the move ends. Another server on the new host counts itself alone, ' +
      'and takes the device away from the guest that runs there already.',
    between: [['live-migrate'], ['detach', 'rebuild', 'refresh']],
    at: ['hosts'],
    properties: [noDeviceRemovedUnderGuest.name],
    also: [
      {
        between: [['evacuate'], ['retype']],
        at: ['hosts'],
        properties: [noDeviceRemovedUnderGuest.name, attachedVolumeIsWorkingDisk.name],
      },
    ],
  },
  {
    id: 'counted-after-own',
    kind: 'known',
    shownBy: 'shared-lifecycle',
    mechanism:
      'The periodic clean-up of the guest of a server that nova-api deleted without its host ' +
      'counts the servers of a shared volume when its own attachment is gone. It finds one, the ' +
      'other server, and takes its device away.',
    between: [['delete'], ['start-compute']],
    at: ['shared'],
  },
  {
    id: 'counted-before',
    kind: 'known',
    shownBy: 'multiattach-moves',
    mechanism:
      'Nova counts the servers of a multiattach volume on the host, and Cinder its ' +
      'attachments, before they disconnect and unmap. Another request of the host connects or ' +
      'disconnects after the count, or is connecting and does not count yet. No lock covers ' +
      'both: only attach and detach take guard_connection, and only deletions the lock of the ' +
      'volume.',
    between: [disconnects, [...connects, ...disconnects]],
    at: ['shared', 'hosts'],
  },
];
