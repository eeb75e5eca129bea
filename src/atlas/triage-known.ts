import type { Meeting } from './configurations.ts';
import type { RequestName } from './requests.ts';

/**
 * Violations of one mechanism. 'known': a bug, a candidate or another scenario shows it; 'new': the
 * atlas has found it; 'gap': the model does not do what the code does.
 */
export interface Class {
  readonly id: string;
  readonly kind: 'known' | 'new' | 'gap';
  /** The scenario that shows the mechanism. */
  readonly shownBy: string;
  readonly mechanism: string;
  /** One request of each list. */
  readonly between: readonly [readonly RequestName[], readonly RequestName[]];
  readonly at: readonly Meeting[];
  /** The faults with which it was looked into; none when left out. */
  readonly faults?: readonly string[];
}

/** Requests in which nova-compute disconnects a volume from a host, and counts servers before. */
const disconnects = [
  'detach',
  'delete',
  'reboot',
  'rebuild',
  'resize',
  'revert-resize',
  'live-migrate',
  'evacuate',
  'start-compute',
  'bring-back-compute',
  'shelve',
  'retype',
  'refresh',
] as const satisfies readonly RequestName[];

/** Requests in which nova-compute connects a volume to a host. */
const connects = [
  'boot',
  'attach',
  'reboot',
  'rebuild',
  'resize',
  'revert-resize',
  'live-migrate',
  'evacuate',
  'unshelve',
  'retype',
  'refresh',
] as const satisfies readonly RequestName[];

/** Requests in which the server leaves its host or comes to one, with a second attachment. */
const moves = [
  'rebuild',
  'rebuild-root',
  'resize',
  'revert-resize',
  'live-migrate',
  'evacuate',
  'shelve',
  'unshelve',
] as const satisfies readonly RequestName[];

const resets = [
  'reset-available',
  'reset-in-use',
  'reset-error',
  'reset-detached',
] as const satisfies readonly RequestName[];

export const known: readonly Class[] = [
  {
    id: 'reset-under-way',
    kind: 'known',
    shownBy: 'reset-and-delete',
    mechanism:
      'An operator writes the status of a volume, or ends its attachments, while another request is under way. That request goes on ' +
      'by what it has read, and writes the status once more.',
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
      'The end of a migration of Cinder deletes the attachment of the server with the temporary volume, and the volume that stays ' +
      'is available. Whoever needs a free volume then gets one that a guest uses.',
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
      'A swap that Cinder asks for sets no task state, so that Nova accepts another action on the server meanwhile. Where that one ' +
      'takes no instance lock, both change the same block device mapping and attachments.',
    between: [['retype'], ['detach', 'delete', 'reboot', ...moves]],
    at: ['same'],
  },
  {
    id: 'status-refuses-second-attachment',
    kind: 'known',
    shownBy: 'sharing-servers-migrate',
    mechanism:
      'A server that moves needs a second attachment, and another request has put the volume into a status in which Cinder refuses ' +
      'it. The move fails in the middle, with the guest already ended.',
    between: [
      ['evacuate'],
      ['boot', 'attach', 'unshelve', 'use-volume', 'evacuate', 'extend', 'rebuild'],
    ],
    at: ['shared', 'hosts'],
  },
  {
    id: 'extended-while-moved',
    kind: 'known',
    shownBy: 'extend-while-moved',
    mechanism:
      'A volume is extended while Nova reserves it by a second attachment. The second attachment is refused by the status, or the ' +
      'end of the extension writes in-use over what the attachments amount to.',
    between: [moves, ['extend']],
    at: ['same', 'shared', 'hosts'],
  },
  {
    id: 'reimage-lets-in',
    kind: 'known',
    shownBy: 'reimage-admits-server',
    mechanism:
      'While Cinder writes an image to the volume of a server that is rebuilt, it lets the attachment of another server in. A boot ' +
      'asks for no block device mapping of others.',
    between: [['rebuild-root'], ['boot', 'attach']],
    at: ['same'],
  },
  {
    id: 'accepted-before-task-state',
    kind: 'known',
    shownBy: 'busy-server',
    mechanism:
      'An attach or a detach that was accepted sets no task state, and a deletion is always accepted. An action that takes no ' +
      'instance lock begins meanwhile, and both change the same block device mapping and attachments.',
    between: [['attach', 'detach', 'delete'], moves],
    at: ['same'],
  },
  {
    id: 'deleted-by-old-mappings',
    kind: 'known',
    shownBy: 'delete-during-attach',
    mechanism:
      'A deletion goes by the block device mappings that nova-api read before it waited for the instance lock. What the build or ' +
      'the attach before it has saved since is not disconnected.',
    between: [['delete'], ['boot', 'boot-from-image', 'attach']],
    at: ['same'],
  },
  {
    id: 'refresh-beside-accepted',
    kind: 'known',
    shownBy: 'busy-refresh',
    mechanism:
      'nova-manage locks the server for users, which does not keep out a request that was accepted before. Both delete the ' +
      'attachment and change the block device mapping.',
    between: [['refresh'], ['detach', 'delete']],
    at: ['same'],
  },
  {
    id: 'shelved-without-lock',
    kind: 'known',
    shownBy: 'detach-while-shelved',
    mechanism:
      'nova-api attaches and detaches the volumes of a shelved server by itself, under no lock. An unshelve or another such request ' +
      'that begins meanwhile has read the block device mappings before.',
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
      'A rebuild detaches each volume and then disconnects it once more with the guest, by the LUN number that it had. By then ' +
      'that number may be the one of a volume that another request has connected.',
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
      'An evacuation unmaps the volume from the host that is down, which keeps its devices. Another volume gets the LUN number ' +
      'there, or is taken away by it when the host is back.',
    between: [['evacuate'], ['upload', 'backup', 'bring-back-compute', 'start-compute', 'delete']],
    at: ['same', 'shared', 'target', 'hosts'],
  },
  {
    id: 'clients-connect-twice',
    kind: 'known',
    shownBy: 'connects-under-two-locks',
    mechanism:
      'Two attachments of one volume are connected at the same time, as the lock that makes the second see the first is one of a ' +
      'host and of a node of cinder-api.',
    between: [['use-volume'], ['use-volume', ...connects]],
    at: ['same', 'shared', 'hosts'],
  },
  {
    id: 'counted-before',
    kind: 'known',
    shownBy: 'multiattach-moves',
    mechanism:
      'Nova counts the servers of a multiattach volume on the host, and Cinder its attachments, before they disconnect and unmap. ' +
      'Another request of the host connects or disconnects after the count: no lock covers both, as attach and detach alone take ' +
      'guard_connection, and deletions alone the lock of the volume.',
    between: [disconnects, [...connects, ...disconnects]],
    at: ['shared', 'hosts'],
  },
];
