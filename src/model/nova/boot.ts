import { type Caller, calling, calls, send } from '../calls/calls.ts';
import { attachmentCreate } from '../cinder/attachment-create.ts';
import { reserve } from '../cinder/volume-actions.ts';
import { cloud as model } from '../world/cloud.ts';
import { isUp } from '../world/services.ts';
import { bdmAtBoot, buildAndRunInstance } from './build.ts';
import { legacyBuildAndRunInstance } from './legacy-boot.ts';
import { putInError } from './put-in-error.ts';

/**
 * nova-conductor finds a host for a new server and hands it over. It writes a server that fits on
 * no host to cell0, in error. Source: nova:nova/conductor/manager.py@schedule_and_build_instances,
 * @_bury_in_cell0; bug 1404867.
 */
export const scheduleAndBuildInstances = model.flow({
  name: 'n-cond.schedule_and_build_instances',
  vars: (server: string, volume: string, host: string | null, alternates: readonly string[]) => ({
    server,
    volume,
    host,
    alternates,
  }),
  steps: {
    select_destinations(cloud, self, _pick, processes) {
      const { server, volume, host, alternates } = self;
      // A user deleted the request before nova-conductor looked at it.
      if (cloud.instances[server] === undefined) return 'done';
      // The scheduler offers no host that is down.
      if (host === null || !isUp(cloud, host)) return 'bury_in_cell0';
      const build =
        cloud.switches.attach_api === 'legacy'
          ? legacyBuildAndRunInstance.start(server, volume, host, bdmAtBoot(server, volume))
          : buildAndRunInstance.start(server, volume, host, alternates);
      send(processes, self.pid, build);
      return 'done';
    },
    bury_in_cell0(cloud, self) {
      putInError(cloud, self.server);
      if (cloud.switches.buried_bdms === 'none') {
        delete cloud.bdms[bdmAtBoot(self.server, self.volume)];
      }
      return 'done';
    },
  },
});

interface Creating extends Caller {
  readonly server: string;
  readonly volume: string;
  /** The host that the scheduler will choose; null when the server fits on no host. */
  readonly host: string | null;
  /** The hosts that the scheduler names for the case that the build fails there. */
  readonly alternates: readonly string[];
  /** From an existing volume, or from a volume that nova-compute makes of an image. */
  readonly source: 'volume' | 'image';
  attachment: string | null;
}

const { rest } = calls<Creating>();

/**
 * A user creates a server that boots from a volume. An existing one is reserved while the request
 * is validated, before there is a server to which a BDM could belong. A new one is made of an
 * image, and goes with the server.
 * Simplified: the build request with its BDMs and the rows in the cell are one, as no step reads
 * both; and the BDM of an existing volume has the delete_on_termination that it gets by default,
 * false.
 * Source: nova:nova/compute/api.py@create, @_validate_bdm, @_check_attach_and_reserve_volume
 * (docs/openstack.md 3.1, 5.6).
 */
export const createServer = model.flow({
  name: 'n-api.create_server',
  vars: (
    server: string,
    volume: string,
    host: string | null,
    source: 'volume' | 'image' = 'volume',
    alternates: readonly string[] = [],
  ): Creating => ({
    server,
    volume,
    host,
    alternates,
    source,
    attachment: null,
    ...calling(),
  }),
  steps: {
    validate_bdm(cloud, self) {
      if (self.source === 'image') return 'create_build_request';
      // check_attach: the volume may have changed since nova-api read it.
      const isFree = cloud.volumes[self.volume]?.status === 'available';
      const isShared = cloud.volumes[self.volume]?.multiattach === true;
      if (cloud.switches.attach_api !== 'legacy') return 'attachment_create';
      if (!isFree && !isShared) return 'done';
      if (cloud.switches.boot_reserves === 'no') return 'create_build_request';
    },
    ...rest('reserve_volume', {
      to: (_cloud, self) => reserve.start(self.volume),
      ok: () => 'create_build_request',
      otherwise: 'done',
    }),
    ...rest('attachment_create', {
      to: (_cloud, self) => attachmentCreate.start(self.volume, self.server, null),
      ok: (_cloud, self, reply) => {
        self.attachment = reply.attachment ?? null;
      },
      otherwise: 'done',
    }),
    create_build_request(cloud, self) {
      const { server, volume, attachment, source } = self;
      cloud.instances[server] = { host: null, vm_state: 'building', task_state: null };
      cloud.bdms[bdmAtBoot(server, volume)] = {
        instance: server,
        volume: source === 'image' ? '' : volume,
        attachment_id: attachment,
        connection_info: null,
        delete_on_termination: source === 'image',
        ...(source === 'image' ? { source } : {}),
      };
      self.attachment = null;
    },
    cast_schedule_and_build(_cloud, self, _pick, processes) {
      const { server, volume, host, alternates } = self;
      const schedule = scheduleAndBuildInstances.start(server, volume, host, alternates);
      send(processes, self.pid, schedule);
      return 'done';
    },
  },
});
