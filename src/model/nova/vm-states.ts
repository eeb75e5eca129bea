import type { Instance } from '../world/cloud.ts';

/**
 * The vm_states of servers on a host to which nova-api attaches volumes, and from which it detaches
 * them.
 * Source: nova:nova/compute/api.py@attach_volume, @detach_volume (docs/openstack.md 5.4, A1).
 */
export const attachable: readonly Instance['vm_state'][] = ['active', 'stopped', 'resized'];

/**
 * Those of servers whose volumes may be replaced.
 * Source: nova:nova/compute/api.py@swap_volume.
 */
export const swappable: readonly Instance['vm_state'][] = ['active', 'resized'];

/**
 * Those of servers that may be evacuated.
 * Source: nova:nova/compute/api.py@evacuate.
 */
export const evacuable: readonly Instance['vm_state'][] = ['active', 'stopped', 'error'];
