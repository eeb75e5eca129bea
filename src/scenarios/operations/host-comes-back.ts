import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { evacuate, restartCompute } from '../../model/nova/evacuate.ts';
import { rebuildServer } from '../../model/nova/rebuild.ts';
import { cloud } from '../../model/world/cloud.ts';

export const hostComesBack = cloudScenario({
  name: 'host-comes-back',
  about:
    'The nova-compute of a dead host comes back and resets the unfinished requests of its ' +
    'servers. It must leave three servers alone: one that was evacuated, one that is ' +
    'rebuilt on another host, and one without a request.',
  release: '2026.1',
  entities: () => ({ servers: { s1: 'h1', s2: 'h2', s3: 'h1' }, volumes: {}, down: ['h1'] }),
  operations: () => ({
    evacuate: evacuate.start('s1', 'h2'),
    restart: restartCompute.start('h1'),
    rebuild: rebuildServer.start('s2', ''),
  }),
  reachable: [
    cloud.never('nova-compute resets a server that needs no help', ({ instances }) =>
      Object.values(instances).some(({ vm_state }) => vm_state === 'error'),
    ),
    cloud.reachable(
      'two servers run on the other host and one on this host, which is up',
      ({ instances, down }) =>
        Object.values(instances).every(({ task_state }) => task_state === null) &&
        Object.values(instances).filter(({ host }) => host === 'h2').length === 2 &&
        down['h1'] === undefined,
    ),
  ],
  expect: [
    {
      given: {},
      reason:
        'nova-compute reads the records of evacuations, and host and task state of each server',
    },
  ],
});
