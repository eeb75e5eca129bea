import { backUpVolume } from '../../model/cinder/backup.ts';
import { forceDetach, resetStatus } from '../../model/cinder/operator.ts';
import { uploadToImage } from '../../model/cinder/upload.ts';
import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { guestReachesItsDisks, noUnmapUnderDevice } from '../../model/properties/always.ts';
import {
  allAgreeOnAttachments,
  everyBdmHasAttachment,
  noDeviceWithoutAttachment,
  noMappingWithoutAttachment,
} from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';
import type { Process } from '../../spec/process.ts';

const others = {
  upload: () => uploadToImage.start('v1', 'h1'),
  backup: () => backUpVolume.start('v1', 'h1'),
  reset: () => resetStatus.start('v1', 'available', 'gone'),
} as const satisfies Record<string, () => Process>;

export const detachWithoutAttachment = cloudScenario({
  name: 'detach-without-attachment',
  about:
    'D37: an operator detaches by force a volume of which Cinder has no attachment. The gate of CVE-2023-2088 lets that pass, and the ' +
    'connection of the host is terminated: that of a copy to an image or of a backup, or, when the attachments went with a reset, ' +
    'that of a guest.',
  release: '2026.1',
  parameters: {
    other: choice(['upload', 'backup', 'reset'], { about: 'what else goes on with the volume' }),
  },
  entities: ({ other }) => ({
    servers: { s1: 'h1' },
    volumes: { v1: {} },
    attached: other === 'reset' ? [['s1', 'v1']] : [],
  }),
  operations: ({ other }) => ({
    [other]: others[other](),
    operator: forceDetach.start('v1', 'attachment-s1-v1', 'h1'),
  }),
  reachable: [
    cloud.reachable(
      'the volume is free',
      ({ volumes }, processes) =>
        volumes['v1']?.status === 'available' && processes['operator']?.at === 'done',
    ),
  ],
  expect: [
    {
      given: { release: '2026.1' },
      violates: { [noUnmapUnderDevice.name]: 10 },
      reason: 'the copy reads from a device that answers nothing',
    },
    {
      given: { other: 'backup' },
      violates: { [noUnmapUnderDevice.name]: 12 },
      reason: 'the same of a backup',
    },
    {
      given: { other: 'reset' },
      violates: {
        [noUnmapUnderDevice.name]: 7,
        [guestReachesItsDisks.name]: 7,
        [everyBdmHasAttachment.name]: 5,
        [noDeviceWithoutAttachment.name]: 5,
        [noMappingWithoutAttachment.name]: 5,
        [allAgreeOnAttachments.name]: 5,
      },
      reason:
        'the reset alone leaves what Nova has, the gate finds no attachment, and the volume is unmapped under the guest',
    },
  ],
});
