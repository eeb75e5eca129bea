import type { Waiting } from '../calls/calls.ts';
import { free, guardApplies, guardLock, take } from '../world/locks.ts';

/**
 * The step with which nova-compute enters guard_connection (L3) around an attach or a detach, where
 * the lock exists and covers it.
 * Source: os-brick:os_brick/initiator/utils.py@guard_connection.
 */
export const guardConnection = (
  operation: 'attach' | 'detach',
): Waiting<{ readonly host: string }, never> => ({
  when: (cloud, self) =>
    !guardApplies(cloud.switches, operation) || free(cloud, guardLock(self.host)),
  do: (cloud, self) => {
    if (guardApplies(cloud.switches, operation)) take(cloud, guardLock(self.host), self.pid);
  },
});
