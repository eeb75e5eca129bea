import { answering, type Callee, type Caller, calling, calls, send } from '../calls/calls.ts';
import { type Cloud, cloud as model } from '../world/cloud.ts';
import { rowsOf } from '../world/statuses.ts';
import { volumeDeleteOnBackend } from './volume-delete.ts';

/**
 * cinder-volume ends the migration of an attached volume: the two rows change backends, so that the
 * first id keeps the data; the other is deleted by CAST, and then the attachment rows of the other
 * are given to the first, which gets the status back that it had before. If Nova could not replace
 * the volume it gets it back as well, and the other is deleted.
 * Simplified: both backends are one array, so that the change is one of names.
 * Source: cinder:cinder/volume/manager.py@migrate_volume_completion (docs/openstack.md 8.8).
 *
 * @public The handlers page finds the flows of a file by its exports.
 */
export const volumeMigrateCompletion = model.flow({
  name: 'c-vol.migrate_volume_completion',
  vars: (volume: string, temporary: string, error: boolean) => ({
    volume,
    temporary,
    error,
    ...answering(),
  }),
  steps: {
    migrate_volume_completion(_cloud, self) {
      if (self.error) return 'clean_up_error';
    },
    update_migrated_volume(cloud, self) {
      swapAttachStatuses(cloud, self);
      rename(cloud.mappings, self.temporary, self.volume);
      rename(cloud.devices, self.temporary, self.volume);
      for (const [disk, device] of Object.entries(cloud.disks)) {
        if (!disk.endsWith(`/${self.temporary}`)) continue;
        const moved = `${disk.slice(0, disk.indexOf('/'))}/${self.volume}`;
        delete cloud.disks[disk];
        cloud.disks[moved] = device;
        // The name that the guest has for the volume is right again.
        delete cloud.serials[disk];
      }
      const { migrated_rows: rule } = cloud.switches;
      if (rule === 'with_names') giveRows(cloud, self);
      if (rule !== 'before_delete') return 'cast_delete_volume';
    },
    attach_first(cloud, self) {
      giveRows(cloud, self);
    },
    cast_delete_volume(_cloud, self, _pick, processes) {
      send(processes, self.pid, volumeDeleteOnBackend.start(self.temporary));
    },
    attach_volume(cloud, self) {
      giveRows(cloud, self);
      const volume = cloud.volumes[self.volume];
      if (volume !== undefined) {
        volume.migration_status = 'success';
        volume.status = volume.previous_status ?? volume.status;
      }
      self.reply = { outcome: 'ok' };
      return 'done';
    },
    // Nova could not replace the volume. Cinder deletes the temporary one, unless it is attached.
    clean_up_error(cloud, self, _pick, processes) {
      send(processes, self.pid, volumeDeleteOnBackend.start(self.temporary));
      const volume = cloud.volumes[self.volume];
      if (volume !== undefined) {
        volume.migration_status = 'error';
        volume.status = volume.previous_status ?? volume.status;
      }
      self.reply = { outcome: 'ok' };
      return 'done';
    },
  },
});

/** The rows change backends, and with them the fields about their attachments. */
function swapAttachStatuses(cloud: Cloud, self: { volume: string; temporary: string }): void {
  const volume = cloud.volumes[self.volume];
  const temporary = cloud.volumes[self.temporary];
  if (volume === undefined || temporary === undefined) return;
  const { attach_status } = volume;
  volume.attach_status = temporary.attach_status;
  temporary.attach_status = attach_status;
  temporary.status = 'deleting';
}

function rename(table: Record<string, string>, from: string, to: string): void {
  for (const [id, volume] of Object.entries(table)) if (volume === from) table[id] = to;
}

function giveRows(cloud: Cloud, self: { volume: string; temporary: string }): void {
  for (const [id, row] of rowsOf(cloud.attachments, self.temporary)) {
    cloud.attachments[id] = { ...row, volume: self.volume };
  }
}

interface Completing extends Caller, Callee {
  readonly volume: string;
  readonly temporary: string;
  readonly error: boolean;
}

/**
 * Nova says that the guest uses the new volume, or that it does not.
 * Source: cinder:cinder/volume/api.py@migrate_volume_completion (docs/openstack.md 8.8).
 */
export const migrateVolumeCompletion = model.flow({
  name: 'c-api.migrate_volume_completion',
  vars: (volume: string, temporary: string, error: boolean): Completing => ({
    volume,
    temporary,
    error,
    ...calling(),
    ...answering(),
  }),
  steps: calls<Completing>().rpc('volume_rpc', {
    to: (_cloud, self) => volumeMigrateCompletion.start(self.volume, self.temporary, self.error),
    ok: (_cloud, self, reply) => {
      self.reply = reply;
      return 'done';
    },
    otherwise: (_cloud, self) => {
      self.reply = { outcome: 'server_error' };
      return 'done';
    },
  }),
});
