import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { rebuildServer } from '../../model/nova/rebuild.ts';
import { volumeStatusFitsAttachments } from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';

export const bug2036994 = cloudScenario({
  name: 'bug-2036994',
  about:
    'A server that boots from a volume is rebuilt, and Cinder refuses the image when it has ' +
    'written the status already. Before cinder 24 the volume stayed downloading for ever.',
  release: '2026.1',
  entities: () => ({ servers: { s1: 'h1' }, volumes: { v1: {} }, attached: [['s1', 'v1']] }),
  operations: () => ({ rebuild: rebuildServer.start('s1', 'v1') }),
  faults: () => ({ 'image-error': 1 }),
  reachable: [
    cloud.reachable(
      'the server is rebuilt',
      ({ instances, events }) =>
        instances['s1']?.vm_state === 'active' &&
        instances['s1'].task_state === null &&
        Object.keys(events).length === 0,
    ),
  ],
  expect: [
    {
      given: { release: '2023.2' },
      violates: { [volumeStatusFitsAttachments.name]: 43 },
      reason: 'bug 2036994: the status is not given back',
    },
    { given: { release: '2024.1' }, reason: 'cinder 24: the volume is reserved again' },
    { given: { release: '2026.1' }, reason: 'as in cinder 24' },
    {
      given: { release: '2026.1', refused_image: 'downloading' },
      violates: { [volumeStatusFitsAttachments.name]: 43 },
      reason: 'it is this that mends it',
    },
  ],
});
