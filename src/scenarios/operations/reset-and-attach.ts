import { backUpVolume } from '../../model/cinder/backup.ts';
import { resetStatus } from '../../model/cinder/operator.ts';
import { uploadToImage } from '../../model/cinder/upload.ts';
import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { attachVolume } from '../../model/nova/attach.ts';
import { volumeStatusFitsAttachments } from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';

const copies = {
  upload: () => uploadToImage.start('v1', 'controller'),
  backup: () => backUpVolume.start('v1', 'controller'),
} as const;

const putBack = 'a copy that ends changes no status but its own';

export const resetAndAttach = cloudScenario({
  name: 'reset-and-attach',
  about:
    'An operator believes that a volume which Cinder copies is stuck, and resets its ' +
    'status, and a server gets the volume. At the end of the copy Cinder writes the status ' +
    'again, whatever it is by then.',
  release: '2026.1',
  parameters: {
    copy: choice(['upload', 'backup'], {
      about: 'whether Cinder makes an image of the volume, or backs it up',
    }),
    to: choice(['available', 'in-use'], { about: 'the status that the operator asks for' }),
  },
  entities: () => ({ servers: { s1: 'h1' }, volumes: { v1: {} } }),
  operations: ({ copy, to }) => ({
    copy: copies[copy](),
    reset: resetStatus.start('v1', to, 'kept'),
    attach: attachVolume.start('s1', 'v1'),
  }),
  reachable: [
    cloud.reachable(
      'Cinder has copied the volume, and the server has it',
      ({ volumes, disks }, processes) =>
        Object.entries(processes).every(
          ([pid, process]) => !pid.startsWith('copy') || process?.at === 'done',
        ) &&
        disks['s1/v1'] !== undefined &&
        volumes['v1']?.status === 'in-use',
    ),
    cloud.step(putBack, ({ volumes: before }, { label }, { volumes: after }) => {
      const status = before['v1']?.status;
      const isOwn = status === 'uploading' || status === 'backing-up';
      return label !== 'restore_status' || isOwn || status === after['v1']?.status;
    }),
  ],
  expect: [
    ...(['upload', 'backup'] as const).map((copy) => ({
      given: { copy, to: 'available' } as const,
      violates: {
        [volumeStatusFitsAttachments.name]: 47,
        [putBack]: copy === 'upload' ? 28 : 35,
      },
      reason:
        'the status that the attach has written is lost when the copy ends: after an upload ' +
        'Cinder writes the one that the attachments require, after a backup available. That an ' +
        'operator frees an attached volume (volumeStatusFitsAttachments) needs no copy',
    })),
    ...(['upload', 'backup'] as const).map((copy) => ({
      given: { copy, to: 'in-use' } as const,
      reason:
        'Cinder refuses this for a volume without attachments, and a volume that it copies has ' +
        'none',
    })),
  ],
});
