import type { Processes } from '../../spec/process.ts';
import { send } from '../calls/calls.ts';
import { volumeDeleteOnBackend } from '../cinder/volume-delete.ts';
import { terminateInstance } from '../nova/delete.ts';
import { readBdms } from '../nova/passed-bdms.ts';
import type { Cloud } from '../world/cloud.ts';
import { recomputeStatuses } from '../world/statuses.ts';

/**
 * cinder-volume starts again: it ends what it was doing to volumes by itself. Nothing repairs
 * `reserved`, `attaching` or `detaching`.
 * Source: cinder:cinder/volume/manager.py@_do_cleanup (docs/openstack.md 2.5, point 3).
 */
export function startVolumeService(cloud: Cloud, processes: Processes): void {
  for (const [id, volume] of Object.entries(cloud.volumes)) {
    const { status } = volume;
    if (status === 'creating' || status === 'downloading') volume.status = 'error';
    if (status === 'uploading') {
      volume.status = 'available';
      recomputeStatuses(cloud, id);
    }
    if (status === 'deleting') {
      send(processes, `start-up-${id}`, volumeDeleteOnBackend.start(id));
    }
  }
}

/**
 * nova-compute starts again: it deletes the servers whose deletion it had not ended, by the BDMs
 * that there are now, under the locks of multiattach volumes but not under that of the instance.
 * About volumes of other servers it does nothing.
 * Source: nova:nova/compute/manager.py@_init_instance (docs/openstack.md 1.6, L1).
 */
export function startComputeService(cloud: Cloud, host: string, processes: Processes): void {
  for (const [id, instance] of Object.entries(cloud.instances)) {
    if (instance.host !== host || instance.task_state !== 'deleting') continue;
    const deletion = terminateInstance.start(id, host, readBdms(cloud, id));
    processes.move(send(processes, `start-up-${id}`, deletion), 'get_bdms');
  }
}
