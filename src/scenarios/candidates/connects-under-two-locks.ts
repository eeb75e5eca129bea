import { useVolume } from '../../model/cinder/client.ts';
import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import {
  connectedAttachmentIsMapped,
  secondAttachmentOnlyForMove,
  secondConnectionOnlyForMove,
} from '../../model/properties/always.ts';
import { noMappingWithoutAttachment } from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';

export const connectsUnderTwoLocks = cloudScenario({
  name: 'connects-under-two-locks',
  about:
    'D7: two clients connect two attachments of one volume, for the same server, at the ' +
    'same time. A lock makes the second see the first, but each host has a lock of its own, ' +
    'and the lock is a file on one node of cinder-api.',
  release: '2026.1',
  parameters: {
    apart: choice(['hosts', 'nodes', 'nothing'], {
      about:
        'the difference between the two clients: their hosts, or the nodes of cinder-api that ' +
        'serve them',
    }),
  },
  entities: () => ({ servers: { s1: 'h1' }, volumes: { v1: {} } }),
  operations: ({ apart }) => ({
    use1: useVolume.start('v1', 's1', 'h1', 'controller1'),
    use2: useVolume.start(
      'v1',
      's1',
      apart === 'hosts' ? 'h2' : 'h1',
      apart === 'nodes' ? 'controller2' : 'controller1',
    ),
  }),
  reachable: [
    cloud.reachable(
      'one attachment is connected, and Cinder has refused the other',
      ({ attachments, volumes }, processes) =>
        Object.keys(attachments).length === 1 &&
        volumes['v1']?.status === 'in-use' &&
        processes['use2']?.at === 'done',
    ),
  ],
  expect: [
    {
      given: { apart: 'hosts' },
      violates: { [secondAttachmentOnlyForMove.name]: 9, [secondConnectionOnlyForMove.name]: 29 },
      reason: 'the model shows D7 on today’s master: the two wait for different locks',
    },
    {
      given: { apart: 'nodes' },
      violates: {
        [secondAttachmentOnlyForMove.name]: 9,
        [secondConnectionOnlyForMove.name]: 29,
        [connectedAttachmentIsMapped.name]: 46,
        [noMappingWithoutAttachment.name]: 73,
      },
      reason:
        'the lock is a file of the node; with a coordination backend the answer is that of ' +
        'apart=nothing',
    },
    {
      given: { apart: 'nothing' },
      violates: { [secondAttachmentOnlyForMove.name]: 9 },
      reason:
        'Cinder refuses to connect the second. It lets it be created ' +
        '(secondAttachmentOnlyForMove) for moves of a server, which it cannot tell from this',
    },
  ],
});
