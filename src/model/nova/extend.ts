import { nothing } from '../calls/calls.ts';
import { type ConnectionInfo, cloud as model } from '../world/cloud.ts';
import { isUp } from '../world/services.ts';
import { bdmOf } from './lookup.ts';

/**
 * nova-compute is told that a volume has grown: os-brick looks at the device again and the guest is
 * told. Neither the instance lock nor L3 is held, and the lock of os-brick is another one than L4.
 * A device that is gone is an error that is logged.
 * Simplified: no property reads the size of a volume, so that the step changes nothing.
 * Source: nova:nova/compute/manager.py@extend_volume;
 * os-brick:os_brick/initiator/connectors/iscsi.py@extend_volume;
 * nova:nova/virt/libvirt/driver.py@extend_volume (docs/openstack.md 8.13; bug 1939545).
 */
export const extendOnCompute = model.flow({
  name: 'n-cpu.extend_volume',
  vars: (server: string, volume: string, host: string) => ({
    server,
    volume,
    host,
    connection: nothing<ConnectionInfo>(),
  }),
  steps: {
    get_bdm: {
      when: (cloud, self) => isUp(cloud, self.host),
      do: (cloud, self) => {
        const [, bdm] = bdmOf(cloud.bdms, self.server, self.volume) ?? [];
        self.connection = bdm?.connection_info ?? null;
        if (self.connection === null) return 'done';
      },
    },
    // By the path that os-brick found when it connected.
    extend_device(_cloud, self) {
      if (self.connection?.lacks === 'device_path') return 'extend_failed';
      self.connection = null;
      return 'done';
    },
    // A KeyError, which Nova logs: the guest does not learn that its volume has grown.
    extend_failed(_cloud, self) {
      self.connection = null;
      return 'done';
    },
  },
});
