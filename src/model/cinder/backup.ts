import { type Connecting, connectVolume } from '../brick/connect-volume.ts';
import { type Disconnecting, disconnectVolume } from '../brick/disconnect-volume.ts';
import { answering, type Caller, calling, calls, send } from '../calls/calls.ts';
import { type Cloud, cloud as model } from '../world/cloud.ts';
import { volumeInitializeConnection, volumeTerminateConnection } from './connection.ts';
import { removeExport } from './driver.ts';

/**
 * cinder-volume removes the target of a volume, even if another request has exported it by then.
 * Source: cinder:cinder/volume/manager.py@remove_export.
 */
export const volumeRemoveExport = model.flow({
  name: 'c-vol.remove_export',
  vars: (volume: string) => ({ volume, ...answering() }),
  steps: {
    remove_export(cloud, self) {
      removeExport(cloud, self.volume);
      self.reply = { outcome: 'ok' };
      return 'done';
    },
    remove_export_failed(_cloud, self) {
      self.reply = { outcome: 'server_error' };
      return 'done';
    },
  },
});

interface BackingUp extends Disconnecting, Connecting, Caller {
  readonly volume: string;
}

const { rpc } = calls<BackingUp>();

/**
 * cinder-backup copies a free volume: it asks cinder-volume for a connection to its own host,
 * connects with os-brick, reads, and gives everything back. There is no attachment row, and no lock
 * but L4. It asked by a CAST to end the export, so the volume was available again before the export
 * had ended. Simplified: the copy does not fail. Source:
 * cinder:cinder/backup/manager.py@create_backup, @_run_backup, @_detach_device (docs/openstack.md
 * 8.15; bug 1920237).
 */
export const createBackup = model.flow({
  name: 'c-bak.create_backup',
  vars: (volume: string, host: string): BackingUp => ({
    volume,
    host,
    connection: null,
    logout: false,
    ...calling(),
  }),
  steps: {
    ...rpc('initialize_connection', {
      to: (_cloud, self) => volumeInitializeConnection.start(self.volume, self.host),
      ok: (_cloud, self, reply) => {
        self.connection = reply.connection_info ?? null;
      },
      otherwise: 'restore_status',
    }),
    ...connectVolume({
      connected: 'backup',
      failed: 'terminate_connection',
      service: 'c-bak',
    }),
    // The backup driver reads from the device.
    backup() {},
    // By force since cinder 11, as cinder-backup wrote nothing to it.
    ...disconnectVolume({
      disconnected: 'terminate_connection',
      failed: 'restore_status',
      service: 'c-bak',
    }),
    ...rpc('terminate_connection', {
      to: (_cloud, self) => {
        self.connection = null;
        return volumeTerminateConnection.start(self.volume, self.host);
      },
      ok: (cloud) =>
        cloud.switches.backup_remove_export === 'call' ? 'remove_export' : 'cast_remove_export',
      otherwise: 'restore_status',
    }),
    cast_remove_export(_cloud, self, _pick, processes) {
      send(processes, self.pid, volumeRemoveExport.start(self.volume));
      return 'restore_status';
    },
    ...rpc('remove_export', {
      to: (_cloud, self) => volumeRemoveExport.start(self.volume),
      otherwise: 'restore_status',
    }),
    restore_status(cloud, self) {
      self.connection = null;
      giveBack(cloud, self.volume);
      return 'done';
    },
  },
});

/** Writes the old status of the volume over its present one. */
function giveBack(cloud: Cloud, id: string): void {
  const volume = cloud.volumes[id];
  if (volume !== undefined) volume.status = 'available';
}

/**
 * A user has a free volume backed up. `host` is the one on which cinder-backup runs.
 * Source: cinder:cinder/backup/api.py@create.
 */
export const backUpVolume = model.flow({
  name: 'c-api.create_backup',
  vars: (volume: string, host: string) => ({ volume, host, ...answering() }),
  steps: {
    create_backup(cloud, self, _pick, processes) {
      const volume = cloud.volumes[self.volume];
      const isFree = volume?.status === 'available';
      self.reply = { outcome: isFree ? 'ok' : 'bad_request' };
      if (!isFree) return 'done';
      volume.status = 'backing-up';
      send(processes, self.pid, createBackup.start(self.volume, self.host));
      return 'done';
    },
  },
});
