import { answering, send } from '../calls.ts';
import { cloud as model } from '../cloud.ts';
import { removeExport } from './driver.ts';
import type { VolumeStatus } from './statuses.ts';

/**
 * cinder-volume deletes a volume that is `deleting`.
 * Source: cinder:cinder/volume/manager.py@delete_volume.
 */
const volumeDeleteOnBackend = model.flow({
  name: 'c-vol.delete_volume',
  vars: (volume: string) => ({ volume }),
  steps: {
    delete_volume(cloud, self) {
      removeExport(cloud, self.volume);
      delete cloud.volumes[self.volume];
      return 'done';
    },
  },
});

/** The statuses from which a volume may be deleted. */
const deletable: readonly VolumeStatus[] = ['available', 'error'];

/**
 * A volume is deleted: by compare-and-swap on its status, then in cinder-volume by CAST.
 * Source: cinder:cinder/volume/api.py@delete (DOMAIN.md 2.3, last row).
 */
export const volumeDelete = model.flow({
  name: 'c-api.delete_volume',
  vars: (volume: string) => ({ volume, ...answering() }),
  steps: {
    delete_volume(cloud, self, _pick, processes) {
      const volume = cloud.volumes[self.volume];
      const isFree = volume !== undefined && deletable.includes(volume.status);
      if (!isFree || volume.attach_status === 'attached') {
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
