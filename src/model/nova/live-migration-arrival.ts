import { answering, type Callee, type Caller, calling, calls } from '../calls/calls.ts';
import { deleteBinding, isBound, portOf } from '../neutron/port-binding.ts';
import { cloud as model } from '../world/cloud.ts';
import { isUp } from '../world/services.ts';

interface Arriving extends Caller, Callee {
  readonly server: string;
  readonly host: string;
  /** The host from which the guest came. */
  source: string;
}

/**
 * The destination takes the server over: from here on it is the host of the server. It saves that
 * only if no other request has changed the task state; otherwise the row goes on to name the
 * source. Then it deletes the binding of the port to the source, an error of which is logged.
 * Source: nova:nova/compute/manager.py@post_live_migration_at_destination
 * (docs/openstack.md 7, M13).
 */
export const postLiveMigrationAtDestination = model.flow({
  name: 'n-cpu.post_live_migration_at_destination',
  vars: (server: string, host: string): Arriving => ({
    server,
    host,
    source: '',
    ...calling(),
    ...answering(),
  }),
  steps: {
    save_instance: {
      when: (cloud, self) => isUp(cloud, self.host),
      do: (cloud, self) => {
        const instance = cloud.instances[self.server];
        if (instance?.task_state !== 'migrating') {
          self.reply = { outcome: 'server_error' };
          return 'done';
        }
        self.source = instance.host ?? '';
        instance.host = self.host;
        instance.task_state = null;
        if (!isBound(cloud, self.server, self.source)) return 'arrived';
      },
    },
    ...calls<Arriving>().rest('delete_source_binding', {
      to: (cloud, self) => deleteBinding.start(portOf(cloud, self.server) ?? '', self.source),
      otherwise: 'arrived',
    }),
    arrived(_cloud, self) {
      self.source = '';
      self.reply = { outcome: 'ok' };
      return 'done';
    },
  },
});
