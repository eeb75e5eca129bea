import { connectVolume } from '../brick/connect-volume.ts';
import { answering, type Callee, calling, calls } from '../calls/calls.ts';
import { attachmentComplete } from '../cinder/attachment-complete.ts';
import { attachmentCreate } from '../cinder/attachment-create.ts';
import { attachmentDelete } from '../cinder/attachment-delete.ts';
import { attachmentGet } from '../cinder/attachment-get.ts';
import { initializeConnection } from '../cinder/connection.ts';
import { rollDetaching } from '../cinder/volume-actions.ts';
import { assertPresent } from '../world/assert-present.ts';
import { lunPath } from '../world/backend.ts';
import { type Cloud, type ConnectionInfo, cloud as model } from '../world/cloud.ts';
import { isUp } from '../world/services.ts';
import { type DisconnectingServer, disconnectFromHost } from './disconnect.ts';
import { bdmsOf } from './lookup.ts';
import { notFoundIsIgnored } from './not-found.ts';

interface Preparing extends DisconnectingServer, Callee {
  volume: string;
  /**
   * The BDMs as they were read, with the volume and the attachment of each, and whether it had a
   * connection_info; and the number of those that are done.
   */
  bdms: readonly {
    readonly bdm: string;
    readonly volume: string;
    readonly attachment: string | null;
    readonly isConnected: boolean;
  }[];
  next: number;
  /** The attachments that this host made, by volume. */
  made: { [volume: string]: string };
  /** The connections of this host to each volume, from the answers of Cinder. */
  connections: { [volume: string]: ConnectionInfo };
}

const { rest } = calls<Preparing>();

/**
 * The destination of a live migration prepares: for each volume a second attachment with its own
 * connector, past everything but the rule of cinder-api for further attachments; then the BDM names
 * that attachment and its connection_info; then the host connects. An old-style BDM keeps none, and
 * gets the answer of os-initialize_connection. A failure of the attachments is undone, one of what
 * follows as the release does it; one of the completes at the end is not. No instance lock, no L3.
 * Source: nova:nova/compute/manager.py@pre_live_migration (docs/openstack.md 7, M4 to M8; 3.3).
 */
export const preLiveMigration = model.flow({
  name: 'n-cpu.pre_live_migration',
  vars: (server: string, host: string): Preparing => ({
    server,
    host,
    volume: '',
    bdms: [],
    next: 0,
    made: {},
    connections: {},
    connection: null,
    logout: false,
    servers: null,
    ...calling(),
    ...answering(),
  }),
  steps: {
    get_bdms: {
      when: (cloud, self) => isUp(cloud, self.host),
      do: (cloud, self) => {
        self.bdms = bdmsOf(cloud.bdms, self.server).map(([id, bdm]) => ({
          bdm: id,
          volume: bdm.volume,
          attachment: bdm.attachment_id,
          isConnected: bdm.connection_info !== null,
        }));
      },
    },
    next_attachment(_cloud, self) {
      const entry = self.bdms[self.next];
      if (entry === undefined) return 'refresh';
      self.volume = entry.volume;
      // Only a BDM that has an attachment gets a second one.
      if (entry.attachment === null) return 'skip_attachment';
    },
    ...rest('attachment_create', {
      to: (_cloud, self) => attachmentCreate.start(self.volume, self.server, self.host),
      ok: (_cloud, self, reply) => {
        self.made[self.volume] = reply.attachment ?? '';
      },
      otherwise: 'undo_attachments',
    }),
    save_attachment_id(cloud, self) {
      const bdm = cloud.bdms[self.bdms[self.next]?.bdm ?? ''];
      // The row is gone: saving it raises.
      if (bdm === undefined) return 'undo_attachments';
      bdm.attachment_id = self.made[self.volume] ?? null;
    },
    skip_attachment(_cloud, self) {
      self.next += 1;
      return 'next_attachment';
    },
    refresh(_cloud, self) {
      self.next = 0;
    },
    next_refresh(_cloud, self) {
      const entry = self.bdms[self.next];
      if (entry === undefined) return 'connect';
      self.volume = entry.volume;
      // A BDM that had no connection_info when it was read is left as it is.
      if (!entry.isConnected) return 'skip_refresh';
      if (entry.attachment === null) return 'initialize_connection';
    },
    ...rest('attachment_get', {
      to: (_cloud, self) => attachmentGet.start(self.made[self.volume] ?? ''),
      ok: (_cloud, self, reply) => {
        self.connection = reply.connection_info ?? null;
      },
      otherwise: 'not_yet_connected',
    }),
    // Cinder knows nothing of what os-brick finds when it connects.
    save_connection_info(cloud, self) {
      const bdm = cloud.bdms[self.bdms[self.next]?.bdm ?? ''];
      if (bdm === undefined) return 'not_yet_connected';
      const info = assertPresent(self.connection, 'the answer of Cinder');
      self.connections[self.volume] = info;
      bdm.connection_info = { ...info, lacks: 'device_path' };
      self.connection = null;
    },
    skip_refresh(_cloud, self) {
      self.next += 1;
      return 'next_refresh';
    },
    // An old-style BDM: a second connection of which Cinder keeps no record.
    ...rest('initialize_connection', {
      to: (_cloud, self) => initializeConnection.start(self.volume, self.host),
      ok: (_cloud, self, reply) => {
        self.connection = reply.connection_info ?? null;
        return 'save_connection_info';
      },
      otherwise: 'not_yet_connected',
    }),
    connect(_cloud, self) {
      self.next = 0;
    },
    next_connection(_cloud, self) {
      const entry = self.bdms[self.next];
      if (entry === undefined) return 'complete';
      self.volume = entry.volume;
      self.connection = self.connections[self.volume] ?? null;
      // The driver cannot connect a volume whose connection it does not know.
      if (self.connection === null) return 'pre_failed';
    },
    ...connectVolume({ connected: 'connected', failed: 'pre_failed' }),
    // Simplified: the model saves the driver's data for each volume as it connects it, not for all
    // of them at the end. It saves all of it, whatever the BDM says by then (D10).
    connected(cloud, self) {
      const { host, target, lun } = assertPresent(self.connection, 'how the host is connected');
      self.connection = null;
      if (cloud.switches.pre_migration_saves === 'from_driver') {
        const bdm = cloud.bdms[self.bdms[self.next]?.bdm ?? ''];
        if (bdm === undefined) return 'pre_failed';
        bdm.connection_info = { host, target, lun };
      }
      self.next += 1;
      return 'next_connection';
    },
    complete(_cloud, self) {
      self.next = 0;
    },
    next_complete(_cloud, self) {
      const entry = self.bdms[self.next];
      if (entry === undefined) {
        self.reply = { outcome: 'ok', connections: self.connections };
        return 'forget';
      }
      self.next += 1;
      self.volume = entry.volume;
      if (entry.attachment === null) return 'next_complete';
    },
    ...rest('attachment_complete', {
      to: (_cloud, self) => attachmentComplete.start(self.made[self.volume] ?? ''),
      ok: () => 'next_complete',
      // The other failures have a handler, this one does not: everything that was made stays.
      otherwise: 'raise',
    }),
    // The handler of a failure before the first connect: the host has nothing to disconnect.
    not_yet_connected(cloud) {
      return cloud.switches.failed_pre_attachments === 'kept' ? 'raise' : 'undo_attachments';
    },
    // The handler of a failure of connecting.
    pre_failed(cloud, self) {
      self.connection = null;
      self.next = 0;
      const { failed_pre_attachments: attachments, failed_pre_disconnect: by } = cloud.switches;
      if (attachments === 'kept') return 'raise';
      if (by === 'by_source') return 'undo_attachments';
    },
    next_disconnect(_cloud, self) {
      const entry = self.bdms[self.next];
      if (entry === undefined) return 'undo_attachments';
      self.next += 1;
      self.volume = entry.volume;
      self.connection = self.connections[self.volume] ?? null;
      if (self.connection === null) return 'driver_detach_failed';
    },
    ...disconnectFromHost({ disconnected: 'next_disconnect', failed: 'driver_detach_failed' }),
    // driver_detach puts the volume back to in-use although no request began to detach it; and the
    // loop ends (D28).
    driver_detach_failed(_cloud, self) {
      self.connection = null;
    },
    ...rest('roll_detaching', {
      to: (_cloud, self) => rollDetaching.start(self.volume),
      otherwise: 'undo_attachments',
    }),
    undo_attachments(_cloud, self) {
      self.connection = null;
      self.next = 0;
    },
    next_undo(_cloud, self) {
      const entry = self.bdms[self.next];
      if (entry === undefined) return 'raise';
      self.volume = entry.volume;
      if (self.made[self.volume] === undefined) return 'skip_undo';
    },
    ...rest('attachment_delete', {
      to: (_cloud, self) => attachmentDelete.start(self.made[self.volume] ?? '', 'service'),
      accepts: notFoundIsIgnored,
      // The first error ends the loop.
      otherwise: 'raise',
      repeated: 'delete_repeated',
    }),
    restore_attachment_id(cloud, self) {
      const entry = assertPresent(self.bdms[self.next], 'the BDM at hand');
      const bdm = cloud.bdms[entry.bdm];
      // The row is gone: saving it raises, which ends the loop.
      if (bdm === undefined) return 'raise';
      bdm.attachment_id = entry.attachment;
    },
    skip_undo(_cloud, self) {
      self.next += 1;
      return 'next_undo';
    },
    raise(_cloud, self) {
      self.reply = { outcome: 'server_error' };
    },
    forget(_cloud, self) {
      Object.assign(self, { volume: '', bdms: [], next: 0, made: {}, connections: {} });
      return 'done';
    },
  },
});

/** The device by which a host that prepared reaches a volume, or undefined when it has none. */
export function preparedDevice(cloud: Cloud, info: ConnectionInfo): string | undefined {
  const path = lunPath(info.host, info.target, info.lun);
  return cloud.devices[path] === undefined ? undefined : path;
}
