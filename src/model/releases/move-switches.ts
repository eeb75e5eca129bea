/**
 * The switches for moves of servers and replacements of volumes: a part of those in switches.ts.
 */
export const moveSwitches = {
  second_attachment: {
    values: ['none', 'same_instance', 'moving_instance', 'any'],
    about:
      'who may attach again a volume that is in use and not multiattach: no server, the ' +
      'server that has it, that server while Nova moves it, or any server',
  },
  move_attachments: {
    values: ['delete_first', 'create_first'],
    about:
      'a move that reserves the volume by another attachment deletes the old one first, or ' +
      'creates the new one first',
  },
  L1_swap: {
    values: ['none', 'instance'],
    about: 'swap_volume in nova-compute holds the instance lock',
  },
  swap_for: {
    values: ['anybody', 'cinder'],
    about:
      'who may have a volume of a server replaced: every user, or only Cinder while it moves ' +
      'the volume',
  },
  swap_counts: {
    values: ['no', 'yes'],
    about: 'Nova does not replace a volume that several servers have attached',
  },
  migration_test: {
    values: ['volume_status', 'migration_status'],
    about:
      'how Nova sees that Cinder moves the volume to replace: by its status, or by its ' +
      'migration status',
  },
  moved_volume_id: {
    values: ['of_backend', 'of_volume'],
    about:
      'the volume id in connection_info after Cinder has moved a volume: that of the ' +
      'temporary one, or its own',
  },
  migrated_rows: {
    values: ['after_delete', 'before_delete', 'with_names'],
    about:
      'when Cinder gives the attachments of a temporary volume to the one that stays: after ' +
      'it has asked to delete the former, before that, or together with the change of names ' +
      '(the last two in no release)',
  },
  refresh: {
    values: ['absent', 'present'],
    about: 'whether nova-manage can refresh the attachment of a stopped server',
  },
  refresh_checks: {
    values: ['nothing', 'host'],
    about:
      'nova-manage refuses to refresh an attachment with the connector of another host than ' +
      'that of the server',
  },
  L1_shelve: {
    values: ['none', 'instance'],
    about: 'shelve, offload and unshelve in nova-compute hold the instance lock',
  },
  init_migrations: {
    values: ['freed', 'failed'],
    about:
      'a nova-compute that starts finds a server that was migrating: it frees the server, or ' +
      'also marks the migration as failed',
  },
  evacuated_tasks: {
    values: ['none', 'any'],
    about:
      'Nova refuses an evacuation while the server has a task state, or accepts any task ' +
      'state',
  },
  evacuation_records: {
    values: ['accepted_and_done', 'all'],
    about:
      'a nova-compute that starts destroys the guests of evacuations that were accepted or ' +
      'are done, or also of those that run',
  },
  rollback_attachments: {
    values: ['told_by_destination', 'current', 'changed'],
    about:
      'which attachments the rollback of a live migration deletes: those that the destination ' +
      'told of, the one that the BDM names, or that one if it is not the one of the source',
  },
  rollback_connection_info: {
    values: ['kept', 'restored'],
    about: 'the rollback of a live migration restores the connection_info of the source',
  },
  rollback_frees: {
    values: ['first', 'last'],
    about:
      'when the rollback of a live migration gives the server back to its user: before it ' +
      'undoes anything, or after',
  },
  migrated_attachment_errors: {
    values: ['raised', 'logged'],
    about:
      'an error of Cinder when the source of a live migration ends its connection: it ends ' +
      'all later steps, or Nova logs it',
  },
  migrated_disconnect_errors: {
    values: ['raised', 'logged'],
    about:
      'an error of the host when the source of a live migration disconnects a volume: it ends ' +
      'all later steps, or Nova logs it',
  },
  rollback_errors: {
    values: ['raised', 'logged'],
    about:
      'an error of the destination or of Cinder in the rollback of a live migration: it ends ' +
      'the rollback, or Nova logs it',
  },
  source_connection_info: {
    values: ['fetched_again', 'snapshot'],
    about:
      'by which connection_info the source of a live migration disconnects: that in a new ' +
      'answer of Cinder, or that of the BDM before the move',
  },
  pre_migration_saves: {
    values: ['from_cinder', 'from_driver'],
    about:
      'the data that the destination of a live migration keeps in the BDM: the answer of ' +
      'Cinder, or also the data that os-brick added',
  },
  failed_pre_attachments: {
    values: ['kept', 'deleted'],
    about:
      'the destination of a live migration that could not prepare deletes the attachments ' +
      'that it made',
  },
  rollback_destroys: {
    values: ['by_bdms', 'without_volumes'],
    about:
      'whether the destination of a live migration that was rolled back disconnects volumes once more, by BDMs that name the source by then',
  },
  failed_pre_disconnect: {
    values: ['by_source', 'by_destination'],
    about:
      'who disconnects the destination of a live migration that could not prepare: the source ' +
      'by a later call, or the destination itself',
  },
} as const;
