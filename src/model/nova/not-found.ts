import type { Outcome } from '../calls.ts';
import type { Cloud } from '../cloud.ts';

/**
 * Whether Nova takes 404 as the success of an attachment_delete: another request deleted it.
 * Source: nova:nova/volume/cinder.py@attachment_delete; bug 1937084.
 */
export const notFoundIsIgnored = (cloud: Cloud, outcome: Outcome): boolean =>
  outcome === 'not_found' && cloud.switches.delete_ignores_not_found === 'yes';

/**
 * Whether the manager takes 404 as success when it deletes the attachment of a failed attach, which
 * the block device layer may have deleted before.
 * Source: nova:nova/compute/manager.py@_attach_volume; bug 1812969.
 */
export const rollbackIgnoresNotFound = (cloud: Cloud, outcome: Outcome): boolean =>
  notFoundIsIgnored(cloud, outcome) ||
  (outcome === 'not_found' && cloud.switches.rollback_ignores_not_found === 'yes');
