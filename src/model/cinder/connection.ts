import { answering, type Callee, type Caller, calling, calls, nothing } from '../calls/calls.ts';
import { mapVolume } from '../world/backend.ts';
import { type ConnectionInfo, cloud as model } from '../world/cloud.ts';
import { createExport, removeExport, sharing, terminateConnection } from './driver.ts';
import { unreserveVolume } from './volume-actions.ts';

/**
 * The c-vol part of os-initialize_connection: exports the volume and maps it to the host. No lock,
 * and no row: Cinder does not remember the connection.
 * Source: cinder:cinder/volume/manager.py@initialize_connection (docs/openstack.md 3.1, LA7).
 */
export const volumeInitializeConnection = model.flow({
  name: 'c-vol.initialize_connection',
  vars: (volume: string, host: string) => ({
    volume,
    host,
    info: nothing<ConnectionInfo>(),
    ...answering(),
  }),
  steps: {
    create_export(cloud, self) {
      createExport(cloud, self.volume);
    },
    initialize_connection(cloud, self) {
      if (cloud.volumes[self.volume] === undefined) return 'server_error';
      self.reply = { outcome: 'ok', connection_info: mapVolume(cloud, self.host, self.volume) };
      return 'done';
    },
    // The handler of a driver error.
    initialize_connection_failed(cloud, self) {
      removeExport(cloud, self.volume);
    },
    server_error(_cloud, self) {
      self.reply = { outcome: 'server_error' };
      return 'done';
    },
  },
});

interface Terminating extends Callee {
  readonly volume: string;
  /** null: every host. */
  readonly host: string | null;
  keepMapping: boolean;
}

/**
 * The c-vol part of os-terminate_connection: the driver ends the connection, by the count that it
 * makes. Source: cinder:cinder/volume/manager.py@terminate_connection (docs/openstack.md 3.2, LD5).
 */
export const volumeTerminateConnection = model.flow({
  name: 'c-vol.terminate_connection',
  vars: (volume: string, host: string | null): Terminating => ({
    volume,
    host,
    keepMapping: false,
    ...answering(),
  }),
  steps: {
    count_connections(cloud, self) {
      if (cloud.volumes[self.volume] === undefined) return 'terminate_connection_failed';
      // Without a connector Cinder unmaps the volume from every host, even if other servers use it.
      self.keepMapping = self.host !== null && sharing(cloud, self.volume, self.host).mapping;
    },
    // By the copy of the row that it read before.
    terminate_connection(cloud, self) {
      if (!self.keepMapping) terminateConnection(cloud, self.volume, self.host);
      self.keepMapping = false;
      self.reply = { outcome: 'ok' };
      return 'done';
    },
    // The handler of a driver error: nothing has changed.
    terminate_connection_failed(_cloud, self) {
      self.keepMapping = false;
      self.reply = { outcome: 'server_error' };
      return 'done';
    },
  },
});

interface Connecting extends Caller, Callee {
  readonly volume: string;
  readonly host: string;
}

const connecting = (volume: string, host: string): Connecting => ({
  volume,
  host,
  ...calling(),
  ...answering(),
});

const { rpc } = calls<Connecting>();

/**
 * os-initialize_connection: answers with connection_info.
 * Source: cinder:cinder/volume/api.py@initialize_connection.
 */
export const initializeConnection = model.flow({
  name: 'c-api.initialize_connection',
  vars: connecting,
  steps: rpc('volume_rpc', {
    to: (_cloud, self) => volumeInitializeConnection.start(self.volume, self.host),
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

/**
 * os-terminate_connection. It ends with unreserve, which does nothing unless the volume is
 * `attaching`.
 * Source: cinder:cinder/volume/api.py@terminate_connection.
 */
export const terminateConnectionRequest = model.flow({
  name: 'c-api.terminate_connection',
  vars: connecting,
  steps: {
    ...rpc('volume_rpc', {
      to: (_cloud, self) => volumeTerminateConnection.start(self.volume, self.host),
      otherwise: (_cloud, self) => {
        self.reply = { outcome: 'server_error' };
        return 'done';
      },
    }),
    unreserve(cloud, self) {
      unreserveVolume(cloud, self.volume);
      self.reply = { outcome: 'ok' };
      return 'done';
    },
  },
});
