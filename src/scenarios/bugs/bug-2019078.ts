import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { attachVolume } from '../../model/nova/attach.ts';
import { detachVolume, detachVolumeOnCompute } from '../../model/nova/detach.ts';
import { repairLater } from '../../model/operator/operator.ts';
import { everyAttachmentHasBdm, everyBdmHasAttachment } from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';

export const bug2019078 = cloudScenario({
  name: 'bug-2019078',
  about:
    'R48: a service dies between its writes to two databases, so one has a record of an ' +
    'attachment and the other has none. Then the server reboots. Since nova 28 a reboot ' +
    'removes such records on either side.',
  release: '2026.1',
  parameters: {
    dangling: choice(['in-nova', 'in-cinder'], {
      about:
        'whether a mapping has no attachment (the service died in a detach), or an attachment ' +
        'has no mapping (in an attach)',
    }),
  },
  entities: ({ dangling }) => ({
    servers: { s1: 'h1' },
    volumes: { v1: {} },
    attached: dangling === 'in-nova' ? [['s1', 'v1']] : [],
  }),
  operations: ({ dangling }) => ({
    request:
      dangling === 'in-nova' ? detachVolume.start('s1', 'v1') : attachVolume.start('s1', 'v1'),
    operator: repairLater.start('reboot', 's1', 'v1'),
  }),
  faults: ({ dangling }) => (dangling === 'in-nova' ? {} : { 'conductor-error': 1 }),
  crashes: () => [detachVolumeOnCompute.at('destroy_bdm')],
  reachable: [
    cloud.reachable(
      'the server has been rebooted and runs',
      ({ instances }, processes) =>
        processes['operator']?.at === 'done' &&
        processes['operator/n-cpu']?.at === 'done' &&
        instances['s1']?.vm_state === 'active',
    ),
  ],
  expect: [
    {
      given: { dangling: 'in-nova', release: '2023.1' },
      violates: { [everyBdmHasAttachment.name]: 52 },
      reason:
        'bug 2019078: the mapping stays, Nova does not find the volume, and the server does not ' +
        'start',
    },
    {
      given: { dangling: 'in-nova', release: '2023.2' },
      reason: 'nova 28 destroys the mapping',
    },
    {
      given: { dangling: 'in-nova', release: '2023.2', reboot_cleans: 'no' },
      violates: { [everyBdmHasAttachment.name]: 52 },
      reason: 'without this clean-up the bug is back',
    },
    {
      given: { dangling: 'in-cinder', release: '2023.1' },
      violates: { [everyAttachmentHasBdm.name]: 28 },
      reason: 'bug 2019078: the attachment stays, and the volume stays reserved',
    },
    {
      given: { dangling: 'in-cinder', release: '2023.2' },
      reason: 'nova 28 deletes the attachment',
    },
    { given: { dangling: 'in-nova', release: '2026.1' }, reason: 'Nova destroys the mapping' },
    { given: { dangling: 'in-cinder', release: '2026.1' }, reason: 'Nova deletes the attachment' },
  ],
});
