import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { attachVolume } from '../../model/nova/attach.ts';
import { errorVolumeIsUnattached } from '../../model/properties/always.ts';
import { cloud } from '../../model/world/cloud.ts';

export const bug1785050 = cloudScenario({
  name: 'bug-1785050',
  about:
    'R12: a volume in error is attached. Its status was no reason to refuse, because no other server had an attachment, and it came ' +
    'out of this in use or available. Cinder 13 lets a further attachment in only when the volume is in use or reserved.',
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
      reason: 'bug 1785050: whatever the status, a volume without attachments is let through',
    },
    { given: { release: 'rocky' }, reason: 'cinder 13: the status must be in-use or reserved' },
    {
      given: { release: 'rocky', override: 'no_other_server' },
      violates: { [errorVolumeIsUnattached.name]: 13 },
      reason: 'it is this rule that mends it',
    },
    {
      given: { release: 'stein', override: 'no_other_server' },
      reason: 'bugs 1813267 and 1805762, cinder 14: a volume in error is refused at once',
    },
    { given: { release: '2026.1' }, reason: 'as in stein' },
  ],
});
