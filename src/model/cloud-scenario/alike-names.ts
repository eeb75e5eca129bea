import { diskOf } from '../nova/lookup.ts';
import { lunPath, sessionPath } from '../world/backend.ts';
import {
  detachLock,
  instanceLock,
  multiattachLock,
  updateLock,
  volumeLock,
} from '../world/locks.ts';

/** A server with what belongs to it alone. */
export interface AlikeServer {
  readonly server: string;
  /** A volume that no other server uses. */
  readonly volume: string;
  /** The process of the request about them. */
  readonly request: string;
}

/** The services to which a request sends calls; each call is a process `request/service`. */
const services = ['n-api', 'n-cond', 'n-cpu', 'c-api', 'c-vol', 'c-bak', 'neutron'] as const;
const nodes = ['controller'] as const;

/**
 * All names that go with one of several servers that are alike, for `symmetry` of a scenario: its
 * records, locks and processes, on any of the hosts. A volume that others share, or numbers of LUNs
 * that differ at the start, tell servers apart; volumes with targets of their own do not. Names
 * that never come to be do no harm, and a search refuses a list that lacks one.
 */
export function alikeNames(
  { server, volume, request }: AlikeServer,
  hosts: readonly string[],
): readonly string[] {
  const numbered = (name: string): readonly string[] => [name, `${name}-2`];
  return [
    server,
    volume,
    request,
    `attachment-${server}-${volume}`,
    `bdm-${server}-${volume}`,
    `migration-${server}`,
    diskOf(server, volume),
    volumeLock(volume),
    detachLock(volume),
    ...[`attachment-${request}`, `bdm-${request}`, `migration-${request}`].flatMap(numbered),
    ...services.map((service) => `${request}/${service}`).flatMap(numbered),
    ...hosts.flatMap((host) => [
      instanceLock(host, server),
      multiattachLock(host, volume),
      ...nodes.map((node) => updateLock(volume, host, node)),
      sessionPath(host, volume),
      lunPath(host, volume, 0),
    ]),
  ];
}
