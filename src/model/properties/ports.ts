import type { Immutable } from '../../spec/draft.ts';
import { type Cloud, cloud } from '../world/cloud.ts';
import { nothingInFlight } from '../world/services.ts';

/**
 * Neutron keeps this by one transaction. Volumes have nothing like it: no record says which of
 * several attachments is in use.
 */
export const oneActiveBinding = cloud.always(
  'a port has exactly one active binding',
  cloud.every('ports', (_server, port, { bindings }) => activeHosts(bindings, port).length === 1),
);

/** Different services move port and volume, and no transaction spans them. */
export const portAndVolumesOnOneHost = cloud.always(
  'at rest, the port and the volumes of a server are on the same host',
  cloud.implies(
    nothingInFlight,
    cloud.every('ports', (server, port, state) => {
      const hosts = [...activeHosts(state.bindings, port), ...hostsOfVolumes(state, server)];
      return new Set(hosts).size <= 1;
    }),
  ),
);

/** A port that stays bound to a host that its server has left, or has never reached. */
export const portBoundToOwnHostOnly = cloud.always(
  'at rest, a port is bound to the host of its server only',
  cloud.implies(
    nothingInFlight,
    cloud.every('ports', (server, port, state) => {
      const bound = Object.keys(state.bindings).filter((id) => id.startsWith(`${port}@`));
      const host = state.instances[server]?.host ?? '';
      return bound.length === 1 && bound[0] === `${port}@${host}`;
    }),
  ),
);

/** The properties of scenarios with ports. */
export const portProperties = [oneActiveBinding, portAndVolumesOnOneHost, portBoundToOwnHostOnly];

const activeHosts = (bindings: Immutable<Cloud['bindings']>, port: string): string[] =>
  Object.keys(bindings)
    .filter((id) => id.startsWith(`${port}@`) && bindings[id] === 'active')
    .map((id) => id.slice(port.length + 1));

/** The hosts on which the guest has its disks. */
const hostsOfVolumes = ({ disks }: Immutable<Cloud>, server: string): string[] =>
  Object.entries(disks)
    .filter(([disk]) => disk.startsWith(`${server}/`))
    .map(([, device]) => device.split('/')[0] ?? '');
