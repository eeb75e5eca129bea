import { resetStatus } from '../model/cinder/operator.ts';
import { uploadToImage } from '../model/cinder/upload.ts';
import { volumeDelete } from '../model/cinder/volume-delete.ts';
import { cloud } from '../model/cloud.ts';
import { attachVolume } from '../model/nova/attach.ts';
import { detachVolume } from '../model/nova/detach.ts';
import { S9, S9b } from '../model/properties/always.ts';
import { Q2, Q5, Q7, Q9 } from '../model/properties/at-rest.ts';
import { situation } from '../model/situation.ts';
import { choice } from '../spec/parameters.ts';

export const resetAndDelete = situation({
  name: 'reset-and-delete',
  about:
    'An operator takes a volume for stuck, resets its status, and it is deleted, while Nova still attaches or detaches it or ' +
    'Cinder still copies it. The deletion of the row takes the attachments with it, and whoever works on asks for what is gone.',
  release: '2026.1',
  parameters: {
    asked: choice(['attach', 'detach', 'upload'], { about: 'what still goes on with the volume' }),
  },
  entities: ({ asked }) => ({
    servers: { s1: 'h1' },
    volumes: { v1: {} },
    attached: asked === 'detach' ? [['s1', 'v1']] : [],
  }),
  operations: ({ asked }) => ({
    ...{
      attach: { attach: attachVolume.start('s1', 'v1') },
      detach: { detach: detachVolume.start('s1', 'v1') },
      upload: { upload: uploadToImage.start('v1', 'h1') },
    }[asked],
    reset:
      asked === 'detach'
        ? resetStatus.start('v1', 'available', 'gone')
        : resetStatus.start('v1', 'error', 'kept'),
    delete: volumeDelete.start('v1'),
  }),
  reachable: [
    cloud.reachable(
      'the volume is deleted while it is still worked on',
      ({ volumes }, processes) =>
        volumes['v1'] === undefined &&
        Object.entries(processes).some(
          ([pid, process]) => /^(attach|detach|upload)\//.test(pid) && process?.at !== 'done',
        ),
    ),
  ],
  expect: [
    {
      given: { asked: 'attach' },
      violates: {
        [S9.name]: 29,
        [S9b.name]: 14,
        [Q2.name]: 49,
        [Q5.name]: 49,
        [Q7.name]: 46,
        [Q9.name]: 49,
      },
      because:
        'nobody looks at the status again once the row is inserted: the volume is mapped while it is deleted, and the guest has the device of what is gone, or the mapping stays',
    },
    {
      given: { asked: 'detach' },
      violates: { [Q2.name]: 9, [Q5.name]: 9, [Q7.name]: 9, [Q9.name]: 9 },
      because:
        'the reset takes the attachment away and asks neither Nova nor the driver (DOMAIN.md 8.12), and begin_detaching is refused',
    },
    {
      given: { asked: 'upload' },
      because: 'the copy fails, and takes back what it had connected',
    },
  ],
});
