import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { detachVolume } from '../../model/nova/detach.ts';
import {
  allAgreeOnAttachments,
  attachedVolumeIsWorkingDisk,
  volumeStatusFitsAttachments,
} from '../../model/properties/at-rest.ts';
import {
  detachCompletesOrRollsBack,
  detachingVolumeSettles,
} from '../../model/properties/liveness.ts';
import { cloud } from '../../model/world/cloud.ts';
import { range } from '../../spec/parameters.ts';

export const detachNeverRolledBack = cloudScenario({
  name: 'detach-never-rolled-back',
  about:
    'D15: the guest and the host have given a volume up, and then Cinder cannot delete the ' +
    'attachment. Nova does not roll the volume back, so it stays detaching, with its block ' +
    'device mapping and without a device.',
  release: '2026.1',
  parameters: {
    errors: range(1, 5, { default: 5, about: 'how often the volume driver fails' }),
  },
  entities: () => ({ servers: { s1: 'h1' }, volumes: { v1: {} }, attached: [['s1', 'v1']] }),
  operations: () => ({ detach: detachVolume.start('s1', 'v1') }),
  faults: ({ errors }) => ({ 'driver-error': errors }),
  liveness: 'services',
  reachable: [
    cloud.reachable('the volume is free', ({ volumes }) => volumes['v1']?.status === 'available'),
  ],
  expect: [
    {
      given: { errors: 5 },
      violates: {
        [volumeStatusFitsAttachments.name]: 58,
        [attachedVolumeIsWorkingDisk.name]: 58,
        [allAgreeOnAttachments.name]: 58,
        [detachingVolumeSettles.name]: 58,
        [detachCompletesOrRollsBack.name]: 58,
      },
      reason: 'Nova tries nothing after the fifth attempt: the model shows D15 on today’s master',
    },
    { given: { errors: 4 }, reason: 'nova 25 asks Cinder five times' },
    {
      given: { errors: 1, release: 'xena' },
      violates: {
        [volumeStatusFitsAttachments.name]: 26,
        [attachedVolumeIsWorkingDisk.name]: 26,
        [allAgreeOnAttachments.name]: 26,
        [detachingVolumeSettles.name]: 26,
        [detachCompletesOrRollsBack.name]: 26,
      },
      reason: 'before nova 25 one error was enough',
    },
  ],
});
