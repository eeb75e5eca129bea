import { uploadToImage } from '../../model/cinder/upload.ts';
import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { attachVolume } from '../../model/nova/attach.ts';
import { detachVolume } from '../../model/nova/detach.ts';
import {
  noDeviceRemovedUnderGuest,
  oneBrickOperationPerHost,
} from '../../model/properties/always.ts';
import {
  attachedVolumeIsWorkingDisk,
  noSessionWithoutDevice,
} from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';

const deviceComes = cloud.never(
  'cinder-volume waits for a device that does not appear',
  (_state, processes) => processes['upload/c-vol']?.at === 'cleanup_connection',
);

export const bug1947370 = cloudScenario({
  name: 'bug-1947370',
  about:
    'R3: cinder-volume copies a volume on a compute host, and connects it with os-brick as ' +
    'nova-compute does. os-brick had a lock inside each process, so one of them logs out of ' +
    'the session that the other has just found. os-brick 5.1 has a lock file.',
  release: '2026.1',
  parameters: {
    nova: choice(['detach', 'attach'], { about: 'what nova-compute does meanwhile' }),
  },
  entities: ({ nova }) => ({
    servers: { s1: 'h1' },
    volumes: { v1: {}, v2: {} },
    attached: nova === 'detach' ? [['s1', 'v1']] : [],
  }),
  operations: ({ nova }) => ({
    upload: uploadToImage.start('v2', 'h1'),
    [nova]: nova === 'detach' ? detachVolume.start('s1', 'v1') : attachVolume.start('s1', 'v1'),
  }),
  reachable: [
    cloud.reachable(
      'cinder-volume has copied the volume, and Nova has done its request',
      ({ disks }, processes) =>
        processes['upload/c-vol']?.at === 'remove_export' &&
        (disks['s1/v1'] !== undefined || processes['detach/n-cpu']?.at === 'done'),
    ),
    deviceComes,
  ],
  expect: [
    {
      given: { nova: 'detach', release: 'xena' },
      violates: {
        [oneBrickOperationPerHost.name]: 18,
        [noSessionWithoutDevice.name]: 47,
        [deviceComes.name]: 24,
      },
      reason: 'bug 1947370: nova-compute logs out of the session that cinder-volume has found',
    },
    { given: { nova: 'detach', release: 'yoga' }, reason: 'os-brick 5.1 has one lock file' },
    {
      given: { nova: 'attach', release: 'xena' },
      violates: {
        [noDeviceRemovedUnderGuest.name]: 48,
        [oneBrickOperationPerHost.name]: 36,
        [attachedVolumeIsWorkingDisk.name]: 58,
      },
      reason: 'the other order: cinder-volume logs out from under the device of a guest',
    },
    { given: { nova: 'attach', release: 'yoga' }, reason: 'os-brick 5.1 has one lock file' },
    {
      given: { nova: 'attach', release: '2026.1', L4: 'process' },
      violates: {
        [noDeviceRemovedUnderGuest.name]: 48,
        [oneBrickOperationPerHost.name]: 36,
        [attachedVolumeIsWorkingDisk.name]: 58,
      },
      reason: 'without this lock the bug is back; two lock directories exclude nothing',
    },
    { given: { nova: 'detach', release: '2026.1' }, reason: 'both use one lock file' },
    { given: { nova: 'attach', release: '2026.1' }, reason: 'both use one lock file' },
  ],
});
