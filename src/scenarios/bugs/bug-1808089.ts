import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { shelveServer } from '../../model/nova/shelve.ts';
import { detachVolumeShelvedOffloaded } from '../../model/nova/shelved.ts';
import { cloud } from '../../model/world/cloud.ts';

const isDetached = cloud.reachable(
  'the volume of a shelved server is detached',
  ({ volumes, bdms }) => volumes['v1']?.status === 'available' && bdms['bdm-s1-v1'] === undefined,
);

export const bug1808089 = cloudScenario({
  name: 'bug-1808089',
  about:
    'A user detaches a volume from a server that is shelved. The volume is reserved, and before ' +
    'nova 19 nova-api asked Cinder to begin to detach it, which Cinder refuses for such a volume.',
  release: '2026.1',
  entities: () => ({
    servers: { s1: 'h1' },
    volumes: { v1: {} },
    attached: [['s1', 'v1']],
  }),
  operations: () => ({
    shelve: shelveServer.start('s1'),
    detach: detachVolumeShelvedOffloaded.start('s1', 'v1'),
  }),
  reachable: [isDetached],
  expect: [
    {
      given: { release: 'rocky' },
      violates: { [isDetached.name]: null },
      reason: 'bug 1808089: the request is refused',
    },
    { given: { release: 'stein' }, reason: 'nova 19 deletes the attachment at once' },
    { given: { release: '2026.1' }, reason: 'as in nova 19' },
    {
      given: { release: '2026.1', shelved_detach: 'begins' },
      violates: { [isDetached.name]: null },
      reason: 'it is this that mends it',
    },
  ],
});
