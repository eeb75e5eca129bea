import { answering, type Callee, calling, calls } from '../calls/calls.ts';
import { terminateConnectionRequest } from '../cinder/connection.ts';
import { rollDetaching } from '../cinder/volume-actions.ts';
import { cloud as model } from '../world/cloud.ts';
import { isUp } from '../world/services.ts';
import { type DisconnectingServer, disconnectFromHost } from './disconnect.ts';
import { bdmOf } from './lookup.ts';

interface Removing extends DisconnectingServer, Callee {
  /** The BDM has no attachment: nova-compute also has Cinder end the connection of this host. */
  oldStyle: boolean;
}

const remote = calls<Removing>();

/**
 * Another host, or nova-manage, has this one disconnect a volume, by the connection_info that the
 * BDM has now. For an old-style BDM it also ends the connection of this host in Cinder, if it has
 * disconnected. A BDM that is gone is no error.
 * Source: nova:nova/compute/manager.py@remove_volume_connection (docs/openstack.md 7, M14; 3.3).
 */
export const removeVolumeConnection = model.flow({
  name: 'n-cpu.remove_volume_connection',
  vars: (server: string, volume: string, host: string): Removing => ({
    server,
    volume,
    host,
    oldStyle: false,
    connection: null,
    logout: false,
    servers: null,
    ...calling(),
    ...answering(),
  }),
  steps: {
    get_bdm: {
      when: (cloud, self) => isUp(cloud, self.host),
      do: (cloud, self) => {
        const [, bdm] = bdmOf(cloud.bdms, self.server, self.volume) ?? [];
        if (bdm === undefined) {
          self.reply = { outcome: 'ok' };
          return 'done';
        }
        self.connection = bdm.connection_info;
        self.oldStyle = bdm.attachment_id === null;
        if (self.connection === null) return 'driver_detach_failed';
      },
    },
    ...disconnectFromHost({ disconnected: 'removed', failed: 'driver_detach_failed' }),
    removed(_cloud, self) {
      self.connection = null;
      if (self.oldStyle) return 'terminate_connection';
      self.reply = { outcome: 'ok' };
      return 'done';
    },
    ...remote.rest('terminate_connection', {
      to: (_cloud, self) => terminateConnectionRequest.start(self.volume, self.host),
      ok: (_cloud, self) => {
        self.oldStyle = false;
        self.reply = { outcome: 'ok' };
        return 'done';
      },
      otherwise: 'raise',
    }),
    // As in pre_live_migration (D28).
    driver_detach_failed(_cloud, self) {
      self.connection = null;
    },
    ...remote.rest('roll_detaching', {
      to: (_cloud, self) => rollDetaching.start(self.volume),
      otherwise: 'raise',
    }),
    raise(_cloud, self) {
      self.oldStyle = false;
      self.reply = { outcome: 'server_error' };
      return 'done';
    },
  },
});
