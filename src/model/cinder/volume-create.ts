import { answering, send } from '../calls/calls.ts';
import { cloud as model } from '../world/cloud.ts';

/**
 * cinder-volume makes a volume that is `creating`. Simplified: it always can. Source:
 * cinder:cinder/volume/manager.py@create_volume.
 */
export const volumeCreateOnBackend = model.flow({
  name: 'c-vol.create_volume',
  vars: (volume: string) => ({ volume }),
  steps: {
    create_volume(cloud, self) {
      const volume = cloud.volumes[self.volume];
      if (volume !== undefined) volume.status = 'available';
      return 'done';
    },
  },
});

/**
 * A user creates a volume: cinder-api inserts the row, and cinder-volume does the rest by CAST.
 * `volume` is the id that it gets; all volumes of an array share its target. Source:
 * cinder:cinder/volume/api.py@create.
 */
export const volumeCreate = model.flow({
  name: 'c-api.create_volume',
  vars: (volume: string) => ({ volume, ...answering() }),
  steps: {
    create_volume(cloud, self, _pick, processes) {
      cloud.volumes[self.volume] = {
        status: 'creating',
        attach_status: 'detached',
        migration_status: null,
        multiattach: false,
        target: 'array',
      };
      self.reply = { outcome: 'ok' };
      send(processes, self.pid, volumeCreateOnBackend.start(self.volume));
      return 'done';
    },
  },
});
