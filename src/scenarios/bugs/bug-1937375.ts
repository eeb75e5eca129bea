import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { attachVolume } from '../../model/nova/attach.ts';
import { oneBdmPerVolume, secondAttachmentOnlyForMove } from '../../model/properties/always.ts';
import { cloud } from '../../model/world/cloud.ts';

export const bug1937375 = cloudScenario({
  name: 'bug-1937375',
  about:
    'R11: two requests attach the same volume to the same server at once. Both find no BDM, ' +
    'and both insert one. Nova 24 looks once more under the instance lock when it inserts ' +
    'the BDM.',
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
      given: { release: 'wallaby' },
      violates: { [secondAttachmentOnlyForMove.name]: 25, [oneBdmPerVolume.name]: 14 },
      reason: 'bug 1937375: the check of nova-api and the insertion in nova-compute are two steps',
    },
    {
      given: { release: 'xena' },
      reason: 'nova 24: the second request finds the BDM of the first',
    },
    {
      given: { release: 'xena', L1_reserve: 'insert' },
      violates: { [secondAttachmentOnlyForMove.name]: 25, [oneBdmPerVolume.name]: 14 },
      reason: 'if Nova does not look under the lock, the bug is back',
    },
    {
      given: { release: '2026.1' },
      reason: 'the second request finds the BDM of the first, as in xena',
    },
  ],
});
