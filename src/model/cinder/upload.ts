import { type Connecting, connectVolume } from '../brick/connect-volume.ts';
import { type Disconnecting, disconnectVolume } from '../brick/disconnect-volume.ts';
import { answering, send } from '../calls/calls.ts';
import { mapVolume } from '../world/backend.ts';
import { type Cloud, cloud as model } from '../world/cloud.ts';
import { rowsOf } from '../world/statuses.ts';
import { createExport, removeExport, terminateConnection } from './driver.ts';

interface Uploading extends Disconnecting {
  readonly volume: string;
}

const uploading = (volume: string, host: string): Uploading & Connecting => ({
  volume,
  host,
  connection: null,
  logout: false,
});

/**
 * cinder-volume copies a volume to an image: it exports the volume to its own host, connects it
 * there with os-brick, reads, and takes everything back. There is no attachment row, and no lock
 * but L4. The device is removed by force, as nothing was written to it; before cinder 11 an error
 * of that left everything as it was. The copy may fail for want of a device.
 * Source: cinder:cinder/volume/manager.py@copy_volume_to_image;
 * cinder:cinder/volume/driver.py@_attach_volume,
 * @_detach_volume (docs/openstack.md 8.15).
 */
export const copyVolumeToImage = model.flow({
  name: 'c-vol.copy_volume_to_image',
  vars: uploading,
  steps: {
    create_export(cloud, self) {
      createExport(cloud, self.volume);
    },
    initialize_connection(cloud, self) {
      // An operator has reset the volume, and a user has deleted it.
      if (cloud.volumes[self.volume] === undefined) return 'restore_status';
      self.connection = mapVolume(cloud, self.host, self.volume);
    },
    ...connectVolume({
      connected: 'upload_volume',
      failed: 'not_connected',
      service: 'c-vol',
    }),
    // The image service reads from the device.
    upload_volume() {},
    ...disconnectVolume({
      disconnected: 'terminate_connection',
      failed: 'restore_status',
      service: 'c-vol',
    }),
    // Before cinder 11 the connection was left, unless the device was there and not readable.
    not_connected(cloud) {
      return cloud.switches.failed_copy_connect === 'kept' ? 'restore_status' : undefined;
    },
    terminate_connection(cloud, self) {
      self.connection = null;
      terminateConnection(cloud, self.volume, self.host);
    },
    remove_export(cloud, self) {
      removeExport(cloud, self.volume);
    },
    restore_status(cloud, self) {
      giveBack(cloud, self.volume);
      return 'done';
    },
  },
});

/**
 * The volume gets the status that its attachments require, whatever status it has by then. Source:
 * cinder:cinder/db/api.py@volume_update_status_based_on_attachment.
 */
function giveBack(cloud: Cloud, id: string): void {
  const volume = cloud.volumes[id];
  if (volume === undefined) return;
  volume.status = rowsOf(cloud.attachments, id).length > 0 ? 'in-use' : 'available';
}

/**
 * A user makes an image of a volume that is free. `host` is the one on which cinder-volume runs.
 * Source: cinder:cinder/volume/api.py@copy_volume_to_image.
 */
export const uploadToImage = model.flow({
  name: 'c-api.copy_volume_to_image',
  vars: (volume: string, host: string) => ({ volume, host, ...answering() }),
  steps: {
    copy_volume_to_image(cloud, self, _pick, processes) {
      const volume = cloud.volumes[self.volume];
      const isFree = volume?.status === 'available';
      self.reply = { outcome: isFree ? 'ok' : 'bad_request' };
      if (!isFree) return 'done';
      volume.status = 'uploading';
      send(processes, self.pid, copyVolumeToImage.start(self.volume, self.host));
      return 'done';
    },
  },
});
