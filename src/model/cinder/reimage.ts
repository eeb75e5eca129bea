import { answering, send } from '../calls/calls.ts';
import { cloud as model } from '../world/cloud.ts';

/**
 * cinder-volume writes an image to a volume; then the volume has the status that it had before, and
 * Nova is told. When it cannot be written the volume is in error, and its attachment stays.
 * Simplified: the event reaches nova-compute at once.
 * Source: cinder:cinder/volume/manager.py@reimage (docs/openstack.md 8.4).
 */
export const volumeReimage = model.flow({
  name: 'c-vol.reimage',
  vars: (volume: string) => ({ volume }),
  steps: {
    copy_image_to_volume() {
      // The model has no data; the step exists because it takes long.
    },
    restore_previous_status(cloud, self) {
      const volume = cloud.volumes[self.volume];
      if (volume !== undefined) volume.status = 'reserved';
    },
    volume_reimaged(cloud, self) {
      cloud.events[reimagedEvent(self.volume)] = true;
      return 'done';
    },
    // Where an error of the driver, or of the image, leads: Nova is not told, and waits.
    reimage_failed(cloud, self) {
      const volume = cloud.volumes[self.volume];
      if (volume !== undefined) volume.status = 'error';
      return 'done';
    },
  },
});

/** The id of the event that Nova waits for. */
export const reimagedEvent = (volume: string): string => `volume-reimaged/${volume}`;

/**
 * os-reimage of a reserved volume: `downloading`, by compare-and-swap, then a CAST.
 * Source: cinder:cinder/volume/api.py@reimage (docs/openstack.md 8.4).
 */
export const reimage = model.flow({
  name: 'c-api.reimage',
  vars: (volume: string) => ({ volume, ...answering() }),
  steps: {
    reimage(cloud, self, _pick, processes) {
      const volume = cloud.volumes[self.volume];
      const isReserved = volume?.status === 'reserved';
      if (isReserved) volume.status = 'downloading';
      self.reply = { outcome: isReserved ? 'ok' : 'bad_request' };
      if (isReserved) send(processes, self.pid, volumeReimage.start(self.volume));
      return 'done';
    },
    // Where an image leads that is not active, or larger than the volume: Cinder looks at it when
    // the status is written. Before cinder 24 the status stayed (bug 2036994).
    image_refused(cloud, self) {
      const volume = cloud.volumes[self.volume];
      const isReserved = volume?.status === 'reserved';
      const stays = cloud.switches.refused_image === 'downloading';
      if (isReserved && stays) volume.status = 'downloading';
      self.reply = { outcome: 'bad_request' };
      return 'done';
    },
  },
});
