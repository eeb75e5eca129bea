import { cloud } from '../model/cloud.ts';
import { cloudScenario } from '../model/cloud-scenario.ts';
import { shelveServer, unshelveServer } from '../model/nova/shelve.ts';
import { detachVolumeShelvedOffloaded } from '../model/nova/shelved.ts';
import { S2, S7 } from '../model/properties/always.ts';
import { Q1, Q2b, Q5, Q7, Q9 } from '../model/properties/at-rest.ts';
import { choice } from '../spec/parameters.ts';

export const detachWhileShelved = cloudScenario({
  name: 'detach-while-shelved',
  about:
    'A volume is detached from a server that is on no host, by nova-api alone, and the server is brought back meanwhile. ' +
    'nova-api holds no lock that nova-compute respects (docs/openstack.md 8.6).',
  release: '2026.1',
  parameters: {
    attached: choice(['while', 'before'], {
      about: 'whether the volume was attached while the server was on no host, or before',
    }),
    meanwhile: choice(['nothing', 'unshelve'], { about: 'what else is asked' }),
  },
  entities: ({ attached }) => ({
    servers: { s1: attached === 'while' ? null : 'h1' },
    volumes: { v1: {} },
    attached: [['s1', 'v1']],
  }),
  operations: ({ attached, meanwhile }) => ({
    detach: detachVolumeShelvedOffloaded.start('s1', 'v1'),
    ...(attached === 'before' ? { shelve: shelveServer.start('s1') } : {}),
    ...(meanwhile === 'unshelve' ? { unshelve: unshelveServer.start('s1', 'h1') } : {}),
  }),
  reachable: [
    cloud.reachable(
      'the volume is free, and Nova has forgotten it',
      ({ volumes, bdms }) =>
        volumes['v1']?.status === 'available' && bdms['bdm-s1-v1'] === undefined,
    ),
  ],
  expect: [
    {
      given: { attached: 'while', meanwhile: 'nothing' },
      because: 'cinder-volume finds no connector and asks no driver (bug 1738254)',
    },
    {
      given: { attached: 'before', meanwhile: 'nothing' },
      because: 'the row is reserved, so that nobody has to unmap anything',
    },
    {
      given: { attached: 'while', meanwhile: 'unshelve' },
      violates: {
        [S2.name]: 41,
        [S7.name]: 44,
        [Q1.name]: 44,
        [Q2b.name]: 61,
        [Q5.name]: 48,
        [Q7.name]: 34,
        [Q9.name]: 48,
      },
      because:
        'a detach that has passed its check deletes the attachment that nova-compute is connecting: the volume is unmapped ' +
        'under the guest that starts, or stays mapped without an attachment (as D6)',
    },
    {
      given: { attached: 'before', meanwhile: 'unshelve' },
      violates: {
        [S2.name]: 74,
        [S7.name]: 77,
        [Q1.name]: 74,
        [Q2b.name]: 94,
        [Q5.name]: 78,
        [Q7.name]: 64,
        [Q9.name]: 78,
      },
      because: 'the same with the volume that was there before',
    },
  ],
});
