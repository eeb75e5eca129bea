import type { Fault } from '../../spec/action.ts';
import { serviceOf } from '../calls/calls.ts';
import { movesOf } from '../nova/move-failures.ts';
import { type Cloud, cloud } from '../world/cloud.ts';
import { all, pids } from '../world/processes.ts';

/** The caller of a REST request gets `server_error` while the callee goes on. */
const rest500 = cut('rest-500', 'c-api', 'server_error');
/** The caller gets the time-out of a proxy instead. */
const rest504 = cut('rest-504', 'c-api', 'gateway_timeout');
/** The caller of an RPC hears that no reply came while the callee goes on. */
const rpcTimeout = cut('rpc-timeout', 'rpc', 'messaging_timeout');
/** The caller hears the same in a call between two nova-computes without a long time-out. */
const computeTimeout = cut('compute-timeout', 'n-cpu', 'messaging_timeout');

/**
 * The reply of an RPC is lost: the callee has done its work, and the caller waits until its
 * time-out.
 */
const replyLost = cloud.fault({
  name: 'reply-lost',
  times: 0,
  do(state, pick, processes) {
    const called = all(processes).flatMap(([, { vars }]) => vars['call'] ?? []);
    const answered = all(processes).filter(([pid, { flow, at }]) => {
      return at === 'done' && !isRest(flow) && called.includes(pid);
    });
    state.cuts[pick('of', pids(answered))] = 'messaging_timeout';
  },
});

/** Every fault after which the caller stops waiting while the callee goes on. */
export const cuts = {
  'rest-500': rest500,
  'rest-504': rest504,
  'rpc-timeout': rpcTimeout,
  'reply-lost': replyLost,
  'compute-timeout': computeTimeout,
} as const satisfies Record<string, Fault<Cloud>>;

function cut(
  name: string,
  calls: keyof typeof callees,
  outcome: Cloud['cuts'][string],
): Fault<Cloud> {
  return cloud.fault({
    name,
    times: 0,
    do(state, pick, processes) {
      const called = all(processes).flatMap(([, { vars }]) => vars['call'] ?? []);
      const running = all(processes).filter(
        ([pid, { flow, at }]) => at !== 'done' && callees[calls](flow) && called.includes(pid),
      );
      state.cuts[pick('of', pids(running))] = outcome;
    },
  });
}

const isRest = (flow: string) => ['c-api', 'neutron'].includes(serviceOf(flow));

/** The calls that a fault may cut, by the called flow. */
const callees = {
  'c-api': isRest,
  rpc: (flow: string) => !isRest(flow),
  // pre_live_migration and reserve_block_device_name have long_rpc_timeout.
  'n-cpu': (flow: string) => movesOf.shortCalls.some(({ name }) => name === flow),
};
