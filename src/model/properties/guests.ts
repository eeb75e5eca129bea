import { onHost } from '../world/backend.ts';
import { cloud } from '../world/cloud.ts';

/**
 * Asked where the device may be gone by the time at which the guest starts: S6 is asked of disks
 * that were there once.
 */
export const noneGivenWithoutDevice = cloud.step(
  'no guest is given a device that is not there',
  cloud.everyChanged(
    'disks',
    (_before, device, _disk, { after }) =>
      device === undefined || onHost(after, device) !== undefined,
  ),
);
