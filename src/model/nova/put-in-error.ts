import type { Cloud } from '../world/cloud.ts';

/** Puts a server whose build failed in error, on no host. Leaves one that is gone alone. */
export function putInError(cloud: Cloud, server: string): void {
  const instance = cloud.instances[server];
  if (instance === undefined) return;
  instance.vm_state = 'error';
  instance.host = null;
}
