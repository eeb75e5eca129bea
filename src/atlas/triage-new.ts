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
      'Cinder asks once whether Nova uses an attachment, and deletes it later. A shelved ' +
      'server has a reserved attachment, which a user may delete. If an unshelve connects it ' +
      'after the question, the server loses its volume under the guest.',
    between: [['unshelve'], ['delete-attachment', 'force-detach']],
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
];
