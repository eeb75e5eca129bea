import { type Me, operationOf, send } from '../calls/calls.ts';
import { freeId } from '../cinder/attachment-create.ts';
import { assertPresent } from '../world/assert-present.ts';
import { type Cloud, cloud as model } from '../world/cloud.ts';
import { isUp } from '../world/services.ts';
import { admits } from './admission.ts';
import { attachAgain } from './attach-again.ts';
import { orByForce } from './force.ts';
import { wasStopped } from './lookup.ts';
import {
  disconnectAll,
  failMove,
  forgetMove,
  type Moving,
  moving,
  reserveAgain,
  setStatus,
} from './moving.ts';
import { setStopped, stopAgain } from './stop.ts';

interface Resizing extends Moving {
  readonly migration: string;
}

interface Leaving extends Resizing {
  /** The host to which it goes. */
  readonly dest: string;
}

const arriving = (server: string, host: string, migration: string): Resizing => ({
  ...moving(server, host),
  migration,
});

const leaving = (server: string, host: string, dest: string, migration: string): Leaving => ({
  ...arriving(server, host, migration),
  dest,
});

/** A move that cannot go on is in error, and so is its server. */
function failResize(cloud: Cloud, self: Me<Resizing>, reverts: 'reverts' | 'keeps'): 'done' {
  failMove(cloud, self.server, reverts);
  setStatus(cloud, self.migration, 'error');
  forgetMove(self);
  return 'done';
}

/** The handler of a failed step of a resize, and of a save whose task state has changed. */
const failing = {
  failed: (cloud: Cloud, self: Me<Resizing>) => failResize(cloud, self, 'reverts'),
  overtaken: (cloud: Cloud, self: Me<Resizing>) => failResize(cloud, self, 'keeps'),
};

const isStill = (
  cloud: Cloud,
  self: Me<Resizing>,
  task: 'resize_finishing' | 'resize_reverting',
): boolean => cloud.instances[self.server]?.task_state === task;

/**
 * The source of a cold migration or resize: the guest ends, the volumes leave the host, and each is
 * reserved by a second attachment when the first is deleted. Then the server belongs to the
 * destination. No instance lock.
 * Simplified: prep_resize on the destination only claims resources.
 * Source: nova:nova/compute/manager.py@resize_instance, @_resize_instance (docs/openstack.md 8.1).
 */
export const resizeInstance = model.flow({
  name: 'n-cpu.resize_instance',
  vars: leaving,
  steps: {
    resize_instance: {
      when: (cloud, self) => isUp(cloud, self.host),
      do: (cloud, self) => {
        const instance = cloud.instances[self.server];
        if (instance?.task_state !== 'resizing') return 'resize_overtaken';
        instance.task_state = 'resize_migrating';
        if (instance.vm_state === 'stopped') instance.old_vm_state = 'stopped';
      },
    },
    ...disconnectAll({ disconnected: 'next_reservation', failed: 'resize_failed' }),
    ...reserveAgain({ reserved: 'save_host', failed: 'resize_failed' }),
    // Saved only if no other request has changed the task state of the server: to delete it, say.
    save_host(cloud, self, _pick, processes) {
      const instance = cloud.instances[self.server];
      if (instance?.task_state !== 'resize_migrating') return 'resize_overtaken';
      instance.host = self.dest;
      instance.task_state = 'resize_finishing';
      send(processes, self.pid, finishResize.start(self.server, self.dest, self.migration));
      forgetMove(self);
      return 'done';
    },
    resize_failed: failing.failed,
    resize_overtaken: failing.overtaken,
  },
});

/**
 * The destination: the attachments get its connector, the host connects, the guest starts, Cinder
 * is told. The server waits to be confirmed. The first save and the last look whether another
 * request has changed the task state.
 * Source: nova:nova/compute/manager.py@finish_resize, @_finish_resize (docs/openstack.md 8.1).
 */
export const finishResize = model.flow({
  name: 'n-cpu.finish_resize',
  vars: arriving,
  steps: {
    save_resize_finish: {
      when: (cloud, self) => isUp(cloud, self.host),
      do: (cloud, self) => {
        if (!isStill(cloud, self, 'resize_finishing')) return 'finish_overtaken';
      },
    },
    ...attachAgain({ attached: 'resized', failed: 'finish_failed' }),
    // A server that was stopped is resized all the same, and its guest stays off.
    resized(cloud, self) {
      const instance = cloud.instances[self.server];
      if (instance?.task_state !== 'resize_finishing') return 'finish_overtaken';
      setStatus(cloud, self.migration, 'finished');
      instance.vm_state = 'resized';
      instance.task_state = null;
      forgetMove(self);
      return 'done';
    },
    finish_failed: failing.failed,
    finish_overtaken: failing.overtaken,
  },
});

/**
 * A resize is taken back on the destination: what the source did, the other way round. The row
 * names the destination until the source has it.
 * Source: nova:nova/compute/manager.py@revert_resize (docs/openstack.md 8.2).
 */
export const revertResizeOnDestination = model.flow({
  name: 'n-cpu.revert_resize',
  vars: leaving,
  steps: {
    ...disconnectAll({ disconnected: 'next_reservation', failed: 'next_disconnect' }),
    ...orByForce,
    ...reserveAgain({ reserved: 'cast_finish_revert', failed: 'revert_failed' }),
    cast_finish_revert(_cloud, self, _pick, processes) {
      send(processes, self.pid, finishRevertResize.start(self.server, self.dest, self.migration));
      forgetMove(self);
      return 'done';
    },
    revert_failed: failing.failed,
  },
});

/**
 * The source of a resize that was taken back gets its server again. Its first save looks at the
 * task state since nova 21; so does the one behind the start of the guest, on every release, and
 * the last does not.
 * Source: nova:nova/compute/manager.py@finish_revert_resize, @_finish_revert_resize,
 * @_revert_instance_flavor_host_node (docs/openstack.md 8.2).
 */
export const finishRevertResize = model.flow({
  name: 'n-cpu.finish_revert_resize',
  vars: arriving,
  steps: {
    save_host: {
      when: (cloud, self) => isUp(cloud, self.host),
      do: (cloud, self) => {
        const instance = cloud.instances[self.server];
        const looks = cloud.switches.revert_host === 'expected';
        if (looks && !isStill(cloud, self, 'resize_reverting')) return 'finish_overtaken';
        // The row is gone: saving it raises.
        if (instance === undefined) return 'finish_failed';
        instance.host = self.host;
      },
    },
    ...attachAgain({
      attached: 'reverted',
      failed: 'finish_failed',
      started: 'save_launched_at',
    }),
    save_launched_at(cloud, self) {
      return isStill(cloud, self, 'resize_reverting') ? 'next_complete' : 'finish_overtaken';
    },
    // One that was stopped is stopped again; its guest was not started.
    reverted(cloud, self) {
      const instance = cloud.instances[self.server];
      if (wasStopped(instance)) return 'save_powering_off';
      if (instance !== undefined) {
        instance.vm_state = 'active';
        instance.task_state = null;
      }
      forgetMove(self);
      return 'done';
    },
    ...stopAgain({ stopped: 'stopped' }),
    stopped(_cloud, self) {
      forgetMove(self);
      return 'done';
    },
    finish_failed: failing.failed,
    finish_overtaken: failing.overtaken,
  },
});

/**
 * A user moves or resizes a server; it goes to another host, and not to the one on which it is.
 * Since nova 21 its own host must be up (bug 1856925).
 * Source: nova:nova/compute/api.py@resize, @check_instance_host;
 * nova:nova/scheduler/filters/compute_filter.py@ComputeFilter (docs/openstack.md 1.7).
 */
export const resizeServer = model.flow({
  name: 'n-api.resize_server',
  vars: (server: string, dest: string) => ({ server, dest }),
  steps: {
    resize(cloud, self, _pick, processes) {
      const { server, dest } = self;
      const instance = cloud.instances[server];
      if (instance === undefined || instance.host === null || instance.host === dest) return 'done';
      if (!admits(cloud, 'resize', instance)) return 'done';
      const needsSource = cloud.switches.resize_needs_host === 'up';
      if (needsSource && !isUp(cloud, instance.host)) return 'done';
      // The scheduler offers no host that is down, and nova-conductor takes the task state back.
      if (!isUp(cloud, dest)) return 'done';
      instance.task_state = 'resizing';
      const id = freeId(cloud.migrations, `migration-${operationOf(self.pid)}`);
      cloud.migrations[id] = {
        type: 'resize',
        instance: server,
        source: instance.host,
        dest,
        status: 'accepted',
        abort: false,
      };
      send(processes, self.pid, resizeInstance.start(server, instance.host, dest, id));
      return 'done';
    },
  },
});

/**
 * A user reverts a resize, or confirms it, which does nothing to the attachments. Source:
 * nova:nova/compute/api.py@revert_resize, @confirm_resize (docs/openstack.md 8.2).
 */
export const endResize = model.flow({
  name: 'n-api.end_resize',
  vars: (server: string, how: 'revert' | 'confirm') => ({ server, how }),
  steps: {
    end_resize(cloud, self, _pick, processes) {
      const instance = cloud.instances[self.server];
      if (instance === undefined || !admits(cloud, 'end_resize', instance)) return 'done';
      // Nova saves its status together with that of the server.
      const [id, migration] = assertPresent(
        finishedResize(cloud, self.server),
        'the finished resize',
      );
      if (self.how === 'confirm') {
        migration.status = 'confirmed';
        if (wasStopped(instance)) setStopped(cloud, self.server);
        else instance.vm_state = 'active';
        return 'done';
      }
      migration.status = 'reverting';
      instance.task_state = 'resize_reverting';
      const { source, dest } = migration;
      send(processes, self.pid, revertResizeOnDestination.start(self.server, dest, source, id));
      return 'done';
    },
  },
});

/** The resize of a server that waits for its user to confirm or revert it, with its id. */
const finishedResize = ({ migrations }: Cloud, server: string) =>
  Object.entries(migrations).find(
    ([, { type, instance, status }]) =>
      type === 'resize' && instance === server && status === 'finished',
  );
