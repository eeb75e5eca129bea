import { spec } from '../../spec/spec.ts';
import type { ReleaseName } from '../releases/release-names.ts';
import type { Switches } from '../releases/switches.ts';

/**
 * Values of `volumes.status` that at least one flow reads or writes. Source:
 * cinder:cinder/objects/fields.py@VolumeStatus.
 */
export type VolumeStatus =
  | 'available'
  | 'reserved'
  | 'attaching'
  | 'in-use'
  | 'detaching'
  | 'deleting'
  | 'downloading'
  | 'uploading'
  | 'backing-up'
  | 'extending'
  | 'retyping'
  | 'creating'
  | 'error'
  | 'error_deleting'
  | 'error_extending'
  | 'error_attaching';

/** Values of `volumes.attach_status`. */
export type AttachStatus = 'detached' | 'reserved' | 'attaching' | 'attached';

/**
 * Values of `volume_attachment.attach_status`. `detached` and `deleted` are missing because the
 * model takes a deleted row out of the table; there is no `detaching` attachment.
 */
export type AttachmentStatus =
  | 'reserved'
  | 'attaching'
  | 'attached'
  | 'error_attaching'
  | 'error_detaching';

/** One row of Cinder's table `volumes`. Source: cinder:cinder/db/models.py@Volume. */
export interface Volume {
  status: VolumeStatus;
  attach_status: AttachStatus;
  /** NULL unless Cinder moves the volume; has only the values that the status rules read. */
  migration_status: 'migrating' | 'success' | 'error' | null;
  /**
   * The status that a volume gets back at the end of its migration; absent for any other volume.
   */
  readonly previous_status?: VolumeStatus;
  readonly multiattach: boolean;
  /**
   * The target that serves the volume: shared by all volumes of an array, or one of its own (LVM).
   */
  readonly target: string;
}

/**
 * How a host reaches a volume: Cinder's answer to attachment_update, which Nova keeps in the BDM.
 */
export interface ConnectionInfo {
  host: string;
  target: string;
  lun: number;
  /**
   * What Nova adds to the answer of Cinder, where it is missing: its mark of a multiattach volume,
   * or the path from os-brick.
   */
  lacks?: 'multiattach' | 'device_path';
  /** The volume id that the backend put in, where it is not that of the volume. */
  volume?: string;
}

/**
 * One live row of `volume_attachment`. The model takes a soft-deleted row out of the table: no step
 * reads it. Source: cinder:cinder/db/models.py@VolumeAttachment.
 */
export interface Attachment {
  readonly volume: string;
  readonly instance: string | null;
  status: AttachmentStatus;
  /** The host of the connector; null until one is known. */
  connector: string | null;
  /** Empty (null here) until c-api stored what the driver answered. */
  connection_info: ConnectionInfo | null;
}

/**
 * One live row of Nova's `block_device_mapping`. Source:
 * nova:nova/db/main/models.py@BlockDeviceMapping.
 */
export interface BlockDeviceMapping {
  readonly instance: string;
  volume: string;
  /** null: an old-style attachment, or one whose id is not saved yet. */
  attachment_id: string | null;
  connection_info: ConnectionInfo | null;
  /** Delete the volume together with the server. */
  readonly delete_on_termination: boolean;
  /** Nova made the volume from an image; absent for a volume that existed before. */
  readonly source?: 'image';
}

/**
 * The last notification about a volume: the event, and its attachments with their statuses. Of
 * Nova's notifications the model has only that of a failed attach, which has no attachments.
 */
export interface Heard {
  event:
    | 'nothing'
    | 'attach.start'
    | 'attach.end'
    | 'detach.start'
    | 'detach.end'
    | 'instance.volume_attach.error';
  rows: { [attachment: string]: AttachmentStatus };
}

/** One row of Nova's `instances`. */
export interface Instance {
  /** null: scheduled nowhere (shelved-offloaded, or never scheduled). */
  host: string | null;
  vm_state:
    | 'building'
    | 'active'
    | 'stopped'
    | 'resized'
    | 'shelved_offloaded'
    | 'error'
    | 'deleted';
  /**
   * Attach and detach never write it; nearly every other action does. `rebooting` is a hard reboot
   * that nova-api asked for, with the two that nova-compute saves. nova-api saves `resizing` and
   * `resize_reverting`, the source `resize_migrating`, then the destination works under
   * `resize_finishing`. `converting` is not Nova's: see convert-bdm.ts.
   */
  task_state:
    | 'deleting'
    | 'rebooting'
    | 'reboot_pending'
    | 'reboot_started'
    | 'rebuilding'
    | 'migrating'
    | 'resizing'
    | 'resize_migrating'
    | 'resize_finishing'
    | 'resize_reverting'
    | 'shelving'
    | 'unshelving'
    | 'powering_off'
    | 'converting'
    | null;
  /** What a server was that is resized, where it did not run; its guest is off in between. */
  old_vm_state?: 'stopped';
}

/** One row of Nova's `migrations`: a move of a server from one host to another. */
export interface Migration {
  readonly type: 'live-migration' | 'evacuation' | 'resize';
  readonly instance: string;
  readonly source: string;
  readonly dest: string;
  status:
    | 'accepted'
    | 'pre-migrating'
    | 'preparing'
    | 'running'
    | 'completed'
    | 'failed'
    | 'error'
    | 'cancelled'
    | 'done'
    | 'finished'
    | 'confirmed'
    | 'reverting';
  /**
   * The user asked nova-compute of the source to abort it; that process remembers it, and no column
   * does.
   */
  abort: boolean;
}

/**
 * Everything that exists outside the processes. One entry of a table is one slot; an absent entry
 * does not exist. Ids of host objects are paths: `h1/array` is host h1's session with target
 * `array`, `h1/array/0` is LUN 0 of that target as host h1 sees it.
 */
export interface Cloud {
  /** How this release behaves; constant. Flows read it, properties never do. */
  readonly switches: Switches;

  /** Cinder's database. */
  volumes: Record<string, Volume>;
  attachments: Record<string, Attachment>;

  /** Nova's database. */
  instances: Record<string, Instance>;
  bdms: Record<string, BlockDeviceMapping>;
  migrations: Record<string, Migration>;

  /** Neutron: the server of each port; the bindings of ports to hosts by `port@host`. */
  ports: Record<string, string>;
  bindings: Record<string, 'active' | 'inactive'>;
  /**
   * BDMs that nova-api deleted while the guest may still run, and those of volumes that a scenario
   * says were detached before it begins, by id: only the periodic clean-up reads them.
   */
  deleted_bdms: Record<string, BlockDeviceMapping>;
  /**
   * The last notification of Cinder and Nova to the listeners, by volume; absent for a volume
   * without listeners.
   */
  heard: Record<string, Heard>;
  /** External events that Cinder has sent and nova-compute has not yet seen, by `event/volume`. */
  events: Record<string, boolean>;
  /**
   * The release of each nova-compute, by host, and of `n-cond`: as its row in Nova's table
   * `services` says, and as the code is that runs. Empty where all services are of one release.
   */
  services: Record<string, ReleaseName>;
  running: Record<string, ReleaseName>;
  /**
   * Hosts whose nova-compute is down, in fact and in Nova's table `services`. Messages for it wait.
   */
  down: Record<string, boolean>;

  /** The backend: which volume it answers with, by `host/target/lun`; and the exported volumes. */
  mappings: Record<string, string>;
  exports: Record<string, boolean>;

  /**
   * Compute hosts: sessions by `host/target`; devices by `host/target/lun`, each with the volume it
   * was made for.
   */
  sessions: Record<string, boolean>;
  devices: Record<string, string>;
  /**
   * The users of a file of an NFS export, by `host/export/volume/server`; nova-compute remembers
   * them since nova 16.
   */
  mount_users: Record<string, boolean>;

  /** Names of devices that udev has not removed yet, by the path of the device. */
  stale_links: Record<string, boolean>;
  /**
   * Paths that multipathd monitors, and the maps that it made, which are what guests use; both by
   * the path of the device.
   */
  monitored: Record<string, boolean>;
  maps: Record<string, 'usable' | 'without_paths'>;

  /**
   * The volume, by its LUN number, that the ScaleIO connector in the nova-compute of a host works
   * on.
   */
  connectors: Record<string, number>;

  /** Disks of the running guests by `server/volume`: the device behind each. */
  disks: Record<string, string>;
  /**
   * The guest's name for a disk that took the place of another, by `server/volume`: the serial in
   * its XML.
   */
  serials: Record<string, string>;

  /** The holder of a lock: a process id; an absent lock is free. Ids: see locks.ts. */
  locks: Record<string, string>;

  /**
   * Calls whose caller no longer waits, by the id of the callee: the answer that the caller gets
   * instead of the reply.
   */
  cuts: Record<string, 'gateway_timeout' | 'server_error' | 'messaging_timeout'>;
}

/** The vocabulary of the model: flows, faults, properties and scenarios are written with it. */
export const cloud = spec<Cloud>();
