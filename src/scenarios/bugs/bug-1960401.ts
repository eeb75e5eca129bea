import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { attachVolume } from '../../model/nova/attach.ts';
import { allAgreeOnAttachments, everyBdmHasAttachment } from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';

export const bug1960401 = cloudScenario({
  name: 'bug-1960401',
  about:
    'R21: nova-compute reserves the device name, but its answer does not arrive. The BDM ' +
    'stays, and Nova refuses later attaches because of it. Nova 25 looks for the BDM and ' +
    'destroys it.',
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
    { given: { release: 'yoga' }, reason: 'nova 25 finds the BDM and destroys it' },
    {
      given: { release: 'yoga', bdm_on_timeout: 'kept' },
      violates: { [everyBdmHasAttachment.name]: 9, [allAgreeOnAttachments.name]: 9 },
      reason: 'if Nova does not look for the BDM, the bug is back',
    },
    {
      given: { release: '2026.1' },
      reason:
        'Nova destroys the BDM, as in yoga; mapping-after-timeout shows a nova-compute that is ' +
        'late itself',
    },
  ],
});
