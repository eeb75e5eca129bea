import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { createServer } from '../../model/nova/boot.ts';
import {
  connectionsNameHostOfServer,
  everyBdmHasAttachment,
} from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';

export const givenUpBuild = cloudScenario({
  name: 'given-up-build',
  about:
    'Cinder does not complete the attachment of the volume that a server boots from, and ' +
    'Nova abandons the build. It deletes the attachment at once, and a volume that it has ' +
    'made for the server together with its mapping.',
  release: '2026.1',
  parameters: {
    source: choice(['volume', 'image'], {
      about: 'whether the volume existed before, or Nova makes it',
    }),
  },
  entities: ({ source }) => ({ servers: {}, volumes: source === 'volume' ? { v1: {} } : {} }),
  operations: ({ source }) => ({ boot: createServer.start('s1', 'v1', 'h1', source) }),
  faults: () => ({ 'complete-error': 1 }),
  reachable: [
    cloud.reachable(
      'the server is in error',
      ({ instances }) => instances['s1']?.vm_state === 'error',
    ),
  ],
  expect: [
    {
      given: { source: 'volume' },
      violates: { [everyBdmHasAttachment.name]: 49, [connectionsNameHostOfServer.name]: 49 },
      reason: 'the mapping names the attachment that is gone',
    },
    { given: { source: 'image' }, reason: 'Nova deletes mapping and volume' },
  ],
});
