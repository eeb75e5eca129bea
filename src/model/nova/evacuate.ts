import { operationOf, send } from '../calls/calls.ts';
import { freeId } from '../cinder/attachment-create.ts';
import { cloud as model } from '../world/cloud.ts';
import { isUp } from '../world/services.ts';
import { admits } from './admission.ts';
import { attachAsAtBoot } from './attach-as-at-boot.ts';
import { orByForce } from './force.ts';
import { initInstances } from './init-instance.ts';
import {
  disconnectAll,
  failMove,
  forgetMove,
  type Moving,
  moving,
  readBdms,
  reserveAgain,
  setStatus,
} from './moving.ts';
import { stopAgain } from './stop.ts';

interface Evacuating extends Moving {
  readonly migration: string;
  /** The server was stopped when it began, and will be again. */
  wasStopped: boolean;
}

/**
 * The destination of an evacuation: each volume is reserved by a second attachment and the first
 * deleted, which unmaps it from the host that is given up; the host itself is not asked. Then the
 * volumes are attached as at boot. No instance lock. When another request has taken the server out
 * of `rebuilding` meanwhile the evacuation ends, without an error.
 * Source: nova:nova/compute/manager.py@rebuild_instance, @_do_rebuild_instance
 * (docs/openstack.md 8.3).
 */
export const rebuildEvacuated = model.flow({
  name: 'n-cpu.rebuild_evacuated',
  vars: (server: string, host: string, migration: string): Evacuating => ({
    ...moving(server, host),
    migration,
    wasStopped: false,
  }),
  steps: {
    rebuild_claim: {
      when: (cloud, self) => isUp(cloud, self.host),
      do: (cloud, self) => {
        setStatus(cloud, self.migration, 'pre-migrating');
        const instance = cloud.instances[self.server];
        if (instance?.task_state !== 'rebuilding') return 'rebuild_overtaken';
        self.wasStopped = instance.vm_state === 'stopped';
      },
    },
    detach_block_devices(cloud, self) {
      readBdms(cloud, self);
    },
    ...reserveAgain({ reserved: 'save_task_state', failed: 'rebuild_failed' }),
    save_task_state(cloud, self) {
      if (cloud.instances[self.server]?.task_state !== 'rebuilding') return 'rebuild_overtaken';
    },
    ...attachAsAtBoot({
      attached: 'rebuilt',
      failed: 'rebuild_failed',
      unstarted: 'rebuild_failed',
    }),
    // nova-compute saves this first; until the next step the server is free, and on its old host.
    rebuilt(cloud, self) {
      const instance = cloud.instances[self.server];
      if (instance?.task_state !== 'rebuilding') return 'rebuild_overtaken';
      instance.vm_state = 'active';
      instance.task_state = null;
      if (!self.wasStopped) return 'finish_evacuation';
    },
    ...stopAgain({ stopped: 'finish_evacuation' }),
    finish_evacuation(cloud, self) {
      const instance = cloud.instances[self.server];
      // The row is gone: saving it raises, and the record stays as it is.
      if (instance === undefined) {
        forgetMove(self);
        return 'done';
      }
      instance.host = self.host;
      setStatus(cloud, self.migration, 'done');
      self.wasStopped = false;
      forgetMove(self);
      return 'done';
    },
    rebuild_failed(cloud, self) {
      failMove(cloud, self.server, 'reverts');
    },
    // The steps done so far are not undone.
    rebuild_overtaken(cloud, self) {
      setStatus(cloud, self.migration, 'failed');
      self.wasStopped = false;
      forgetMove(self);
      return 'done';
    },
  },
});

/**
 * An operator evacuates a server from a dead host, since nova 26 in any task state. Nova refuses
 * while the nova-compute of that host is up. Source: nova:nova/compute/api.py@evacuate
 * (docs/openstack.md 8.3; bug 1978983).
 */
export const evacuate = model.flow({
  name: 'n-api.evacuate',
  vars: (server: string, dest: string) => ({ server, dest }),
  steps: {
    evacuate(cloud, self, _pick, processes) {
      const { server, dest } = self;
      const instance = cloud.instances[server];
      if (instance === undefined || instance.host === null || instance.host === dest) return 'done';
      if (!admits(cloud, 'evacuate', instance)) return 'done';
      if (isUp(cloud, instance.host)) return 'done';
      instance.task_state = 'rebuilding';
      const id = freeId(cloud.migrations, `migration-${operationOf(self.pid)}`);
      cloud.migrations[id] = {
        type: 'evacuation',
        instance: server,
        source: instance.host,
        dest,
        status: 'accepted',
        abort: false,
      };
      send(processes, self.pid, rebuildEvacuated.start(server, dest, id));
      return 'done';
    },
  },
});

interface Starting extends Moving {
  server: string;
  /** The evacuations from this host that are done. */
  evacuations: readonly string[];
}

/**
 * nova-compute starts: it destroys the guests of servers that were evacuated while it was down, by
 * force and by the connection_info that the BDMs have now; then it looks after the servers that are
 * still its own.
 * Source: nova:nova/compute/manager.py@init_host, @_destroy_evacuated_instances
 * (docs/openstack.md 8.3; bug 1764883).
 */
export const initHost = model.flow({
  name: 'n-cpu.init_host',
  vars: (host: string): Starting => ({ ...moving('', host), evacuations: [] }),
  steps: {
    get_evacuations: {
      when: (cloud, self) => isUp(cloud, self.host),
      do: (cloud, self) => {
        const records = cloud.switches.evacuation_records;
        const counted =
          records === 'all' ? ['accepted', 'pre-migrating', 'done'] : ['accepted', 'done'];
        const found = Object.entries(cloud.migrations).find(
          ([, { type, source, status }]) =>
            type === 'evacuation' && source === self.host && counted.includes(status),
        );
        self.evacuations = found === undefined ? [] : [found[0]];
        self.server = found?.[1].instance ?? '';
        if (found === undefined) return 'init_instances';
      },
    },
    ...disconnectAll({ disconnected: 'init_instances', failed: 'next_disconnect' }),
    ...orByForce,
    init_instances(cloud, self, _pick, processes) {
      initInstances(cloud, self.host, processes, self.server);
      self.server = '';
      self.evacuations = [];
      forgetMove(self);
      return 'done';
    },
  },
});

/** An operator who has asked to evacuate a host starts its nova-compute again. */
export const restartCompute = model.flow({
  name: 'operator.bring_back_compute',
  vars: (host: string) => ({ host }),
  steps: {
    restart_compute: {
      when: (cloud, self) =>
        Object.values(cloud.migrations).some(
          ({ type, source }) => type === 'evacuation' && source === self.host,
        ),
      do: (cloud, self, _pick, processes) => {
        delete cloud.down[self.host];
        send(processes, self.pid, initHost.start(self.host));
        return 'done';
      },
    },
  },
});
