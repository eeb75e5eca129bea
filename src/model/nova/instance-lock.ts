import type { Waiting } from '../calls/calls.ts';
import type { Switches } from '../releases/switches.ts';
import { free, instanceLock, take } from '../world/locks.ts';
import { isUp } from '../world/services.ts';

/** The variables of a method of nova-compute: its host, and its server. */
interface OnServer {
  readonly host: string;
  readonly server: string;
}

/** The switches that say which methods hold L1. */
type HoldsL1 = 'L1_attach' | 'L1_detach' | 'L1_reboot' | 'L1_shelve' | 'L1_swap';

/** Whether a method holds L1 on a release; one without a switch always does. */
const isHeld = (switches: Switches, method: HoldsL1 | undefined): boolean =>
  method === undefined || switches[method] === 'instance';

/**
 * The first step of a method of nova-compute that holds the instance lock (L1): always, or where
 * the release has it. It also waits until nova-compute is up.
 */
export const lockInstance = (method?: HoldsL1): Waiting<OnServer, never> => ({
  when: (cloud, self) =>
    isUp(cloud, self.host) &&
    (!isHeld(cloud.switches, method) || free(cloud, instanceLock(self.host, self.server))),
  do: (cloud, self) => {
    if (isHeld(cloud.switches, method)) take(cloud, instanceLock(self.host, self.server), self.pid);
  },
});
