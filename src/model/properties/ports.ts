import type { Immutable } from 'immer';
import { type Cloud, cloud } from '../world/cloud.ts';
import { nothingInFlight } from '../world/services.ts';

/**
 * What Neutron keeps by one transaction, and what the volumes have nothing like: which of several
 * is in use.
 */
export const oneActiveBinding = cloud.always(
  'a port has exactly one active binding',
  cloud.every('ports', (_server, port, { bindings }) => activeHosts(bindings, port).length === 1),
);

/** Port and volume are moved by different services, and no transaction spans them. */
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

/** A port that stays bound to a host that its server has left, or never came to. */
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

/** What is asked where servers have ports. */
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
