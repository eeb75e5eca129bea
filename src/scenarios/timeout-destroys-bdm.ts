import { cloud } from '../model/cloud.ts';
import { cloudScenario } from '../model/cloud-scenario.ts';
import { attachVolume } from '../model/nova/attach.ts';
import { S2, S7 } from '../model/properties/always.ts';
import { Q1, Q2, Q2b, Q5, Q9 } from '../model/properties/at-rest.ts';

export const timeoutDestroysBdm = cloudScenario({
  name: 'timeout-destroys-bdm',
  about:
    'The same volume is attached to the same server by two requests at once. The second waits for the instance lock until its ' +
    'call times out, looks for its BDM by server and volume, and destroys the one of the first. Found by the model.',
  release: '2026.1',
  entities: () => ({ servers: { s1: 'h1' }, volumes: { v1: {} } }),
  operations: () => ({
    attach1: attachVolume.start('s1', 'v1'),
    attach2: attachVolume.start('s1', 'v1'),
  }),
  faults: () => ({ 'rpc-timeout': 1 }),
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
      given: { release: '2026.1' },
      violates: {
        [S2.name]: 53,
        [S7.name]: 53,
        [Q1.name]: 60,
        [Q2.name]: 12,
        [Q2b.name]: 25,
        [Q5.name]: 61,
        [Q9.name]: 12,
      },
      because:
        'the first request loses its BDM: its attachment stays (Q2b), or is deleted under the running guest (S2, S7)',
    },
    {
      given: { release: '2026.1', bdm_on_timeout: 'kept' },
      violates: { [Q1.name]: 60, [Q2.name]: 11, [Q9.name]: 11 },
      because: 'without the search what remains are bug 1960401 and late-attachment-update',
    },
  ],
});
