import type { Processes } from '../../spec/process.ts';
import { send } from '../calls/calls.ts';
import { volumeDeleteOnBackend } from '../cinder/volume-delete.ts';
import type { Cloud } from '../world/cloud.ts';
import { recomputeStatuses } from '../world/statuses.ts';

/**
 * cinder-volume starts again: it ends its own unfinished actions on volumes. Nothing repairs
 * `reserved`, `attaching` or `detaching`. Source: cinder:cinder/volume/manager.py@_do_cleanup
 * (docs/openstack.md 2.5, point 3).
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
