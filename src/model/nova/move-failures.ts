import { fails } from '../calls/failures.ts';
import {
  finishResize,
  finishRevertResize,
  resizeInstance,
  revertResizeOnDestination,
} from './cold-migrate.ts';
import { initHost, rebuildEvacuated } from './evacuate.ts';
import { abortOnSource } from './live-migration.ts';
import { postLiveMigrationAtDestination } from './live-migration-arrival.ts';
import { preLiveMigration } from './live-migration-destination.ts';
import { liveMigrationOnSource } from './live-migration-source.ts';
import { removeVolumeConnection } from './remove-volume-connection.ts';
import { rollbackAtDestination } from './rollback-at-destination.ts';
import { shelveOffloadInstance, unshelveInstance } from './shelve.ts';
import { swapVolumeOnCompute } from './swap-volume.ts';

/**
 * The steps at which a move of a server may fail, by fault; and those of its flows that begin by
 * CAST.
 */
export const movesOf = {
  cast: [
    liveMigrationOnSource,
    resizeInstance,
    finishResize,
    revertResizeOnDestination,
    finishRevertResize,
    rebuildEvacuated,
    shelveOffloadInstance,
    unshelveInstance,
    swapVolumeOnCompute,
    rollbackAtDestination,
  ],
  shortCalls: [removeVolumeConnection, postLiveMigrationAtDestination, abortOnSource],
  brick: [
    fails(preLiveMigration, 'rescan_iscsi', 'cleanup_connection'),
    fails(liveMigrationOnSource, 'remove_scsi_device', 'disconnect_failed'),
    fails(resizeInstance, 'remove_scsi_device', 'disconnect_failed'),
    fails(finishResize, 'rescan_iscsi', 'cleanup_connection'),
    fails(finishRevertResize, 'rescan_iscsi', 'cleanup_connection'),
    fails(rebuildEvacuated, 'rescan_iscsi', 'cleanup_connection'),
    fails(revertResizeOnDestination, 'remove_scsi_device', 'flush_failed'),
    fails(shelveOffloadInstance, 'remove_scsi_device', 'flush_failed'),
    fails(initHost, 'remove_scsi_device', 'flush_failed'),
    fails(rollbackAtDestination, 'remove_scsi_device', 'flush_failed'),
    fails(unshelveInstance, 'rescan_iscsi', 'cleanup_connection'),
    fails(finishResize, 'remove_scsi_device', 'flush_failed'),
    fails(finishRevertResize, 'remove_scsi_device', 'flush_failed'),
    fails(rebuildEvacuated, 'remove_scsi_device', 'flush_failed'),
    fails(unshelveInstance, 'remove_scsi_device', 'flush_failed'),
    fails(swapVolumeOnCompute, 'rescan_iscsi', 'cleanup_connection'),
    fails(swapVolumeOnCompute, 'remove_scsi_device', 'disconnect_failed'),
  ],
  // While it reads connection_info, while it connects, and after it has connected.
  destination: [
    fails(preLiveMigration, 'refresh', 'not_yet_connected'),
    fails(preLiveMigration, 'rescan_iscsi', 'cleanup_connection'),
    fails(preLiveMigration, 'complete', 'pre_failed'),
  ],
  // The guest does not start on its new host, or does not change over.
  guest: [
    fails(finishResize, 'power_on', 'guest_failed'),
    fails(finishRevertResize, 'power_on', 'guest_failed'),
    fails(rebuildEvacuated, 'power_on', 'guest_failed'),
    fails(unshelveInstance, 'power_on', 'guest_failed'),
    fails(swapVolumeOnCompute, 'block_copy_and_pivot', 'should_disconnect_target'),
  ],
  // The destination cannot disconnect its devices.
  destinationFlush: [
    fails(preLiveMigration, 'remove_scsi_device', 'disconnect_failed'),
    fails(removeVolumeConnection, 'remove_scsi_device', 'disconnect_failed'),
  ],
  // Cinder does not answer that the attachment is complete, and has not completed it.
  complete: [
    fails(swapVolumeOnCompute, 'attachment_complete', 'roll_detaching'),
    fails(unshelveInstance, 'attachment_complete', 'incomplete_attachment_delete'),
    fails(rebuildEvacuated, 'attachment_complete', 'incomplete_attachment_delete'),
    fails(finishResize, 'attachment_complete', 'finish_failed'),
    fails(finishRevertResize, 'attachment_complete', 'finish_failed'),
  ],
  hypervisor: [fails(liveMigrationOnSource, 'cut_over', 'rollback_live_migration')],
  // The source waits for the ports after the reply of the destination, and takes a failure for one
  // of that call.
  vifPlug: [fails(liveMigrationOnSource, 'migrate_to_uri', 'pre_live_migration_failed')],
};
