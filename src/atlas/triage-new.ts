import type { Class } from './triage-known.ts';

/** A class that the atlas has found: its scenario, and a text for a report of the bug. */
export interface Found extends Class {
  readonly kind: 'new';
  readonly report: {
    readonly summary: string;
    /** Releases of the project that have it. */
    readonly releases: string;
    /** The places in the code, as repository:path@function. */
    readonly code: readonly string[];
    readonly steps: readonly string[];
    /** How a functional test forces the order. */
    readonly test: string;
  };
}

export const found: readonly Found[] = [
  {
    id: 'attachment-of-source-deleted',
    kind: 'new',
    shownBy: 'source-attachment-deleted',
    mechanism:
      'While a live migration runs, the block device mapping names the attachment of the ' +
      'destination. Cinder compares that with the attachment that a user wants to delete, ' +
      'finds that Nova uses another one, and unmaps the volume from the source, where the ' +
      'guest still runs.',
    between: [['live-migrate'], ['delete-attachment', 'force-detach']],
    at: ['same'],
    report: {
      summary:
        'attachment_deletion_allowed lets a user delete the attachment of the source of a live migration (left over from bug 2004555)',
      releases: 'cinder 23 to 28, with any nova since 17',
      code: [
        'cinder:cinder/volume/api.py@attachment_deletion_allowed',
        'nova:nova/compute/manager.py@pre_live_migration',
      ],
      steps: [
        'An operator begins to live-migrate a server with an iSCSI volume.',
        'pre_live_migration on the destination saves the id of its new attachment in the block device mapping.',
        'The owner of the server deletes the first attachment, which Cinder still lists as attached, in Cinder.',
        'attachment_deletion_allowed reads the attachment id from Nova, finds another one, logs the mismatch and returns.',
        'The LUN is unmapped from the source; the guest loses its disk, and the LUN number is free for another volume.',
      ],
      test: 'In a test of a live migration, patch the virt driver of the source so that live_migration calls attachment_delete of the first attachment as a user; assert that it is refused with 409.',
    },
  },
  {
    id: 'gate-checks-then-acts',
    kind: 'new',
    shownBy: 'unshelve-passes-gate',
    mechanism:
      'Cinder checks once whether Nova uses an attachment, and deletes it or terminates the ' +
      'connection of the host later. A request that connects the volume after the check loses ' +
      'it under the guest. An unshelve, a rebuild, a refresh and the end of a migration of ' +
      'Cinder have an attachment without a connection meanwhile; an attach and a boot have none.',
    between: [
      [
        'unshelve',
        'boot',
        'boot-from-image',
        'attach',
        'rebuild',
        'rebuild-root',
        'retype',
        'refresh',
      ],
      ['delete-attachment', 'force-detach'],
    ],
    at: ['same'],
    report: {
      summary:
        'attachment_deletion_allowed is a check before the act: a server that is unshelved ' +
        'meanwhile loses its volume under the guest',
      releases: 'cinder 23 to 28, with any nova since 17',
      code: [
        'cinder:cinder/volume/api.py@attachment_deletion_allowed',
        'cinder:cinder/volume/api.py@attachment_delete',
        'nova:nova/compute/manager.py@unshelve_instance',
      ],
      steps: [
        'A server with a volume is shelved and offloaded: its attachment is reserved and has no connection_info.',
        'The user deletes the attachment in Cinder, which passes the check as the attachment is not connected.',
        'Before the deletion goes on the server is unshelved: attachment_update stores the connection, and the guest starts.',
        'The deletion terminates the connection and deletes the row.',
      ],
      test: 'Patch attachment_deletion_allowed so that it calls attachment_update of the same attachment after its check; assert that the deletion is refused.',
    },
  },
  {
    id: 'attached-twice-while-shelved',
    kind: 'new',
    shownBy: 'shelved-attached-twice',
    mechanism:
      'Two requests attach the same volume to the same shelved server. Both find no block ' +
      'device mapping and both insert one: the look under the instance lock that bug 1937375 ' +
      'added is in nova-compute, which a shelved server does not have.',
    between: [['attach-shelved'], ['attach-shelved']],
    at: ['same'],
    report: {
      summary: 'the same volume can be attached twice to a server that is shelved and offloaded',
      releases: 'nova 17 to 33',
      code: [
        'nova:nova/compute/api.py@_attach_volume_shelved_offloaded',
        'nova:nova/compute/api.py@_check_volume_already_attached',
      ],
      steps: [
        'A server is shelved and offloaded.',
        'Two requests attach the same volume; both pass _check_volume_already_attached.',
        'Both create a block device mapping, and Cinder takes the second attachment for that of a move.',
      ],
      test: 'Patch _create_volume_bdm so that the first call sends the second request; assert that one of them is refused.',
    },
  },
  {
    id: 'queued-behind-start',
    kind: 'new',
    shownBy: 'queued-rebuild-runs',
    mechanism:
      'A rebuild of a server whose nova-compute is down waits as a message. The nova-compute ' +
      'that starts gives the rebuild up and sets the server to error, and then takes the ' +
      'message: it ends the guest and detaches the volumes before it looks at the task state, ' +
      'and so it does what a rebuild does alone (D26).',
    between: [['rebuild', 'rebuild-root'], ['start-compute']],
    at: ['same', 'shared', 'target'],
    report: {
      summary:
        'a rebuild that _init_instance has given up still powers the server off and detaches its volumes',
      releases: 'nova 17 to 33',
      code: [
        'nova:nova/compute/api.py@rebuild',
        'nova:nova/compute/manager.py@_init_instance',
        'nova:nova/compute/manager.py@_rebuild_default_impl',
      ],
      steps: [
        'The nova-compute of a server with a volume is stopped; the guest goes on.',
        'The server is rebuilt with the image that it has: no step asks whether the host is up, and the message waits.',
        'nova-compute starts: _init_instance finds ACTIVE and REBUILDING, and saves ERROR and None.',
        'It takes the message: _rebuild_default_impl powers the guest off and detaches each volume.',
        'The save that expects REBUILDING raises; the server stays in error, its volumes with a reserved attachment.',
      ],
      test: 'Stop the compute service in a functional test, rebuild the server, start the service; assert that the guest is not powered off.',
    },
  },
  {
    id: 'evacuated-twice',
    kind: 'new',
    shownBy: 'evacuated-twice',
    mechanism:
      'Since nova 26 an evacuation is accepted whatever goes on with the server, and so is a ' +
      'second one beside the first. Both expect the task state that the other saves, neither ' +
      'takes the instance lock, and both work at the same attachments.',
    between: [['evacuate'], ['evacuate']],
    at: ['same'],
    report: {
      summary: 'a server can be evacuated twice at once (left over from bug 1978983)',
      releases: 'nova 26 to 33',
      code: ['nova:nova/compute/api.py@evacuate', 'nova:nova/compute/manager.py@rebuild_instance'],
      steps: [
        'The nova-compute of a server with a volume is down, and the server is evacuated.',
        'It is evacuated once more before the first evacuation ends: check_instance_state accepts any task state, and the save expects none.',
        'Each creates a second attachment and deletes the one that it has read from the block device mapping.',
        'One deletes the attachment that the other is connecting: the other fails, or both do, and the volume stays reserved or mapped.',
      ],
      test: 'Patch attachment_create so that its first call evacuates the server again; assert that the second request is refused with 409.',
    },
  },
  {
    id: 'force-detach-without-attachment',
    kind: 'new',
    shownBy: 'detach-without-attachment',
    mechanism:
      'The gate of CVE-2023-2088 asks about attachments, and lets pass what has none. os- ' +
      'force_detach then terminates the connection of the host that it names: that of a copy to ' +
      'an image or of a backup, or, when a reset has ended the rows, that of a guest.',
    between: [['upload', 'backup', 'reset-detached'], ['force-detach']],
    at: ['same'],
    report: {
      summary:
        'os-force_detach and os-terminate_connection of a volume without attachments unmap it under whoever uses it',
      releases: 'cinder 23 to 28',
      code: [
        'cinder:cinder/volume/api.py@attachment_deletion_allowed',
        'cinder:cinder/volume/api.py@terminate_connection',
        'cinder:cinder/api/contrib/admin_actions.py@_force_detach',
      ],
      steps: [
        'A volume without attachments is copied to an image, which connects it to the host of cinder-volume.',
        'An operator detaches it by force, with the connector of that host or without one.',
        'attachment_deletion_allowed returns, as the volume has no attachment; no status is looked at.',
        'The LUN is unmapped under the device that the copy reads.',
        'The same after os-reset_status with attach_status detached: then the device is that of a guest.',
      ],
      test: 'Patch the copy in copy_volume_to_image so that it calls os-force_detach; assert that it is refused while the volume is uploading.',
    },
  },
];
