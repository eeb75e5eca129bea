import type { RequestName } from './requests.ts';

/** Requests in which nova-compute counts servers and then disconnects a volume from a host. */
export const disconnects = [
  'detach',
  'delete',
  'reboot',
  'rebuild',
  'resize',
  'revert-resize',
  'live-migrate',
  'evacuate',
  'start-compute',
  'bring-back-compute',
  'shelve',
  'retype',
  'refresh',
] as const satisfies readonly RequestName[];

/** Requests in which nova-compute connects a volume to a host. */
export const connects = [
  'boot',
  'attach',
  'reboot',
  'rebuild',
  'resize',
  'revert-resize',
  'live-migrate',
  'evacuate',
  'unshelve',
  'retype',
  'refresh',
] as const satisfies readonly RequestName[];

/** Requests in which the server leaves its host or comes to one, with a second attachment. */
export const moves = [
  'rebuild',
  'rebuild-root',
  'resize',
  'revert-resize',
  'live-migrate',
  'evacuate',
  'shelve',
  'unshelve',
] as const satisfies readonly RequestName[];

export const resets = [
  'reset-available',
  'reset-in-use',
  'reset-error',
  'reset-detached',
] as const satisfies readonly RequestName[];
