import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { attachOf } from '../../model/nova/requests.ts';
import {
  attachedToOneServer,
  secondAttachmentOnlyForMove,
  secondConnectionOnlyForMove,
  writtenByOneGuest,
} from '../../model/properties/always.ts';
import { cloud } from '../../model/world/cloud.ts';

export const twoServersOneVolume = cloudScenario({
  name: 'two-servers-one-volume',
  about:
    'Two requests attach a volume that is not multiattach to two servers at the same time. ' +
    'In Queens the second request looked for other servers in the copy of the volume that ' +
    'it had loaded before. Cinder 13 reads the volume again.',
  release: '2026.1',
  entities: () => ({ servers: { s1: 'h1', s2: 'h2' }, volumes: { v1: {} } }),
  operations: (_point, release) => ({
    attach1: attachOf(release, 's1', 'v1'),
    attach2: attachOf(release, 's2', 'v1'),
  }),
  reachable: [
    cloud.reachable(
      'one server gets the volume, and Cinder refuses the other',
      ({ attachments, bdms, disks }) =>
        Object.keys(attachments).length === 1 &&
        Object.keys(bdms).length === 1 &&
        disks['s1/v1'] !== undefined,
    ),
  ],
  expect: [
    {
      given: { release: 'queens' },
      violates: {
        [attachedToOneServer.name]: 25,
        [secondAttachmentOnlyForMove.name]: 25,
        [secondConnectionOnlyForMove.name]: 53,
        [writtenByOneGuest.name]: 73,
      },
      reason:
        'both requests find the volume without attachments, and Cinder accepts the second ' +
        'although the swap of the status has failed',
    },
    { given: { release: 'rocky' }, reason: 'cinder 13: this very server must have an attachment' },
    {
      given: { release: 'rocky', override: 'no_other_server' },
      violates: {
        [attachedToOneServer.name]: 25,
        [secondAttachmentOnlyForMove.name]: 25,
        [secondConnectionOnlyForMove.name]: 53,
        [writtenByOneGuest.name]: 73,
      },
      reason: 'without this rule the race is back',
    },
    {
      given: { release: 'newton' },
      reason: 'os-reserve only swaps the status',
    },
    {
      given: { release: '2026.1' },
      reason: 'this very server must have an attachment, as in rocky',
    },
  ],
});
