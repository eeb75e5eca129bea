import { stepFragment } from '../calls/step-fragment.ts';
import { cloud as model } from '../world/cloud.ts';
import { isUp } from '../world/services.ts';
import { orByForce } from './force.ts';
import { bdmsOf } from './lookup.ts';
import { disconnectEach, forgetMove, type Moving, moving } from './moving.ts';

/**
 * The destination of a live migration that was rolled back destroys what it has of the guest, and
 * disconnects every volume of the server by the BDMs. Since nova 20 they name the source by then,
 * so that the LUN number is one of that host; since nova 32 no volume is passed to the driver (bug
 * 1899835). Errors are logged, or lost with the CAST.
 * Source: nova:nova/compute/manager.py@rollback_live_migration_at_destination;
 * nova:nova/virt/libvirt/driver.py@rollback_live_migration_at_destination (docs/openstack.md 7,
 * M14).
 */
export const rollbackAtDestination = model.flow({
  name: 'n-cpu.rollback_live_migration_at_destination',
  vars: moving,
  steps: {
    destroy: {
      when: (cloud, self) => isUp(cloud, self.host),
      do: (cloud, self) => {
        self.bdms = bdmsOf(cloud.bdms, self.server).map(([id]) => id);
      },
    },
    ...disconnectEach({ disconnected: 'forget', failed: 'next_disconnect' }),
    ...orByForce,
    ...stepFragment<Moving, 'done'>()({
      forget(_cloud, self) {
        forgetMove(self);
        return 'done';
      },
    }),
  },
});
