import { answering } from '../calls/calls.ts';
import { type Cloud, cloud as model } from '../world/cloud.ts';
import { rowsOf } from '../world/statuses.ts';

/**
 * os-begin_detaching: the mutual exclusion between two detaches, by compare-and-swap. While Cinder
 * moves the volume it succeeds without changing anything.
 * Source: cinder:cinder/volume/api.py@begin_detaching (docs/openstack.md 2.3).
 */
export const beginDetaching = model.flow({
  name: 'c-api.begin_detaching',
  vars: (volume: string) => ({ volume, ...answering() }),
  steps: {
    begin_detaching(cloud, self) {
      const volume = cloud.volumes[self.volume];
      self.reply = { outcome: volume === undefined ? 'not_found' : 'ok' };
      if (volume === undefined || volume.migration_status === 'migrating') return 'done';
      if (volume.status === 'in-use' && volume.attach_status === 'attached') {
        volume.status = 'detaching';
        return 'done';
      }
      self.reply = { outcome: 'bad_request' };
      return 'done';
    },
  },
});

/**
 * os-roll_detaching: back to in-use, by compare-and-swap; it does nothing from any other status.
 * Source: cinder:cinder/volume/api.py@roll_detaching.
 */
export const rollDetaching = model.flow({
  name: 'c-api.roll_detaching',
  vars: (volume: string) => ({ volume, ...answering() }),
  steps: {
    roll_detaching(cloud, self) {
      const volume = cloud.volumes[self.volume];
      if (volume?.status === 'detaching') volume.status = 'in-use';
      self.reply = { outcome: 'ok' };
      return 'done';
    },
  },
});

/**
 * GET volume: the view by which Nova counts. It shows only rows in `attached`, and Nova keeps them
 * by server, so two rows of one server count once. Source:
 * cinder:cinder/api/v3/views/volumes.py@_get_attachments;
 * nova:nova/volume/cinder.py@_untranslate_volume_summary_view.
 */
export const volumeGet = model.flow({
  name: 'c-api.volume_get',
  vars: (volume: string) => ({ volume, ...answering() }),
  steps: {
    volume_get(cloud, self) {
      const servers: { [server: string]: string } = {};
      // The database returns rows by their key, so Nova keeps the last of two rows of one server.
      const rows = [...rowsOf(cloud.attachments, self.volume)].sort(([a], [b]) => (a < b ? -1 : 1));
      for (const [id, row] of rows) {
        if (row.status === 'attached' && row.instance !== null) servers[row.instance] = id;
      }
      const { attach_status } = cloud.volumes[self.volume] ?? {};
      self.reply =
        attach_status === undefined
          ? { outcome: 'not_found' }
          : { outcome: 'ok', servers, attach_status };
      return 'done';
    },
  },
});

/**
 * os-reserve: a volume that is free becomes `attaching`, by compare-and-swap since cinder 8 (bug
 * 1238093).
 * Source: cinder:cinder/volume/api.py@reserve_volume (docs/openstack.md 2.2).
 */
export const reserve = model.flow({
  name: 'c-api.reserve',
  vars: (volume: string) => ({ volume, ...answering() }),
  steps: {
    reserve(cloud, self) {
      const volume = cloud.volumes[self.volume];
      const isFree =
        volume !== undefined &&
        (volume.status === 'available' || (volume.multiattach && volume.status === 'in-use'));
      self.reply = { outcome: isFree ? 'ok' : 'bad_request' };
      if (!isFree) return 'done';
      if (cloud.switches.reserve === 'check_then_act') return;
      volume.status = 'attaching';
      return 'done';
    },
    // Before cinder 8 a step of its own wrote the status over any other.
    update(cloud, self) {
      const volume = cloud.volumes[self.volume];
      if (volume !== undefined) volume.status = 'attaching';
      else self.reply = { outcome: 'not_found' };
      return 'done';
    },
  },
});

/**
 * os-unreserve: back from `attaching`, by compare-and-swap; it does nothing from any other status.
 * Source: cinder:cinder/volume/api.py@unreserve_volume.
 */
export const unreserve = model.flow({
  name: 'c-api.unreserve',
  vars: (volume: string) => ({ volume, ...answering() }),
  steps: {
    unreserve(cloud, self) {
      unreserveVolume(cloud, self.volume);
      self.reply = { outcome: 'ok' };
      return 'done';
    },
  },
});

/** The compare-and-swap of os-unreserve, which also ends os-terminate_connection. */
export function unreserveVolume(cloud: Cloud, id: string): void {
  const volume = cloud.volumes[id];
  if (volume?.status !== 'attaching') return;
  volume.status = rowsOf(cloud.attachments, id).length > 0 ? 'in-use' : 'available';
}
