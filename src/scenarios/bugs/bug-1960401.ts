import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { attachVolume } from '../../model/nova/attach.ts';
import { allAgreeOnAttachments, everyBdmHasAttachment } from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';

export const bug1960401 = cloudScenario({
  name: 'bug-1960401',
  about:
    'R21: nova-compute reserves the device name, but the answer does not arrive: the BDM stays, and later attaches are refused ' +
    'because of it. Nova 25 looks for the BDM and destroys it.',
  release: '2026.1',
  faults: () => ({ 'reply-lost': 1 }),
  entities: () => ({ servers: { s1: 'h1' }, volumes: { v1: {} } }),
  operations: () => ({ attach: attachVolume.start('s1', 'v1') }),
  reachable: [
    cloud.reachable(
      'the volume is in use by the server',
      ({ disks, volumes }) => disks['s1/v1'] !== undefined && volumes['v1']?.status === 'in-use',
    ),
  ],
  expect: [
    {
      given: { release: 'xena' },
      violates: { [everyBdmHasAttachment.name]: 9, [allAgreeOnAttachments.name]: 9 },
      reason: 'bug 1960401: no step destroys the BDM',
    },
    { given: { release: 'yoga' }, reason: 'nova 25: the BDM is found and destroyed' },
    {
      given: { release: 'yoga', bdm_on_timeout: 'kept' },
      violates: { [everyBdmHasAttachment.name]: 9, [allAgreeOnAttachments.name]: 9 },
      reason: 'it is the search for the BDM that mends it',
    },
    {
      given: { release: '2026.1' },
      reason: 'as in yoga; when nova-compute is late, not the answer, see mapping-after-timeout',
    },
  ],
});
