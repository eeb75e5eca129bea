import {
  answering,
  type Callee,
  type Caller,
  calling,
  calls,
  nothing,
  type Reply,
} from '../calls/calls.ts';
import { mapVolume } from '../world/backend.ts';
import { type ConnectionInfo, cloud as model } from '../world/cloud.ts';
import { free, release, take, updateLock } from '../world/locks.ts';
import { rowsOf } from '../world/statuses.ts';
import { createExport, removeExport } from './driver.ts';
import { notify } from './notify.ts';

/**
 * The c-vol part of attachment_update: exports the volume, maps it to the host and writes the row.
 * No lock. If the row is gone by then, nothing undoes what the driver did.
 * Source: cinder:cinder/volume/manager.py@attachment_update, @_connection_create
 * (docs/openstack.md 5.2, v1 to v7).
 */
export const volumeAttachmentUpdate = model.flow({
  name: 'c-vol.attachment_update',
  vars: (attachment: string, host: string) => ({
    attachment,
    host,
    volume: '',
    info: nothing<ConnectionInfo>(),
    ...answering(),
  }),
  steps: {
    attachment_get(cloud, self) {
      const row = cloud.attachments[self.attachment];
      if (row === undefined) return 'not_found';
      self.volume = row.volume;
      notify(cloud, row.volume, 'attach.start');
    },
    create_export(cloud, self) {
      createExport(cloud, self.volume);
    },
    initialize_connection(cloud, self) {
      if (cloud.volumes[self.volume] === undefined) return 'not_found';
      self.info = mapVolume(cloud, self.host, self.volume);
    },
    save_connector(cloud, self) {
      const row = cloud.attachments[self.attachment];
      if (row === undefined) return 'not_found';
      row.status = 'attaching';
      row.connector = self.host;
    },
    // Simplified: this step asks whether the driver is initialised; only this process remembers
    // that.
    volume_attached(cloud, self) {
      const row = cloud.attachments[self.attachment];
      if (row === undefined) return 'not_found';
      // The volume that the row names by now: the end of a migration gives the row to another one.
      const volume = cloud.volumes[row.volume];
      if (volume === undefined) return 'not_found';
      row.status = 'attaching';
      volume.status = 'attaching';
      volume.attach_status = 'attaching';
      if (cloud.switches.attach_end === 'at_update') notify(cloud, self.volume, 'attach.end');
      self.reply = answered(self.info);
      self.info = null;
      return 'done';
    },
    // The handler of a driver that is not initialised, after all its work.
    driver_not_initialized(cloud, self) {
      const row = cloud.attachments[self.attachment];
      if (row !== undefined) row.status = 'error_attaching';
      return 'create_export_failed';
    },
    // The handler of a driver error. It removes the export even if other attachments use it (D24).
    initialize_connection_failed(cloud, self) {
      removeExport(cloud, self.volume);
    },
    create_export_failed(_cloud, self) {
      self.info = null;
      self.reply = { outcome: 'server_error' };
      return 'done';
    },
    // Another request deleted the row meanwhile. Export and mapping stay.
    not_found(_cloud, self) {
      self.info = null;
      self.reply = { outcome: 'not_found' };
      return 'done';
    },
  },
});

/** The reply of an update that went well. */
const answered = (info: ConnectionInfo | null): Reply =>
  info === null ? { outcome: 'ok' } : { outcome: 'ok', connection_info: info };

interface Updating extends Caller, Callee {
  readonly attachment: string;
  readonly host: string;
  readonly node: string;
  volume: string;
  info: ConnectionInfo | null;
}

const { rpc } = calls<Updating>();

/**
 * Gives an attachment its connector: the volume is exported and mapped to the host, row and volume
 * become `attaching`. Answers with connection_info. `node` is the one whose cinder-api serves the
 * request.
 * Source: cinder:cinder/volume/api.py@attachment_update (docs/openstack.md 5.2, u1 to u5).
 */
export const attachmentUpdate = model.flow({
  name: 'c-api.attachment_update',
  vars: (attachment: string, host: string, node: string): Updating => ({
    attachment,
    host,
    node,
    volume: '',
    info: null,
    ...calling(),
    ...answering(),
  }),
  steps: {
    load_attachment(cloud, self) {
      const row = cloud.attachments[self.attachment];
      if (row === undefined) {
        self.reply = { outcome: 'not_found' };
        return 'done';
      }
      self.volume = row.volume;
    },
    lock_attachment_update: {
      when: (cloud, self) =>
        cloud.switches.L7 === 'none' || free(cloud, updateLock(self.volume, self.host, self.node)),
      do: (cloud, self) => {
        if (cloud.switches.L7 === 'none') return;
        take(cloud, updateLock(self.volume, self.host, self.node), self.pid);
      },
    },
    check_attachments(cloud, self) {
      const volume = cloud.volumes[self.volume];
      const rows = rowsOf(cloud.attachments, self.volume);
      if (volume === undefined) return 'conflict';
      const checks = cloud.switches.error_check === 'create_and_update';
      if (checks && volume.status.includes('error')) return 'conflict';
      const checked = cloud.switches.duplicate_check === 'connected' && !volume.multiattach;
      // The rule reads "any row is connected", the row of this request included.
      const connected = rows.some(([, row]) => row.connection_info !== null);
      if (checked && rows.length > 1 && connected) return 'conflict';
    },
    ...rpc('volume_rpc', {
      to: (_cloud, self) => volumeAttachmentUpdate.start(self.attachment, self.host),
      ok: (_cloud, self, reply) => {
        self.info = reply.connection_info ?? null;
      },
      otherwise: 'server_error',
    }),
    save_connection_info(cloud, self) {
      const row = cloud.attachments[self.attachment];
      if (row === undefined) return 'server_error';
      row.connection_info = self.info;
      self.reply = answered(self.info);
      self.info = null;
      return 'unlock_attachment_update';
    },
    conflict(_cloud, self) {
      self.reply = { outcome: 'conflict' };
      return 'unlock_attachment_update';
    },
    server_error(_cloud, self) {
      self.info = null;
      self.reply = { outcome: 'server_error' };
    },
    unlock_attachment_update(cloud, self) {
      release(cloud, updateLock(self.volume, self.host, self.node), self.pid);
      return 'done';
    },
  },
});
