import { onHost } from '../world/backend.ts';
import { cloud } from '../world/cloud.ts';

/**
 * Some scenarios ask this because the device may be gone when the guest starts: S6 asks only about
 * disks that were there once.
 */
export const noneGivenWithoutDevice = cloud.step(
  'no guest is given a device that is not there',
  cloud.everyChanged(
    'disks',
    (_before, device, _disk, { after }) =>
      device === undefined || onHost(after, device) !== undefined,
  ),
);
