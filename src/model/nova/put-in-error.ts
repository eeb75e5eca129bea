import type { Cloud } from '../world/cloud.ts';

/** A server whose build failed is in error, on no host. One that is gone is left alone. */
export function putInError(cloud: Cloud, server: string): void {
  const instance = cloud.instances[server];
  if (instance === undefined) return;
  instance.vm_state = 'error';
  instance.host = null;
}
