import { handlerSwitches } from './handler-switches.ts';
import { hostSwitches } from './host-switches.ts';
import { moveSwitches } from './move-switches.ts';
import { mixedVersions } from './switches-mixed.ts';

/**
 * Every mechanism that differs between releases or between sites, with the values it can take. A
 * switch names the behaviour of the code (the scope of a lock, the order of two steps, a check that
 * is there or not), never whether a bug is present. releases.ts has the values of each release.
 * Sources are of the form repository:path@function.
 */
const texts = {
  attach_api: {
    values: ['legacy', 'poc-v1', 'poc-v2', 'attachments'],
    about:
      'how Nova asks Cinder: reserve/initialize/attach, one of the two proofs of concept, or ' +
      'attachments',
  },
  attach_in: {
    values: ['n-api', 'n-cond'],
    about: 'which service prepares an attach: reserves the device name and creates the attachment',
  },
  L1_attach: {
    values: ['none', 'instance'],
    about: 'attach_volume in nova-compute holds the instance lock',
  },
  L1_detach: {
    values: ['none', 'instance'],
    about: 'detach_volume in nova-compute holds the instance lock',
  },
  L1_reboot: {
    values: ['none', 'instance'],
    about: 'reboot_instance in nova-compute holds the instance lock',
  },
  L1_reserve: {
    values: ['insert', 'check_and_insert'],
    about: 'reserve_block_device_name looks for another BDM of the volume under the instance lock',
  },
  bdm_check: {
    values: ['instance', 'cell'],
    about:
      'nova-api refuses an attach when a BDM of the volume exists: of this server, or of any ' +
      'server',
  },
  detach_needs_host: {
    values: ['any', 'up'],
    about: 'nova-api refuses a detach when the nova-compute of the server is down',
  },
  resize_needs_host: {
    values: ['any', 'up'],
    about: 'nova-api refuses a resize when the nova-compute of the server is down',
  },
  destroy_disconnect: {
    values: ['gentle', 'force'],
    about:
      'nova-compute removes the devices of a guest that it destroys even if they cannot be flushed',
  },
  rebuild_from_volume: {
    values: ['refused', 'reimage'],
    about: 'whether a server that boots from a volume can be rebuilt with another image',
  },
  made_at_boot: {
    values: ['legacy', 'attachments'],
    about:
      'how nova-compute attaches a volume that it makes from an image for a server; the model ' +
      'does not have the old way beside the attachments API',
  },
  init_reboots: {
    values: ['begun', 'asked'],
    about:
      'which reboots a nova-compute that starts resumes or resets: those that it had begun, ' +
      'or also those that users had asked for',
  },
  reboot_cleans: {
    values: ['no', 'yes'],
    about:
      'a reboot forgets BDMs that Cinder does not know, and deletes attachments that no BDM has',
  },
  null_connector: {
    values: ['terminated', 'skipped'],
    about:
      'cinder-volume asks the driver to terminate an attachment that never had a connector, ' +
      'or skips that',
  },
  delete_bdms: {
    values: ['passed', 'reread_without_volume', 'under_lock'],
    about:
      'by which BDMs nova-compute deletes a server: those that nova-api passed; those, unless ' +
      'one names no volume; or the present ones (no release)',
  },
  boot_reserves: {
    values: ['no', 'yes'],
    about: 'nova-api reserves the volume that a server boots from, or only looks at its status',
  },
  buried_bdms: {
    values: ['none', 'saved'],
    about: 'nova-conductor writes the BDMs of a server that fits on no host to cell0',
  },
  rescheduled_attachments: {
    values: ['kept', 'made_again'],
    about:
      'nova-conductor creates the attachment that a failed build has deleted again, before it ' +
      'tries the next host',
  },
  L2: {
    values: ['none', 'delete'],
    about: 'nova-compute holds a lock of each multiattach volume while it deletes a server',
  },
  L3: {
    values: ['none', 'process', 'host'],
    about: 'guard_connection: no lock, a lock inside one nova-compute, or a lock file of the host',
  },
  L3_covers: {
    values: ['both', 'attach', 'detach'],
    about: 'which of attach and detach take L3',
  },
  L4: {
    values: ['process', 'host'],
    about: 'connect_volume of os-brick: a lock inside one process, or a lock file of the host',
  },
  L6: {
    values: ['none', 'process'],
    about:
      'mounting and unmounting an NFS export: no lock, or one of the mountpoint inside ' +
      'nova-compute',
  },
  mount_use: {
    values: ['kernel', 'counted'],
    about:
      'who knows whether an NFS export is in use: the kernel, by open files, or nova-compute, ' +
      'by volumes and servers',
  },
  shared_files: {
    values: ['skipped', 'disconnected'],
    about:
      'a multiattach volume on an NFS export that another server of the host has: Nova skips ' +
      'its disconnect like that of a device, or leaves the count to the mount manager',
  },
  L7: {
    values: ['none', 'node'],
    about: 'attachment_update-<volume>-<host> in cinder-api: no lock, or a lock file of the node',
  },
  duplicate_check: {
    values: ['none', 'connected'],
    about:
      'attachment_update refuses a second row of a volume that is not multiattach when one is ' +
      'connected',
  },
  override: {
    values: ['no_other_server', 'same_server', 'in_use_or_reserved'],
    about:
      'when Cinder accepts an attachment of a volume that is not free: in any status, unless ' +
      'another server has one; in any status, when this server has one; or in use or ' +
      'reserved, when this server has one',
  },
  error_check: {
    values: ['none', 'create_and_update'],
    about: 'attachment_create and attachment_update refuse a volume in error',
  },
  export_removed: {
    values: ['after_detached', 'before_detached'],
    about: 'when os-detach removes the target: after the volume is available, or before',
  },
  remove_export: {
    values: ['always', 'unless_shared'],
    about:
      'cinder-volume asks for the end of the export at each deletion, or when nothing shares it',
  },
  upload_disconnect: {
    values: ['gentle', 'force'],
    about:
      'a copy to an image or a backup that cannot flush its device: it ends there, or removes ' +
      'the device and goes on',
  },
  backup_remove_export: {
    values: ['cast', 'call'],
    about:
      'how cinder-backup ends an export before it frees the volume: it sends a request, or ' +
      'also waits for its end',
  },
  attach_end: {
    values: ['at_update', 'at_complete'],
    about:
      'when Cinder tells its listeners that an attach is over: when it has updated, or completed',
  },
  detach_end_tells: {
    values: ['loaded', 'read_again'],
    about:
      'of which attachments Cinder tells its listeners after a detach: those that were loaded ' +
      'before, or those that are left',
  },
  reserved_detach_start: {
    values: ['none', 'sent'],
    about: 'Cinder tells its listeners that a merely reserved attachment is about to go',
  },
  bdm_on_timeout: {
    values: ['kept', 'destroyed'],
    about:
      "Nova's treatment of the BDM when reserve_block_device_name times out: none, or it " +
      'looks for the BDM and destroys it',
  },
  rollback_ignores_not_found: {
    values: ['no', 'yes'],
    about:
      'attachment_delete answered with 404 counts as success when a failed attach is rolled back',
  },
  ...moveSwitches,
  user_delete_gate: {
    values: ['off', 'on'],
    about: 'Cinder asks Nova before a user may delete the attachment of a server',
  },
  status_writers: {
    values: ['both', 'c-api'],
    about:
      'who deletes an attachment row and writes the statuses: cinder-volume and then ' +
      'cinder-api, or cinder-api',
  },
  update_repeated: {
    values: ['never', 'on_500_and_504'],
    about: 'on which answers Nova sends attachment_update again, up to five times in all',
  },
  delete_repeated: {
    values: ['never', 'on_500', 'on_500_and_504'],
    about: 'on which answers Nova sends attachment_delete again, up to five times in all',
  },
  delete_ignores_not_found: {
    values: ['no', 'detach', 'everywhere'],
    about:
      'where attachment_delete answered with 404 counts as success in Nova: nowhere, in the ' +
      'detach of a volume, or everywhere',
  },
  counting: {
    values: ['none', 'servers_of_host'],
    about:
      'Nova keeps the device of a multiattach volume when another server of the host has it ' +
      'attached',
  },
  reserve: {
    values: ['check_then_act', 'swap'],
    about: 'os-reserve reads the status and writes it in two steps, or compares and swaps',
  },
  attach_again: {
    values: ['refused', 'accepted'],
    about:
      'os-attach for a server that has the volume already: Cinder refuses, or answers with ' +
      'its row',
  },
  connection_info_saved: {
    values: ['after_attach', 'before_attach'],
    about:
      'in the flow before attachments, Nova saves connection_info after or before Cinder says ' +
      'in-use',
  },
  failed_detach: {
    values: ['roll_detaching', 'raise'],
    about:
      'nova-compute rolls the volume back to in-use when it cannot detach it from guest or ' +
      'host, or only raises',
  },
  failed_encryptor: {
    values: ['connected', 'disconnected'],
    about:
      'nova-compute leaves the device of a volume whose encryptor fails, or has the volume ' +
      'driver disconnect it',
  },
  null_shared_targets: {
    values: ['as_true', 'seen'],
    about: 'Nova asks for Cinder 3.69 and so can tell shared_targets null from true',
  },
  ...handlerSwitches,
  ...hostSwitches,
  ...mixedVersions,
} as const;

export type SwitchName = keyof typeof texts;

/** One value for each switch. Constant during a run, and plain data: it is part of the state. */
export type Switches = {
  readonly [Name in SwitchName]: (typeof texts)[Name]['values'][number];
};

/**
 * The switches with their values and a line that says what each is about, for parameters and
 * documentation.
 */
export const switchDefinitions: {
  readonly [Name in SwitchName]: {
    readonly values: (typeof texts)[Name]['values'];
    readonly about: string;
  };
} = texts;

/** The names of all switches, in the order in which they are shown. */
// Object.keys forgets the key type; the keys of `texts` are exactly the names.
export const switchNames = Object.keys(texts) as readonly SwitchName[];
