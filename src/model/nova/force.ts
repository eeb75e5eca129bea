import { known, removeDevice } from '../brick/connect-volume.ts';
import type { Disconnecting } from '../brick/disconnect-volume.ts';
import { stepFragment } from '../calls/step-fragment.ts';
import { lunPath } from '../world/backend.ts';

/**
 * The handler of a flush error when nova-compute destroys a guest: since nova 28 it removes the
 * device by force; before, it logs the error and the device stays. Spread after disconnectFromHost.
 * Source: nova:nova/virt/libvirt/driver.py@destroy, @cleanup; CVE-2023-2088 (docs/openstack.md
 * 5.6).
 */
export const orByForce = stepFragment<
  Disconnecting,
  'disconnect_failed' | 'disconnect_from_iscsi_portal'
>()({
  flush_failed(cloud, self, _pick, processes) {
    if (cloud.switches.destroy_disconnect === 'gentle') return 'disconnect_failed';
    const { host, target, lun } = known(self);
    removeDevice(cloud, lunPath(host, target, lun), self.pid, processes);
    return 'disconnect_from_iscsi_portal';
  },
});
