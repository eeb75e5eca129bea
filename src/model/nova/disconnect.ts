import type { Disconnecting } from '../brick/disconnect-volume.ts';
import { disconnectVolume } from '../brick/disconnect-volume.ts';
import { type OtherWays, otherWay } from '../brick/other-ways.ts';
import { type Caller, calls } from '../calls/calls.ts';
import { stepFragment } from '../calls/step-fragment.ts';
import { volumeGet } from '../cinder/volume-actions.ts';
import { nfsExport } from '../world/backend.ts';
import type { Cloud } from '../world/cloud.ts';

/** The variables of a process that disconnects a volume of a server. */
export interface DisconnectingServer extends Disconnecting, Caller {
  readonly server: string;
  readonly volume: string;
  /** The servers that have the volume attached, by Cinder's answer, until they are counted. */
  servers: { [server: string]: string } | null;
}

const { rest } = calls<DisconnectingServer>();

/**
 * Nova disconnects a volume from its host, unless it is multiattach and more than one server of the
 * host has it attached. That it is multiattach, and which volume it is, Nova takes from
 * connection_info. The count is Cinder's answer first, Nova's list of servers on the host second,
 * and there is no lock over it. Goes on at `disconnected`, also when the disconnect is skipped; at
 * `failed` when Cinder does not answer.
 * Source: nova:nova/virt/libvirt/driver.py@_disconnect_volume, @_should_disconnect_target
 * (docs/openstack.md 6.6).
 */
export const disconnectFromHost = <L extends string>(exits: {
  readonly disconnected: L;
  readonly failed: L;
  /**
   * The label at which volumes of other transports are disconnected; a flow without it cannot have
   * them.
   */
  readonly others?: OtherWays<L>;
}) => ({
  ...stepFragment<DisconnectingServer, 'lock_disconnect_volume' | L>()({
    should_disconnect_target(cloud, self) {
      const counts = cloud.switches.counting === 'servers_of_host';
      const isMarked =
        cloud.volumes[self.volume]?.multiattach === true &&
        self.connection?.lacks !== 'multiattach';
      const isFile = self.connection?.target === nfsExport;
      const skips = !isFile || cloud.switches.shared_files === 'skipped';
      if (counts && isMarked && skips) return;
      return otherWay(exits.others ?? {}, self.connection?.target) ?? 'lock_disconnect_volume';
    },
  }),
  ...rest('volume_get', {
    to: (_cloud, self) => volumeGet.start(self.connection?.volume ?? self.volume),
    ok: (_cloud, self, reply) => {
      self.servers = reply.servers ?? {};
    },
    otherwise: exits.failed,
  }),
  ...stepFragment<DisconnectingServer, L>()({
    get_uuids_by_host(cloud, self) {
      const others = countOnHost(cloud, self.servers ?? {}, self);
      self.servers = null;
      if (others > 1) return exits.disconnected;
      return otherWay(exits.others ?? {}, self.connection?.target);
    },
  }),
  ...disconnectVolume(exits),
});

/**
 * The same for an old-style attachment: its connection_info has no flag that says multiattach, so
 * no server is counted.
 * Source: nova:nova/virt/libvirt/driver.py@_should_disconnect_target
 * (docs/openstack.md 6.6, rule 1).
 */
export const disconnectOldStyle = <L extends string>(exits: {
  readonly disconnected: L;
  readonly failed: L;
  readonly others?: OtherWays<L>;
}) => ({
  ...stepFragment<Disconnecting, 'lock_disconnect_volume' | L>()({
    should_disconnect_target(_cloud, self) {
      return otherWay(exits.others ?? {}, self.connection?.target) ?? 'lock_disconnect_volume';
    },
  }),
  ...disconnectVolume(exits),
});

/**
 * How many of the servers are, by Nova's database, on the host of the server: on instance.host, not
 * on this host. A row that is soft-deleted keeps its host, and that is this one.
 */
function countOnHost(
  cloud: Cloud,
  servers: { readonly [server: string]: string },
  self: Readonly<DisconnectingServer>,
) {
  const instance = cloud.instances[self.server];
  const host = instance === undefined ? self.host : (instance.host ?? 'none');
  return Object.keys(servers).filter((other) => cloud.instances[other]?.host === host).length;
}
