/** The switches of what moves a server or replaces its volumes: a part of those in switches.ts. */
export const moveSwitches = {
  second_attachment: {
    values: ['none', 'same_instance', 'moving_instance', 'any'],
    about:
      'who may attach a volume that is in use and not multiattach once more: no server, the server that has it, ' +
      'that server while Nova moves it, or any server',
  },
  move_attachments: {
    values: ['delete_first', 'create_first'],
    about:
      'a move that reserves the volume by another attachment deletes the old one first, or creates the new one first',
  },
  L1_swap: {
    values: ['none', 'instance'],
    about: 'swap_volume in nova-compute holds the instance lock',
  },
  swap_for: {
    values: ['anybody', 'cinder'],
    about:
      'who may have a volume of a server replaced: every user, or only Cinder while it moves the volume',
  },
  swap_counts: {
    values: ['no', 'yes'],
    about: 'Nova does not replace a volume that several servers have attached',
  },
  migration_test: {
    values: ['volume_status', 'migration_status'],
    about:
      'by what Nova sees that Cinder moves the volume that is replaced: its status, or its migration status',
  },
  moved_volume_id: {
    values: ['of_backend', 'of_volume'],
    about:
      'the volume id that stays in connection_info when Cinder has moved a volume: that of the temporary one, or its own',
  },
  migrated_rows: {
    values: ['after_delete', 'before_delete', 'with_names'],
    about:
      'when Cinder gives the attachments of a temporary volume to the one that stays: after it has asked to delete the former, ' +
      'before that, or together with the change of names (the last two in no release)',
  },
  refresh: {
    values: ['absent', 'present'],
    about: 'whether nova-manage can refresh the attachment of a stopped server',
  },
  refresh_checks: {
    values: ['nothing', 'host'],
    about:
      'nova-manage refuses to refresh an attachment with the connector of another host than that of the server',
  },
  L1_shelve: {
    values: ['none', 'instance'],
    about: 'shelve, offload and unshelve in nova-compute hold the instance lock',
  },
  init_migrations: {
    values: ['freed', 'failed'],
    about:
      'what a nova-compute that starts does with a server that was migrating: it frees it, or lets the migration fail as well',
  },
  evacuated_tasks: {
    values: ['none', 'any'],
    about: 'an evacuation is refused while something goes on with the server, or never for that',
  },
  evacuation_records: {
    values: ['accepted_and_done', 'all'],
    about:
      'a nova-compute that starts destroys the guests of evacuations that were accepted or are done, or of those that run as well',
  },
  rollback_attachments: {
    values: ['told_by_destination', 'current', 'changed'],
    about:
      'which attachments the rollback of a live migration deletes: those the destination told of, whichever the BDM ' +
      'names, or the one it names if it is not the one of the source',
  },
  rollback_connection_info: {
    values: ['kept', 'restored'],
    about: 'the rollback of a live migration puts back the connection_info of the source',
  },
  rollback_frees: {
    values: ['first', 'last'],
    about:
      'when the rollback of a live migration gives the server back to its user: before it undoes anything, or after',
  },
  migrated_attachment_errors: {
    values: ['raised', 'logged'],
    about:
      'an error of Cinder when the source of a live migration ends its connection: ends all that was to follow, or is logged',
  },
  migrated_disconnect_errors: {
    values: ['raised', 'logged'],
    about:
      'an error of the host when the source of a live migration disconnects a volume: ends all that was to follow, or is logged',
  },
  rollback_errors: {
    values: ['raised', 'logged'],
    about:
      'an error of the destination or of Cinder in the rollback of a live migration: ends it, or is logged',
  },
  source_connection_info: {
    values: ['fetched_again', 'snapshot'],
    about:
      'by which connection_info the source of a live migration disconnects: what Cinder answers then, or what the BDM said before',
  },
  pre_migration_saves: {
    values: ['from_cinder', 'from_driver'],
    about:
      'what the destination of a live migration keeps in the BDM: the answer of Cinder, or that and what os-brick added',
  },
  failed_pre_attachments: {
    values: ['kept', 'deleted'],
    about:
      'the destination of a live migration deletes the attachments that it made when it could not prepare',
  },
  failed_pre_disconnect: {
    values: ['by_source', 'by_destination'],
    about:
      'who disconnects the destination when it could not prepare a live migration: the source by a later call, or itself',
  },
} as const;
