import type { Fault } from '../../spec/action.ts';
import type { ProcessState } from '../../spec/process.ts';
import { discoverAll } from '../brick/connect-volume.ts';
import { uevRemovePath } from '../brick/uevents.ts';
import { type Failure, fails } from '../calls/failures.ts';
import { createBackup } from '../cinder/backup.ts';
import { failuresOfDriver } from '../cinder/driver-failures.ts';
import { reimage } from '../cinder/reimage.ts';
import { copyVolumeToImage } from '../cinder/upload.ts';
import { attachVolume, attachVolumeOnConductor } from '../nova/attach.ts';
import { attachVolumeOnCompute } from '../nova/attach-compute.ts';
import { buildAndRunInstance } from '../nova/build.ts';
import { conversionFailures } from '../nova/conversion-failures.ts';
import { terminateInstance } from '../nova/delete.ts';
import { detachVolume, detachVolumeOnCompute } from '../nova/detach.ts';
import { legacyAttachOnCompute, legacyAttachVolume } from '../nova/legacy-attach.ts';
import { legacyBuildAndRunInstance } from '../nova/legacy-boot.ts';
import { legacyDetachOnCompute, legacyDetachVolume } from '../nova/legacy-detach.ts';
import { movesOf } from '../nova/move-failures.ts';
import { attachOnComputeV1, attachOnComputeV2 } from '../nova/poc-attach.ts';
import { cleanupRunningDeletedInstances } from '../nova/reaper.ts';
import { rebootInstance } from '../nova/reboot.ts';
import { rebuildInstance } from '../nova/rebuild.ts';
import { swapVolume } from '../nova/swap-volume.ts';
import type { Switches } from '../releases/switches.ts';
import { type Cloud, cloud } from '../world/cloud.ts';
import { all, pids } from '../world/processes.ts';
import { cuts } from './cuts.ts';
import { castLost, computeDown, crash } from './service-faults.ts';

/** The volume driver raises, or is not initialised. */
const driverError = failure('driver-error', failuresOfDriver.calls);

/** The volume driver cannot remove a target. */
const exportError = failure('export-error', failuresOfDriver.exports);

const isGentle = ({ upload_disconnect }: Switches) => upload_disconnect === 'gentle';

/** os-brick does not find the device, or cannot flush it. */
const brickError = failure('brick-error', [
  fails(attachVolumeOnCompute, 'rescan_iscsi', 'cleanup_connection'),
  fails(attachVolumeOnCompute, 'remove_scsi_device', 'disconnect_failed'),
  fails(copyVolumeToImage, 'rescan_iscsi', 'cleanup_connection'),
  fails(attachOnComputeV1, 'rescan_iscsi', 'cleanup_connection'),
  fails(attachOnComputeV2, 'rescan_iscsi', 'cleanup_connection'),
  fails(buildAndRunInstance, 'rescan_iscsi', 'cleanup_connection'),
  fails(legacyBuildAndRunInstance, 'rescan_iscsi', 'cleanup_connection'),
  fails(createBackup, 'rescan_iscsi', 'cleanup_connection'),
  fails(copyVolumeToImage, 'remove_scsi_device', 'disconnect_failed', isGentle),
  fails(createBackup, 'remove_scsi_device', 'disconnect_failed', isGentle),
  fails(legacyBuildAndRunInstance, 'remove_scsi_device', 'disconnect_failed'),
  fails(terminateInstance, 'remove_scsi_device', 'flush_failed'),
  fails(rebootInstance, 'remove_scsi_device', 'flush_failed'),
  fails(cleanupRunningDeletedInstances, 'remove_scsi_device', 'flush_failed'),
  fails(rebootInstance, 'rescan_iscsi', 'cleanup_connection'),
  fails(rebuildInstance, 'rescan_iscsi', 'cleanup_connection'),
  fails(rebuildInstance, 'remove_scsi_device', 'flush_failed'),
  fails(buildAndRunInstance, 'remove_scsi_device', 'flush_failed'),
  fails(detachVolumeOnCompute, 'remove_scsi_device', 'disconnect_failed'),
  fails(legacyAttachOnCompute, 'rescan_iscsi', 'cleanup_connection'),
  fails(legacyAttachOnCompute, 'remove_scsi_device', 'disconnect_failed'),
  fails(legacyDetachOnCompute, 'remove_scsi_device', 'disconnect_failed'),
  ...movesOf.brick,
]);

/** The guest does not take the disk, or does not release it. */
const guestRefuses = failure('guest-refuses', [
  fails(attachVolumeOnCompute, 'attach_to_guest', 'guest_refused'),
  fails(terminateInstance, 'driver_destroy', 'delete_failed'),
  fails(buildAndRunInstance, 'spawn', 'should_disconnect_target'),
  fails(legacyBuildAndRunInstance, 'spawn', 'should_disconnect_target'),
  fails(detachVolumeOnCompute, 'driver_detach', 'detach_failed'),
  fails(legacyAttachOnCompute, 'attach_to_guest', 'should_disconnect_target'),
  fails(legacyDetachOnCompute, 'driver_detach', 'detach_failed'),
  fails(rebootInstance, 'create_guest', 'guest_failed'),
  fails(rebuildInstance, 'spawn', 'guest_failed'),
  ...movesOf.guest,
]);

const leavesDevice = ({ failed_encryptor }: Switches) => failed_encryptor === 'connected';
const disconnects = ({ failed_encryptor }: Switches) => failed_encryptor === 'disconnected';

/**
 * The encryptor of an encrypted volume fails after the host is connected: Nova disconnects through
 * the volume driver itself, without its count of servers. Before nova 20 the device stayed. Source:
 * nova:nova/virt/libvirt/driver.py@_connect_volume (docs/openstack.md 5.4, A15; 9.3, D25; bug
 * 1812945).
 */
const encryptorError = failure('encryptor-error', [
  fails(attachVolumeOnCompute, 'attach_to_guest', 'lock_disconnect_volume', disconnects),
  fails(legacyAttachOnCompute, 'attach_to_guest', 'lock_disconnect_volume', disconnects),
  fails(attachVolumeOnCompute, 'attach_to_guest', 'attachment_delete', leavesDevice),
  fails(legacyAttachOnCompute, 'attach_to_guest', 'terminate_connection', leavesDevice),
]);

/**
 * nova-conductor (before nova 33: nova-api) fails between attachment_create and the cast; or
 * nova-api cannot send the message that begins a detach or a swap, after it has told Cinder (T3).
 */
const conductorError = failure('conductor-error', [
  fails(attachVolume, 'save_attachment_id', 'destroy_bdm'),
  fails(attachVolumeOnConductor, 'save_attachment_id', 'destroy_bdm'),
  fails(attachVolume, 'cast_attach_volume', 'destroy_bdm'),
  fails(attachVolumeOnConductor, 'cast_attach_volume', 'destroy_bdm'),
  fails(legacyAttachVolume, 'cast_attach_volume', 'destroy_bdm'),
  fails(detachVolume, 'cast_detach_volume', 'done'),
  fails(legacyDetachVolume, 'cast_detach_volume', 'done'),
  fails(swapVolume, 'cast_swap_volume', 'cast_failed'),
]);

/**
 * Nova cannot save a BDM: that of an attach before it asks Cinder (A6), or Cinder's answer (A17).
 */
const saveError = failure('save-error', [
  fails(attachVolume, 'attachment_create', 'done'),
  fails(attachVolumeOnConductor, 'attachment_create', 'done'),
  fails(attachVolumeOnCompute, 'save_connection_info', 'leave_guard'),
  ...conversionFailures.save,
]);

/**
 * Nova gives a guest its disk and cannot save what the server calls its devices: the driver
 * disconnects the host from under the guest. Since nova 16, where an attach may name the device.
 * Source: nova:nova/virt/libvirt/driver.py@attach_volume (docs/openstack.md 9.3, D38).
 */
const metadataError = failure('metadata-error', [
  fails(attachVolumeOnCompute, 'save_connection_info', 'should_disconnect_target'),
]);

/** The image that a server is rebuilt with is not active, or too large for its volume. */
const imageError = failure('image-error', [fails(reimage, 'reimage', 'image_refused')]);

/** The destination of a live migration cannot prepare. */
const destinationError = failure('destination-error', movesOf.destination);

/** The destination of a live migration that is rolled back cannot flush its device. */
const destinationFlush = failure('destination-flush', movesOf.destinationFlush);

/**
 * Cinder does not complete the attachment of a volume that replaces another, or whose server starts
 * again.
 */
const completeError = failure('complete-error', [
  fails(buildAndRunInstance, 'attachment_complete', 'incomplete_attachment_delete'),
  fails(rebuildInstance, 'attachment_complete', 'incomplete_attachment_delete'),
  ...movesOf.complete,
]);

/** The hypervisor does not move the guest. */
const migrationError = failure('migration-error', movesOf.hypervisor);

/** Neutron does not report in time that the ports are plugged on the destination. */
const vifPlugTimeout = failure('vif-plug-timeout', movesOf.vifPlug);

/** The array tells a host that something changed, and the host scans every LUN of that session. */
const arrayEvent = cloud.fault({
  name: 'array-event',
  times: 0,
  do(state, pick) {
    const [host = '', target = ''] = pick('session', Object.keys(state.sessions)).split('/');
    discoverAll(state, host, target);
  },
});

/**
 * os-brick has waited long enough for multipathd to forget a path: it tells it to, and goes on
 * before the event arrives.
 */
const waitExpires = cloud.fault({
  name: 'wait-expires',
  times: 0,
  do(state, pick, processes) {
    const paths = all(processes).flatMap(([, { flow, at, vars }]) =>
      flow === uevRemovePath.name && at !== 'done' ? String(vars['path']) : [],
    );
    delete state.monitored[
      pick(
        'path',
        paths.filter((path) => state.monitored[path] === true),
      )
    ];
  },
});

/** Every fault of the model by its name; none happens unless its budget is raised. */
export const faults = {
  'cast-lost': castLost,
  crash,
  'compute-down': computeDown,
  ...cuts,
  'driver-error': driverError,
  'export-error': exportError,
  'brick-error': brickError,
  'guest-refuses': guestRefuses,
  'encryptor-error': encryptorError,
  'conductor-error': conductorError,
  'save-error': saveError,
  'metadata-error': metadataError,
  'image-error': imageError,
  'destination-error': destinationError,
  'destination-flush': destinationFlush,
  'complete-error': completeError,
  'migration-error': migrationError,
  'vif-plug-timeout': vifPlugTimeout,
  'array-event': arrayEvent,
  'wait-expires': waitExpires,
} as const satisfies Record<string, Fault<Cloud>>;

export type FaultName = keyof typeof faults;

/** The names of all faults, for parameters. */
// Object.keys forgets the key type; the keys of `faults` are exactly the names.
export const faultNames = Object.keys(faults) as readonly FaultName[];

function failure(name: string, failures: readonly Failure[]): Fault<Cloud> {
  const handlerOf = ({ switches }: Cloud, { flow, at }: ProcessState) =>
    failures.find(
      (known) => known.flow === flow && known.at === at && (known.when?.(switches) ?? true),
    )?.to;
  return cloud.fault({
    name,
    times: 0,
    do(state, pick, processes) {
      const able = all(processes).filter(([, process]) => handlerOf(state, process) !== undefined);
      const pid = pick('of', pids(able));
      const process = processes.get(pid);
      const handler = process === undefined ? undefined : handlerOf(state, process);
      if (handler !== undefined) processes.move(pid, handler);
    },
  });
}
