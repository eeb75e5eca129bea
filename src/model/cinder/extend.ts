import { answering, send } from '../calls/calls.ts';
import { extendOnCompute } from '../nova/extend.ts';
import { cloud as model } from '../world/cloud.ts';
import { rowsOf } from '../world/statuses.ts';

/**
 * cinder-volume extends the volume, writes the status back and tells Nova.
 * Source: cinder:cinder/volume/manager.py@extend_volume (docs/openstack.md 8.13).
 */
export const volumeExtend = model.flow({
  name: 'c-vol.extend_volume',
  vars: (volume: string) => ({ volume }),
  steps: {
    extend_volume(cloud, self) {
      const volume = cloud.volumes[self.volume];
      if (volume === undefined) return 'done';
      const isAttached = rowsOf(cloud.attachments, self.volume).length > 0;
      volume.status = isAttached ? 'in-use' : 'available';
    },
    extend_volume_event(cloud, self, _pick, processes) {
      const rows = rowsOf(cloud.attachments, self.volume);
      for (const server of rows.flatMap(([, { instance }]) => instance ?? [])) {
        const host = cloud.instances[server]?.host ?? null;
        if (host === null) continue;
        send(processes, self.pid, extendOnCompute.start(server, self.volume, host));
      }
      return 'done';
    },
    // The handler of a driver error.
    extend_failed(cloud, self) {
      const volume = cloud.volumes[self.volume];
      if (volume !== undefined) volume.status = 'error_extending';
      return 'done';
    },
  },
});

/**
 * A user extends a volume that is attached: by compare-and-swap from in-use to extending.
 * Source: cinder:cinder/volume/api.py@extend_attached_volume (docs/openstack.md 8.13).
 */
export const extendVolume = model.flow({
  name: 'c-api.extend_volume',
  vars: (volume: string) => ({ volume, ...answering() }),
  steps: {
    extend(cloud, self, _pick, processes) {
      const volume = cloud.volumes[self.volume];
      self.reply = { outcome: volume?.status === 'in-use' ? 'ok' : 'bad_request' };
      if (volume?.status !== 'in-use') return 'done';
      volume.status = 'extending';
      send(processes, self.pid, volumeExtend.start(self.volume));
      return 'done';
    },
  },
});
