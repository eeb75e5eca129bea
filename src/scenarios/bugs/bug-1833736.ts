import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { attachVolume } from '../../model/nova/attach.ts';
import {
  oneBdmPerVolume,
  secondAttachmentOnlyForMove,
  secondConnectionOnlyForMove,
} from '../../model/properties/always.ts';
import { allAgreeOnAttachments } from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';

export const bug1833736 = cloudScenario({
  name: 'bug-1833736',
  about:
    'R10: two requests attach the same volume to the same server at once, and Cinder takes ' +
    'the second for a move of the server. Cinder connected both attachments; cinder 15 ' +
    'connects only the first.',
  release: '2026.1',
  entities: () => ({ servers: { s1: 'h1' }, volumes: { v1: {} } }),
  operations: () => ({
    attach1: attachVolume.start('s1', 'v1'),
    attach2: attachVolume.start('s1', 'v1'),
  }),
  reachable: [
    cloud.reachable(
      'one of the requests attaches the volume, and nothing else is left',
      ({ attachments, bdms, disks, volumes }) =>
        Object.keys(attachments).length === 1 &&
        Object.keys(bdms).length === 1 &&
        disks['s1/v1'] !== undefined &&
        volumes['v1']?.status === 'in-use',
    ),
  ],
  expect: [
    {
      given: { release: 'stein' },
      violates: {
        [secondAttachmentOnlyForMove.name]: 25,
        [secondConnectionOnlyForMove.name]: 70,
        [oneBdmPerVolume.name]: 14,
        [allAgreeOnAttachments.name]: 87,
      },
      reason: 'bug 1833736: Cinder connects both attachments, and both stay',
    },
    {
      given: { release: 'train' },
      violates: { [secondAttachmentOnlyForMove.name]: 25, [oneBdmPerVolume.name]: 14 },
      reason:
        'cinder 15 refuses to connect the second, and Nova puts everything back. That Nova ' +
        'creates two at all is bug 1937375 (R11), which nova 24 mends',
    },
    {
      given: { release: 'train', duplicate_check: 'none' },
      violates: {
        [secondAttachmentOnlyForMove.name]: 25,
        [secondConnectionOnlyForMove.name]: 70,
        [oneBdmPerVolume.name]: 14,
        [allAgreeOnAttachments.name]: 87,
      },
      reason: 'without this check the bug is back',
    },
    { given: { release: 'xena' }, reason: 'nova 24 creates no second attachment' },
    { given: { release: '2026.1' }, reason: 'Nova creates no second attachment, as in xena' },
  ],
});
