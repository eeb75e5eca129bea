import type { Outcome } from '../calls/calls.ts';
import type { Cloud } from '../world/cloud.ts';

/**
 * Whether Nova takes 404 as the success of an attachment_delete: another request deleted it. Since
 * nova 26 the client does so for every request.
 * Source: nova:nova/volume/cinder.py@attachment_delete; bug 1978444.
 */
export const notFoundIsIgnored = (cloud: Cloud, outcome: Outcome): boolean =>
  outcome === 'not_found' && cloud.switches.delete_ignores_not_found === 'everywhere';

/**
 * The same when a volume is detached, where the block device layer ignores it since nova 25.
 * Source: nova:nova/virt/block_device.py@DriverVolumeBlockDevice._do_detach; bug 1937084.
 */
export const detachIgnoresNotFound = (cloud: Cloud, outcome: Outcome): boolean =>
  outcome === 'not_found' && cloud.switches.delete_ignores_not_found !== 'no';

/**
 * Whether the manager takes 404 as success when it deletes the attachment of a failed attach, which
 * the block device layer may have deleted before.
 * Source: nova:nova/compute/manager.py@_attach_volume; bug 1812969.
 */
export const rollbackIgnoresNotFound = (cloud: Cloud, outcome: Outcome): boolean =>
  notFoundIsIgnored(cloud, outcome) ||
  (outcome === 'not_found' && cloud.switches.rollback_ignores_not_found === 'yes');
