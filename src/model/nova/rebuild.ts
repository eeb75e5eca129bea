import { lunPath } from '../backend.ts';
import { connectVolume, known } from '../brick/connect-volume.ts';
import { calling, calls, send } from '../calls.ts';
import { attachmentComplete } from '../cinder/attachment-complete.ts';
import { attachmentCreate } from '../cinder/attachment-create.ts';
import { attachmentDelete } from '../cinder/attachment-delete.ts';
import { attachmentUpdate } from '../cinder/attachment-update.ts';
import { reimage, reimagedEvent, volumeReimage } from '../cinder/reimage.ts';
import { cloud as model } from '../cloud.ts';
import { free, guardApplies, guardLock, release, take } from '../locks.ts';
import { isInFlight, isUp } from '../services.ts';
import { type DisconnectingServer, disconnectFromHost } from './disconnect.ts';
import { orByForce } from './force.ts';
import { bdmOf, diskOf } from './lookup.ts';

interface Rebuilding extends DisconnectingServer {
  bdm: string;
  /** The attachment to be deleted, then the one that takes its place. */
  attachment: string;
  reserved: string;
}

const { rest } = calls<Rebuilding>();

/**
 * nova-compute rebuilds a server that boots from a volume with another image: a second attachment keeps the volume
 * reserved while the first is deleted and Cinder writes the image; then the volume is attached as at boot. No instance lock.
 * Source: nova:nova/compute/manager.py@rebuild_instance, @_rebuild_volume_backed_instance (DOMAIN.md 8.4).
 */
export const rebuildInstance = model.flow({
  name: 'n-cpu.rebuild_instance',
  vars: (server: string, volume: string, host: string): Rebuilding => ({
    server,
    volume,
    host,
    bdm: '',
    attachment: '',
    reserved: '',
    connection: null,
    logout: false,
    servers: null,
    ...calling(),
  }),
  steps: {
    get_root_bdm: {
      when: (cloud, self) => isUp(cloud, self.host),
      do: (cloud, self) => {
        const found = bdmOf(cloud.bdms, self.server, self.volume);
        if (found === undefined) return 'rebuild_failed';
        const [id, bdm] = found;
        self.bdm = id;
        self.attachment = bdm.attachment_id ?? '';
        self.connection = bdm.connection_info;
      },
    },
    ...rest('attachment_create', {
      to: (_cloud, self) => attachmentCreate.start(self.volume, self.server, null),
      ok: (_cloud, self, reply) => {
        self.reserved = reply.attachment ?? '';
      },
      otherwise: 'rebuild_failed',
    }),
    destroy_guest(cloud, self) {
      delete cloud.disks[diskOf(self.server, self.volume)];
      if (self.connection === null) return 'attachment_delete';
    },
    ...disconnectFromHost({ disconnected: 'attachment_delete', failed: 'attachment_delete' }),
    ...orByForce,
    ...rest('attachment_delete', {
      to: (_cloud, self) => attachmentDelete.start(self.attachment, 'service'),
      otherwise: 'rebuild_failed',
      repeated: true,
    }),
    save_attachment_id(cloud, self) {
      const bdm = cloud.bdms[self.bdm];
      self.connection = null;
      self.attachment = '';
      if (bdm === undefined) return 'rebuild_failed';
      bdm.attachment_id = self.reserved;
      bdm.connection_info = null;
    },
    ...rest('reimage', {
      to: (_cloud, self) => reimage.start(self.volume),
      otherwise: 'rebuild_failed',
    }),
    // The event may never come; Nova waits for a time that depends on the size of the volume.
    wait_for_instance_event: {
      when: (cloud, self, processes) =>
        cloud.events[reimagedEvent(self.volume)] === true ||
        !isInFlight(processes, volumeReimage.name),
      do: (cloud, self) => {
        if (cloud.events[reimagedEvent(self.volume)] !== true) return 'rebuild_failed';
        delete cloud.events[reimagedEvent(self.volume)];
      },
    },
    guard_connection: {
      when: (cloud, self) =>
        !guardApplies(cloud.switches, 'attach') || free(cloud, guardLock(self.host)),
      do: (cloud, self) => {
        if (guardApplies(cloud.switches, 'attach')) take(cloud, guardLock(self.host), self.pid);
      },
    },
    ...rest('attachment_update', {
      to: (_cloud, self) => attachmentUpdate.start(self.reserved, self.host, 'controller'),
      ok: (_cloud, self, reply) => {
        self.connection = reply.connection_info ?? null;
      },
      otherwise: 'rebuild_failed',
      repeated: true,
    }),
    save_connection_info(cloud, self) {
      const bdm = cloud.bdms[self.bdm];
      if (bdm === undefined) return 'rebuild_failed';
      bdm.connection_info = self.connection;
    },
    ...rest('attachment_complete', {
      to: (_cloud, self) => attachmentComplete.start(self.reserved),
      otherwise: 'rebuild_failed',
    }),
    leave_guard(cloud, self) {
      release(cloud, guardLock(self.host), self.pid);
    },
    ...connectVolume({ connected: 'spawn', failed: 'rebuild_failed' }),
    spawn(cloud, self) {
      const { host, target, lun } = known(self);
      const instance = cloud.instances[self.server];
      if (instance === undefined) return 'end';
      cloud.disks[diskOf(self.server, self.volume)] = lunPath(host, target, lun);
      instance.task_state = null;
      return 'end';
    },
    rebuild_failed(cloud, self) {
      const instance = cloud.instances[self.server];
      if (instance === undefined) return;
      instance.vm_state = 'error';
      instance.task_state = null;
    },
    end(cloud, self) {
      release(cloud, guardLock(self.host), self.pid);
      Object.assign(self, { bdm: '', attachment: '', reserved: '', connection: null });
      return 'done';
    },
  },
});

/**
 * A user rebuilds a server that boots from `volume` with another image.
 * Simplified: nova-conductor only passes the request on.
 * Source: nova:nova/compute/api.py@rebuild.
 */
export const rebuildServer = model.flow({
  name: 'n-api.rebuild_server',
  vars: (server: string, volume: string) => ({ server, volume }),
  steps: {
    rebuild(cloud, self, _pick, processes) {
      const { server, volume } = self;
      const instance = cloud.instances[server];
      if (instance === undefined || instance.host === null) return 'done';
      if (instance.vm_state !== 'active' || instance.task_state !== null) return 'done';
      if (cloud.switches.rebuild_from_volume === 'refused') return 'done';
      instance.task_state = 'rebuilding';
      send(processes, self.pid, rebuildInstance.start(server, volume, instance.host));
      return 'done';
    },
  },
});
