/** The switches for the steps of Nova after a step has failed: a part of those in switches.ts. */
export const handlerSwitches = {
  failed_start: {
    values: ['network_only', 'any'],
    about:
      'after which errors the libvirt driver disconnects the volumes of a guest that does not ' +
      'start: those of the network, or any',
  },
  reboot_disconnects: {
    values: ['no', 'yes'],
    about: 'a hard reboot disconnects the volumes of the server before it connects them again',
  },
  dangling_looks_at: {
    values: ['source_volume', 'attachment_id'],
    about:
      'which BDMs the clean-up of a reboot looks for in Cinder: those made of a volume, or ' +
      'those that have an attachment',
  },
  build_abort: {
    values: ['kept', 'detached'],
    about: 'nova-compute deletes the attachments of a build that it abandons, or leaves them',
  },
  shelved_detach: {
    values: ['begins', 'deletes'],
    about:
      'a detach from a server that is shelved first asks Cinder to begin to detach, which a ' +
      'reserved volume refuses, or deletes the attachment at once',
  },
  failed_copy_connect: {
    values: ['kept', 'terminated'],
    about:
      'cinder-volume ends the connection of a volume that it cannot connect for a copy to an ' +
      'image, or leaves it',
  },
  refused_image: {
    values: ['downloading', 'restored'],
    about:
      'which status a volume has when Cinder refuses the image that a reimage would write to it',
  },
  revert_host: {
    values: ['saved', 'expected'],
    about:
      'the source of a reverted resize saves its name in the row in any task state, or only ' +
      'if no other request has changed the task state',
  },
  migration_order: {
    values: ['volumes_first', 'ports_first'],
    about:
      'after a live migration the source disconnects its volumes before the ports change ' +
      'over, or afterwards and even if that fails',
  },
  failed_migration: {
    values: ['left', 'error'],
    about:
      'a server whose live migration fails too late for a rollback: as it is, or in error and ' +
      'free for its user',
  },
  failed_migration_host: {
    values: ['kept', 'destination'],
    about:
      'the host of a server whose live migration failed after the guest had moved: as it is ' +
      'in the row, or the one that has the guest',
  },
  failed_destination: {
    values: ['logged', 'raised'],
    about:
      'Nova logs an error of the last call to the destination of a live migration, or takes ' +
      'it for one of the migration',
  },
  failed_guest_attach: {
    values: ['raised', 'swallowed'],
    about:
      'an error of libvirt when a guest does not take a disk ends the attach, or Nova ' +
      'swallows it and the attach goes on',
  },
  queued_abort: {
    values: ['left', 'freed'],
    about:
      'a server whose live migration an operator aborts before it began: still migrating, or ' +
      'free for its user',
  },
  failed_unshelve: {
    values: ['kept', 'reserved'],
    about:
      'the attachments of an unshelved server whose guest does not start: they keep the ' +
      'connector of that host, or are reserved again',
  },
} as const;
