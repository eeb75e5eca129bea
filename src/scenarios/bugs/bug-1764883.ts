import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { evacuate, restartCompute } from '../../model/nova/evacuate.ts';
import { secondAttachmentOnlyForMove } from '../../model/properties/always.ts';
import {
  allAgreeOnAttachments,
  connectionsNameHostOfServer,
} from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';

/** The end that the user waits for. */
const undone = cloud.never('an evacuation fails because the host comes back', ({ migrations }) => {
  return migrations['migration-evacuate']?.status === 'failed';
});

export const bug1764883 = cloudScenario({
  name: 'bug-1764883',
  about:
    'R40: the nova-compute of a dead host comes back during the evacuation of one of its ' +
    'servers. It takes the server for its own and resets its task state, and the ' +
    'destination fails. Since nova 18 it also looks for evacuations that are running.',
  release: '2026.1',
  entities: () => ({
    servers: { s1: 'h1' },
    volumes: { v1: {} },
    attached: [['s1', 'v1']],
    down: ['h1'],
    fenced: ['s1'],
  }),
  operations: () => ({
    evacuate: evacuate.start('s1', 'h2'),
    restart: restartCompute.start('h1'),
  }),
  reachable: [
    undone,
    cloud.reachable(
      'the server runs on the other host with its volume',
      ({ instances, disks }) =>
        instances['s1']?.host === 'h2' && disks['s1/v1']?.startsWith('h2/') === true,
    ),
  ],
  expect: [
    {
      given: { release: 'queens' },
      violates: {
        [secondAttachmentOnlyForMove.name]: 12,
        [connectionsNameHostOfServer.name]: 63,
        [allAgreeOnAttachments.name]: 63,
        ['an evacuation fails because the host comes back']: 30,
      },
      reason:
        'bug 1764883: the source takes the server out of rebuilding. The destination sees it ' +
        'after it has moved the attachments, or does not see that the server no longer moves',
    },
    {
      given: { release: 'rocky' },
      reason: 'nova 18 leaves a server alone whose evacuation is running',
    },
    { given: { release: '2026.1' }, reason: 'nova-compute leaves the server alone, as in nova 18' },
    {
      given: { release: '2026.1', evacuation_records: 'accepted_and_done' },
      violates: {
        [secondAttachmentOnlyForMove.name]: 12,
        [connectionsNameHostOfServer.name]: 61,
        [allAgreeOnAttachments.name]: 61,
        ['an evacuation fails because the host comes back']: 28,
      },
      reason: 'if nova-compute looks only for accepted and finished evacuations, the bug is back',
    },
  ],
});
