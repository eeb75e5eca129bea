/** The switches of what Nova does when a step fails: a part of those in switches.ts. */
export const handlerSwitches = {
  failed_start: {
    values: ['network_only', 'any'],
    about:
      'after which errors the libvirt driver disconnects the volumes of a guest that does not start: those of the network, or any',
  },
  reboot_disconnects: {
    values: ['no', 'yes'],
    about: 'a hard reboot disconnects the volumes of the server before it connects them again',
  },
  dangling_looks_at: {
    values: ['source_volume', 'attachment_id'],
    about:
      'which BDMs the clean-up of a reboot looks for in Cinder: those made of a volume, or those that have an attachment',
  },
  build_abort: {
    values: ['kept', 'detached'],
    about: 'nova-compute deletes the attachments of a build that it gives up, or leaves them',
  },
  revert_host: {
    values: ['saved', 'expected'],
    about:
      'the source of a resize that is taken back saves its name in the row whatever the task state is, or only if no other request has changed that',
  },
  migration_order: {
    values: ['volumes_first', 'ports_first'],
    about:
      'after a live migration the source leaves its volumes before the ports are changed over, or behind that and whatever comes of it',
  },
  failed_migration: {
    values: ['left', 'error'],
    about:
      'a server whose live migration fails when it is too late to roll back: as it is, or in error and free for its user',
  },
  failed_migration_host: {
    values: ['kept', 'destination'],
    about:
      'the host of a server whose live migration failed after the guest had moved: as it is in the row, or the one that has the guest',
  },
  failed_destination: {
    values: ['logged', 'raised'],
    about:
      'an error of the last call to the destination of a live migration is logged, or taken for one of the migration',
  },
  failed_guest_attach: {
    values: ['raised', 'swallowed'],
    about:
      'what libvirt says when a guest does not take a disk ends the attach, or is swallowed, and the attach goes on',
  },
  queued_abort: {
    values: ['left', 'freed'],
    about:
      'a server whose live migration is aborted before it began: still migrating, or free for its user',
  },
  failed_unshelve: {
    values: ['kept', 'reserved'],
    about:
      'the attachments of an unshelved server whose guest does not start: they keep the connector of that host, or are reserved again',
  },
} as const;
