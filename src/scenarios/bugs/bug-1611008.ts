import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { shelveServer, unshelveServer } from '../../model/nova/shelve.ts';
import { connectionsNameHostOfServer } from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';

export const bug1611008 = cloudScenario({
  name: 'bug-1611008',
  about:
    'R41: a user unshelves a server as soon as it shows that it is offloaded. The offload ' +
    'clears the host in the row of the server after the unshelve has written the new one. ' +
    'The instance lock keeps the two apart as long as both are on one host.',
  release: '2026.1',
  parameters: {
    to: choice(['same-host', 'other-host'], { about: 'where the user unshelves the server' }),
  },
  entities: () => ({ servers: { s1: 'h1' }, volumes: { v1: {} }, attached: [['s1', 'v1']] }),
  operations: ({ to }) => ({
    shelve: shelveServer.start('s1'),
    unshelve: unshelveServer.start('s1', to === 'same-host' ? 'h1' : 'h2'),
  }),
  reachable: [
    cloud.reachable(
      'the server runs again with its volume',
      ({ instances, disks, attachments }) =>
        instances['s1']?.host !== null &&
        instances['s1']?.vm_state === 'active' &&
        disks['s1/v1'] !== undefined &&
        attachments['attachment-shelve'] !== undefined,
    ),
  ],
  expect: [
    {
      given: { to: 'same-host' },
      reason: 'bug 1611008: the instance lock makes the unshelve wait',
    },
    {
      given: { to: 'same-host', L1_shelve: 'none' },
      violates: { [connectionsNameHostOfServer.name]: 71 },
      reason:
        'without the lock the server runs on no host. Every release with this flow has the lock',
    },
    {
      given: { to: 'other-host' },
      violates: { [connectionsNameHostOfServer.name]: 71 },
      reason:
        'the lock covers one host: a server that is unshelved elsewhere can lose its host on ' +
        'today’s master too',
    },
  ],
});
