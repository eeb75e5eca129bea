import { calling, calls, type Me, send } from '../calls/calls.ts';
import { reimage, reimagedEvent, volumeReimage } from '../cinder/reimage.ts';
import { lunPath } from '../world/backend.ts';
import { type Cloud, cloud as model } from '../world/cloud.ts';
import { guardLock, release } from '../world/locks.ts';
import { isInFlight, isUp } from '../world/services.ts';
import { admits } from './admission.ts';
import { diskOf, takeDisk } from './lookup.ts';
import { readBdms } from './passed-bdms.ts';
import { attachForRebuild, detachForRebuild, type Rebuilding } from './rebuild-volumes.ts';
import { stopAgain } from './stop.ts';

const { rest } = calls<Rebuilding>();

/**
 * nova-compute rebuilds a server on its host, with another image: every volume is detached and
 * attached again. If the server boots from a volume, Cinder writes the image to that one while a
 * second attachment keeps it reserved. No instance lock.
 * Source: nova:nova/compute/manager.py@rebuild_instance, @_rebuild_default_impl
 * (docs/openstack.md 8.4).
 */
export const rebuildInstance = model.flow({
  name: 'n-cpu.rebuild_instance',
  vars: (server: string, root: string, host: string): Rebuilding => ({
    server,
    root,
    host,
    volume: '',
    bdms: [],
    next: 0,
    phase: 'detach',
    reserved: '',
    wasStopped: false,
    connection: null,
    logout: false,
    servers: null,
    ...calling(),
  }),
  steps: {
    power_off: {
      when: (cloud, self) => isUp(cloud, self.host),
      do: (cloud, self) => {
        const bdms = readBdms(cloud, self.server);
        self.wasStopped = cloud.instances[self.server]?.vm_state === 'stopped';
        const isRoot = ({ volume }: { volume: string }) => volume === self.root;
        self.bdms = [...bdms.filter((bdm) => !isRoot(bdm)), ...bdms.filter(isRoot)];
        for (const { volume } of bdms) takeDisk(cloud, self.host, diskOf(self.server, volume));
        if (self.root !== '' && !bdms.some(isRoot)) return 'rebuild_failed';
      },
    },
    ...detachForRebuild({ detached: 'ask_for_reimage', failed: 'rebuild_failed' }),
    ask_for_reimage(_cloud, self) {
      if (self.root === '') return 'rebuild_block_device_mapping';
    },
    ...rest('reimage', {
      to: (_cloud, self) => reimage.start(self.root),
      otherwise: 'rebuild_failed',
    }),
    // The event may never come; Nova waits for a time that depends on the size of the volume.
    wait_for_instance_event: {
      when: (cloud, self, processes) =>
        cloud.events[reimagedEvent(self.root)] === true ||
        !isInFlight(processes, volumeReimage.name),
      do: (cloud, self) => {
        if (cloud.events[reimagedEvent(self.root)] !== true) return 'rebuild_failed';
        delete cloud.events[reimagedEvent(self.root)];
      },
    },
    // Each of the three saves checks whether another request has changed the task state, for
    // example to delete the server. Then the rebuild ends there, and its changes stay.
    rebuild_block_device_mapping(cloud, self) {
      return cloud.instances[self.server]?.task_state === 'rebuilding'
        ? 'prep_block_device'
        : 'end';
    },
    ...attachForRebuild({
      attached: 'spawn',
      failed: 'rebuild_failed',
      completed: 'rebuild_spawning',
    }),
    rebuild_spawning(cloud, self) {
      return cloud.instances[self.server]?.task_state === 'rebuilding' ? 'next_connect' : 'end';
    },
    spawn(cloud, self) {
      const disks = disksToGive(cloud, self);
      if (disks === undefined) return 'guest_failed';
      Object.assign(cloud.disks, disks);
    },
    save_active(cloud, self) {
      const instance = cloud.instances[self.server];
      if (instance?.task_state !== 'rebuilding') return 'end';
      instance.vm_state = 'active';
      instance.task_state = null;
      if (!self.wasStopped) return 'end';
    },
    ...stopAgain({ stopped: 'end' }),
    // The driver disconnects every volume that is connected by now, and the guest is off.
    guest_failed(_cloud, self) {
      self.phase = 'cleanup';
      self.next = 0;
      self.connection = null;
      return 'next_disconnect';
    },
    rebuild_failed(cloud, self) {
      const instance = cloud.instances[self.server];
      if (instance === undefined) return;
      instance.vm_state = 'error';
      instance.task_state = null;
    },
    end(cloud, self) {
      release(cloud, guardLock(self.host), self.pid);
      self.wasStopped = false;
      Object.assign(self, { volume: '', bdms: [], next: 0, reserved: '', connection: null });
      return 'done';
    },
  },
});

/**
 * The disks of the guest with the device of each; undefined when one of them is missing: a guest
 * does not start without.
 */
function disksToGive(cloud: Cloud, self: Me<Rebuilding>): Record<string, string> | undefined {
  const disks: Record<string, string> = {};
  for (const { id, volume } of self.bdms) {
    const info = cloud.bdms[id]?.connection_info ?? null;
    const device = info === null ? '' : lunPath(self.host, info.target, info.lun);
    if (cloud.devices[device] === undefined) return undefined;
    disks[diskOf(self.server, volume)] = device;
  }
  return disks;
}

/**
 * A user rebuilds a server with another image: one that boots from the volume `root`, or from an
 * image when that is ''.
 * Simplified: nova-conductor only passes the request on.
 * Source: nova:nova/compute/api.py@rebuild.
 */
export const rebuildServer = model.flow({
  name: 'n-api.rebuild_server',
  vars: (server: string, root: string) => ({ server, root }),
  steps: {
    rebuild(cloud, self, _pick, processes) {
      const { server, root } = self;
      const instance = cloud.instances[server];
      if (instance === undefined || instance.host === null) return 'done';
      if (!admits(cloud, 'rebuild', instance)) return 'done';
      if (cloud.switches.rebuild_from_volume === 'refused' && root !== '') return 'done';
      instance.task_state = 'rebuilding';
      send(processes, self.pid, rebuildInstance.start(server, root, instance.host));
      return 'done';
    },
  },
});
