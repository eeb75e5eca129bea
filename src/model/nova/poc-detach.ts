import { type Connecting, known, logOut, removeDevice } from '../brick/connect-volume.ts';
import { type Caller, calling, calls, send } from '../calls/calls.ts';
import { attachmentDelete } from '../cinder/attachment-delete.ts';
import { countSharing } from '../cinder/poc.ts';
import { beginDetaching } from '../cinder/volume-actions.ts';
import { lunPath } from '../world/backend.ts';
import { cloud as model } from '../world/cloud.ts';
import { brickLock, free, guardLock, release, take } from '../world/locks.ts';
import { isUp } from '../world/services.ts';
import { guardConnection } from './guard-connection.ts';
import { bdmOf, diskOf, takeDisk } from './lookup.ts';

interface Detaching extends Connecting, Caller {
  readonly server: string;
  readonly volume: string;
  attachment: string;
  /** How many attachments shared the connection when Cinder was asked. */
  sharing: number;
}

const compute = calls<Detaching>();

/**
 * A detach of the proofs of concept in nova-compute: asks Cinder how many attachments share the
 * connection. When it is the only one it ends the connection, whichever volumes use it by then;
 * otherwise it removes its own device. Simplified: both have the same flow, since the text of
 * neither is known. Source: the seed mail of 2016 (docs/openstack.md 4.1, step 6; 4.2, step 6).
 */
export const detachOnComputePoc = model.flow({
  name: 'n-cpu.poc_detach',
  vars: (server: string, volume: string, host: string): Detaching => ({
    server,
    volume,
    host,
    attachment: '',
    connection: null,
    sharing: 0,
    ...calling(),
  }),
  steps: {
    get_bdm: {
      when: (cloud, self) => isUp(cloud, self.host),
      do: (cloud, self) => {
        const [, bdm] = bdmOf(cloud.bdms, self.server, self.volume) ?? [];
        if (bdm === undefined || bdm.connection_info === null) return 'done';
        self.attachment = bdm.attachment_id ?? '';
        self.connection = bdm.connection_info;
      },
    },
    guard_connection: guardConnection('detach'),
    driver_detach(cloud, self) {
      takeDisk(cloud, self.host, diskOf(self.server, self.volume));
    },
    ...compute.rest('get_attachment', {
      to: (_cloud, self) => countSharing.start(self.attachment),
      ok: (_cloud, self, reply) => {
        self.sharing = reply.sharing ?? 0;
      },
      otherwise: 'unlock',
    }),
    lock_disconnect_volume: {
      when: (cloud, self) => free(cloud, brickLock(cloud.switches, self.host, 'n-cpu')),
      do: (cloud, self) => {
        take(cloud, brickLock(cloud.switches, self.host, 'n-cpu'), self.pid);
      },
    },
    disconnect_volume(cloud, self, _pick, processes) {
      const { host, target, lun } = known(self);
      const device = lunPath(host, target, lun);
      if (self.sharing <= 1) logOut(cloud, host, target, self.pid, processes);
      else removeDevice(cloud, device, self.pid, processes);
      self.sharing = 0;
      release(cloud, brickLock(cloud.switches, self.host, 'n-cpu'), self.pid);
    },
    ...compute.rest('attachment_delete', {
      to: (_cloud, self) => attachmentDelete.start(self.attachment, 'service'),
      otherwise: 'unlock',
    }),
    destroy_bdm(cloud, self) {
      const [id] = bdmOf(cloud.bdms, self.server, self.volume) ?? [];
      if (id !== undefined) delete cloud.bdms[id];
    },
    unlock(cloud, self) {
      self.connection = null;
      release(cloud, guardLock(self.host), self.pid);
      return 'done';
    },
  },
});

interface Asking extends Caller {
  readonly server: string;
  readonly volume: string;
  readonly host: string;
}

const { rest } = calls<Asking>();

/** A detach of the proofs of concept in nova-api. Source: the seed mail of 2016. */
export const detachVolumePoc = model.flow({
  name: 'n-api.poc_detach',
  vars: (server: string, volume: string, host: string): Asking => ({
    server,
    volume,
    host,
    ...calling(),
  }),
  steps: {
    ...rest('begin_detaching', {
      to: (_cloud, self) => beginDetaching.start(self.volume),
      otherwise: 'done',
    }),
    cast_detach_volume(_cloud, self, _pick, processes) {
      const { server, volume, host } = self;
      send(processes, self.pid, detachOnComputePoc.start(server, volume, host));
      return 'done';
    },
  },
});
