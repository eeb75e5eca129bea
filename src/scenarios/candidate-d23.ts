import { cloud } from '../model/cloud.ts';
import { attachVolume } from '../model/nova/attach.ts';
import { S2, S7 } from '../model/properties/always.ts';
import { Q2, Q5, Q9 } from '../model/properties/at-rest.ts';
import { situation } from '../model/situation.ts';

export const candidateD23 = situation({
  name: 'candidate-d23',
  about:
    'D23: nova-compute attaches a volume to the guest and cannot save connection_info. The attachment and the block device ' +
    'mapping are deleted, but nobody takes the disk from the guest or the device from the host. When the block device mapping itself ' +
    'cannot be saved, before Cinder is asked, it stays (DOMAIN.md 0.5, A6).',
  release: '2026.1',
  entities: () => ({ servers: { s1: 'h1' }, volumes: { v1: {} } }),
  operations: () => ({ attach: attachVolume.start('s1', 'v1') }),
  faults: () => ({ 'save-error': 1 }),
  reachable: [
    cloud.reachable('the volume is attached', ({ volumes }) => volumes['v1']?.status === 'in-use'),
  ],
  expect: [
    {
      given: { release: '2026.1' },
      violates: { [S2.name]: 45, [S7.name]: 45, [Q5.name]: 51, [Q9.name]: 9, [Q2.name]: 9 },
      because: 'the guest keeps a disk over an unmapped LUN: the model shows D23 on today’s master',
    },
  ],
});
