import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { attachVolume } from '../../model/nova/attach.ts';
import { cloud } from '../../model/world/cloud.ts';
import { isAtRest } from '../../model/world/services.ts';

const toldOfFailure = cloud.always(
  'at rest, every listener has been told of an attach that has failed',
  cloud.every('heard', ({ event }, volume, state, processes) => {
    const isAttached = state.volumes[volume]?.status === 'in-use';
    return isAttached || event === 'instance.volume_attach.error' || !isAtRest(processes, state);
  }),
);

export const bug1812969 = cloudScenario({
  name: 'bug-1812969',
  about:
    'R23: an attach fails on the host. The block device layer deletes the attachment, and ' +
    'the manager deletes it again. The 404 of the second deletion hid the first error, so ' +
    'Nova never reported it. Nova 19 ignores the 404.',
  release: '2026.1',
  faults: () => ({ 'brick-error': 1 }),
  entities: () => ({ servers: { s1: 'h1' }, volumes: { v1: {} }, heard: ['v1'] }),
  operations: () => ({ attach: attachVolume.start('s1', 'v1') }),
  reachable: [
    cloud.reachable(
      'the volume is in use by the server',
      ({ disks, volumes }) => disks['s1/v1'] !== undefined && volumes['v1']?.status === 'in-use',
    ),
    toldOfFailure,
  ],
  expect: [
    {
      given: { release: 'rocky' },
      violates: { [toldOfFailure.name]: 55 },
      reason: 'bug 1812969: the second exception comes before the notification of the first',
    },
    { given: { release: 'stein' }, reason: 'nova 19 ignores the 404 of the second deletion' },
    {
      given: { release: 'stein', rollback_ignores_not_found: 'no' },
      violates: { [toldOfFailure.name]: 55 },
      reason: 'if Nova does not ignore the 404, the bug is back',
    },
    { given: { release: '2026.1' }, reason: 'Nova ignores the 404, as in stein' },
  ],
});
