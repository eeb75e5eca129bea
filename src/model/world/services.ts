import { atRest } from '../../spec/at-rest.ts';
import type { ProcessState, ProcessTable } from '../../spec/process.ts';

/** The part of the state that the functions below need; guards and properties pass it read-only. */
type Hosts = { readonly down: { readonly [host: string]: boolean | undefined } };

/**
 * The nova-compute of a host takes messages. Source: nova:nova/servicegroup/api.py@service_is_up.
 */
export const isUp = ({ down }: Hosts, host: string): boolean => down[host] === undefined;

/**
 * A message that waits for a nova-compute that is down: nothing else of that service is left then.
 */
export function waitsForHost(process: ProcessState, { down }: Hosts): boolean {
  const host = process.vars['host'];
  return process.flow.startsWith('n-cpu.') && typeof host === 'string' && down[host] === true;
}

const isOver = (process: ProcessState | undefined, hosts: Hosts): boolean =>
  process === undefined || process.at === 'done' || waitsForHost(process, hosts);

/**
 * Nothing is in flight: every process is done, so no request, retry or lock holder is left, and no
 * message except those for a service that is down. All properties share this one function, so that
 * systems can be compared.
 */
export const nothingInFlight = atRest<Hosts>(waitsForHost);

/** The same question, for a caller that has the processes. */
export const isAtRest = (processes: ProcessTable, hosts: Hosts): boolean =>
  nothingInFlight(hosts, processes);

/** A flow of that name is in flight, or its message is. */
export const isInFlight = (processes: ProcessTable, flow: string): boolean =>
  Object.values(processes).some((process) => process?.flow === flow && process.at !== 'done');

/**
 * Nothing but the process `pid` itself is in flight. Processes that wait for the same do not count:
 * they would wait for each other.
 */
export const isQuietFor = (pid: string, processes: ProcessTable, hosts: Hosts): boolean =>
  Object.entries(processes).every(
    ([id, process]) => id === pid || isOver(process, hosts) || waitsForQuiet(process),
  );

/** The first steps of the processes that wait until everything has come to rest. */
const waitsForQuiet = (process: ProcessState | undefined): boolean =>
  process?.at === 'running_deleted_instances' || process?.at === 'wait_until_quiet';
