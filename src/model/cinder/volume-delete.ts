import { answering, send } from '../calls/calls.ts';
import { cloud as model, type VolumeStatus } from '../world/cloud.ts';
import { rowsOf } from '../world/statuses.ts';
import { removeExport } from './driver.ts';

/**
 * cinder-volume deletes a volume that is `deleting`; the deletion of the row removes all attachment
 * rows of that volume id. A leftover mapping stays: Cinder does not ask the driver to look for one.
 * Source: cinder:cinder/volume/manager.py@delete_volume; cinder:cinder/db/api.py@volume_destroy
 * (docs/openstack.md 8.8).
 */
export const volumeDeleteOnBackend = model.flow({
  name: 'c-vol.delete_volume',
  vars: (volume: string) => ({ volume }),
  steps: {
    // One that is attached stays as it is, `deleting`.
    delete_volume(cloud, self) {
      if (cloud.volumes[self.volume]?.attach_status === 'attached') return 'done';
      removeExport(cloud, self.volume);
    },
    volume_destroy(cloud, self) {
      for (const [id] of rowsOf(cloud.attachments, self.volume)) delete cloud.attachments[id];
      delete cloud.volumes[self.volume];
      return 'done';
    },
    // The handler of a driver error.
    delete_failed(cloud, self) {
      const volume = cloud.volumes[self.volume];
      if (volume !== undefined) volume.status = 'error_deleting';
      return 'done';
    },
  },
});

/** The statuses from which a volume may be deleted. */
const deletable: readonly VolumeStatus[] = ['available', 'error'];

/**
 * A user deletes a volume, unless Cinder moves it: cinder-api compares and swaps its statuses, and
 * cinder-volume deletes it by CAST. Source: cinder:cinder/volume/api.py@delete (docs/openstack.md
 * 2.3, last row).
 */
export const volumeDelete = model.flow({
  name: 'c-api.delete_volume',
  vars: (volume: string) => ({ volume, ...answering() }),
  steps: {
    delete_volume(cloud, self, _pick, processes) {
      const volume = cloud.volumes[self.volume];
      const isFree = volume !== undefined && deletable.includes(volume.status);
      const isMoved = volume?.migration_status === 'migrating';
      if (!isFree || isMoved || volume.attach_status === 'attached') {
        self.reply = { outcome: volume === undefined ? 'not_found' : 'bad_request' };
        return 'done';
      }
      volume.status = 'deleting';
      self.reply = { outcome: 'ok' };
      send(processes, self.pid, volumeDeleteOnBackend.start(self.volume));
      return 'done';
    },
  },
});
