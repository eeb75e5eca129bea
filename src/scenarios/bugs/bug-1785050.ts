import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { attachVolume } from '../../model/nova/attach.ts';
import { errorVolumeIsUnattached } from '../../model/properties/always.ts';
import { cloud } from '../../model/world/cloud.ts';

export const bug1785050 = cloudScenario({
  name: 'bug-1785050',
  about:
    'R12: a user attaches a volume in error. Cinder accepted it whatever its status, ' +
    'because no other server had an attachment, and the volume ended in use or available. ' +
    'Cinder 13 accepts a further attachment only when the volume is in use or reserved.',
  release: '2026.1',
  faults: () => ({ 'driver-error': 1 }),
  entities: () => ({ servers: { s1: 'h1' }, volumes: { v1: { status: 'error' } } }),
  operations: () => ({ attach: attachVolume.start('s1', 'v1') }),
  reachable: [
    cloud.reachable(
      'the request is over and the volume is in error',
      ({ volumes }, processes) =>
        volumes['v1']?.status === 'error' && processes['attach']?.at === 'done',
    ),
  ],
  expect: [
    {
      given: { release: 'queens' },
      violates: { [errorVolumeIsUnattached.name]: 13 },
      reason: 'bug 1785050: Cinder accepts a volume without attachments, whatever its status',
    },
    { given: { release: 'rocky' }, reason: 'cinder 13: the status must be in-use or reserved' },
    {
      given: { release: 'rocky', override: 'no_other_server' },
      violates: { [errorVolumeIsUnattached.name]: 13 },
      reason: 'without this rule the bug is back',
    },
    {
      given: { release: 'stein', override: 'no_other_server' },
      reason: 'cinder 14 refuses a volume in error at once (bugs 1813267 and 1805762)',
    },
    { given: { release: '2026.1' }, reason: 'Cinder refuses the volume, as in stein' },
  ],
});
