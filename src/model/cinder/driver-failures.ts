import { fails } from '../calls/failures.ts';
import { volumeAttach, volumeDetach } from './attach.ts';
import { volumeAttachmentDelete } from './attachment-delete.ts';
import { volumeAttachmentUpdate } from './attachment-update.ts';
import { volumeRemoveExport } from './backup.ts';
import { volumeInitializeConnection, volumeTerminateConnection } from './connection.ts';
import { volumeExtend } from './extend.ts';
import { volumeReimage } from './reimage.ts';
import { copyVolumeToImage } from './upload.ts';
import { volumeDeleteOnBackend } from './volume-delete.ts';

/**
 * The steps at which the volume driver may raise: in any of its calls, or when it removes a target,
 * which is often only logged.
 */
export const failuresOfDriver = {
  calls: [
    fails(volumeAttachmentUpdate, 'create_export', 'create_export_failed'),
    fails(volumeAttachmentUpdate, 'initialize_connection', 'initialize_connection_failed'),
    fails(volumeAttachmentUpdate, 'volume_attached', 'driver_not_initialized'),
    fails(volumeAttachmentDelete, 'load_attachment', 'terminate_connection_failed'),
    fails(volumeAttachmentDelete, 'terminate_connection', 'terminate_connection_failed'),
    fails(volumeInitializeConnection, 'create_export', 'server_error'),
    fails(volumeInitializeConnection, 'initialize_connection', 'initialize_connection_failed'),
    fails(volumeTerminateConnection, 'terminate_connection', 'terminate_connection_failed'),
    fails(volumeAttach, 'finish_attach', 'attach_failed'),
    fails(volumeDetach, 'get_attachment', 'detach_failed'),
    fails(volumeDeleteOnBackend, 'delete_volume', 'delete_failed'),
    fails(volumeExtend, 'extend_volume', 'extend_failed'),
    fails(volumeReimage, 'copy_image_to_volume', 'reimage_failed'),
    fails(copyVolumeToImage, 'create_export', 'restore_status'),
    fails(copyVolumeToImage, 'initialize_connection', 'remove_export'),
    fails(copyVolumeToImage, 'terminate_connection', 'restore_status'),
  ],
  exports: [
    fails(volumeAttachmentDelete, 'remove_export', 'remove_export_failed'),
    fails(volumeDetach, 'remove_export', 'remove_export_failed'),
    fails(volumeRemoveExport, 'remove_export', 'remove_export_failed'),
    fails(copyVolumeToImage, 'remove_export', 'restore_status'),
  ],
};
