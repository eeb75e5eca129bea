import { useVolume } from '../../model/cinder/client.ts';
import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { detachVolume } from '../../model/nova/detach.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';

export const clientWithoutServer = cloudScenario({
  name: 'client-without-server',
  about:
    'A client of Cinder uses a volume on its own behalf, so its attachment names no server ' +
    '(docs/openstack.md 1.1). No other user of the volume has an attachment of the same ' +
    'server, Nova does not count it, and its user may delete it at any time.',
  release: '2026.1',
  parameters: {
    beside: choice(['another', 'server'], {
      about: 'the other user of the volume: another such client, or a server that gives it back',
    }),
  },
  entities: ({ beside }) =>
    beside === 'another'
      ? { servers: {}, volumes: { v1: {} } }
      : {
          servers: { s1: 'h1' },
          volumes: { v1: { multiattach: true } },
          attached: [['s1', 'v1']],
        },
  operations: ({ beside }) => ({
    client: useVolume.start('v1', null, 'h3', 'controller'),
    ...(beside === 'another'
      ? { other: useVolume.start('v1', null, 'h2', 'controller') }
      : { detach: detachVolume.start('s1', 'v1') }),
  }),
  reachable: [
    cloud.reachable(
      'the client has used the volume and given it back',
      ({ attachments }, processes) =>
        processes['client']?.at === 'done' && attachments['attachment-client'] === undefined,
    ),
    cloud.reachable(
      'the client has an attachment',
      ({ attachments }) => attachments['attachment-client']?.status === 'attached',
    ),
  ],
  expect: [
    {
      given: { beside: 'another' },
      reason:
        'Cinder takes neither for a further attachment of the same server, so it refuses the ' +
        'second',
    },
    { given: { beside: 'server' }, reason: 'each ends its own attachment' },
  ],
});
