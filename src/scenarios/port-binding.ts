import { cloud } from '../model/cloud.ts';
import { cloudScenario } from '../model/cloud-scenario.ts';
import { faultNames } from '../model/faults.ts';
import { liveMigrate, liveMigrateAbort } from '../model/nova/live-migration.ts';
import { S2, S4, S4b } from '../model/properties/always.ts';
import { Q1, Q2b, Q3, Q4, Q5, Q6, Q7, Q9 } from '../model/properties/at-rest.ts';
import { P2, P3, portProperties } from '../model/properties/ports.ts';
import { choice } from '../spec/parameters.ts';

export const portBinding = cloudScenario({
  name: 'port-binding',
  about:
    'What was the model for the second attachment in 2016: a live migration gives a port a second, inactive binding, makes it ' +
    'the active one at the cut-over and deletes the first. Port and volume of one server are moved beside each other.',
  release: '2026.1',
  parameters: {
    fault: choice(['none', ...faultNames], { about: 'what fails, once, at any moment' }),
    again: choice(['no', 'yes'], {
      about: 'whether it is asked for twice, of a server without volumes, and one migration fails',
    }),
    abort: choice(['no', 'yes'], { about: 'whether the operator asks to abort it' }),
  },
  entities: ({ again }) => ({
    servers: { s1: 'h1', s2: 'h1' },
    volumes: { v1: {} },
    attached: again === 'yes' ? [] : [['s1', 'v1']],
    ports: { p1: 's1', p2: 's2' },
  }),
  operations: ({ abort, again }) => ({
    migrate: liveMigrate.start('s1', 'h2'),
    ...(abort === 'yes' ? { abort: liveMigrateAbort.start('s1') } : {}),
    ...(again === 'yes' ? { again: liveMigrate.start('s1', 'h2') } : {}),
  }),
  faults: ({ fault, again }) => ({
    ...(again === 'yes' ? { 'migration-error': 1 } : {}),
    ...(fault === 'none' ? {} : { [fault]: 1 }),
  }),
  reachable: [
    ...portProperties,
    cloud.reachable(
      'port and volume of the server are on the other host, and nowhere else',
      ({ bindings, attachments, instances }) =>
        instances['s1']?.host === 'h2' &&
        Object.keys(bindings).sort().join() === 'p1@h2,p2@h1' &&
        bindings['p1@h2'] === 'active' &&
        Object.values(attachments).every(({ connector }) => connector === 'h2'),
    ),
  ],
  expect: [
    {
      given: { fault: 'none' },
      because:
        'the port changes over in one transaction, the volume by two attachments and their deletion; both arrive',
    },
    {
      given: { abort: 'yes' },
      because: 'an abort at any moment leaves both where they were, or both moved',
    },
    {
      given: { fault: 'migration-error' },
      because: 'the rollback deletes the second binding as it deletes the second attachment',
    },
    {
      given: { fault: 'destination-error' },
      because: 'the same when the destination cannot prepare',
    },
    {
      given: { fault: 'vif-plug-timeout' },
      violates: { [S2.name]: 64, [Q5.name]: 75 },
      because: 'what goes wrong with the volume does not with the port (D29)',
    },
    {
      given: { fault: 'rest-500' },
      violates: {
        [P3.name]: 8,
        [S2.name]: 61,
        [S4.name]: 35,
        [S4b.name]: 40,
        [Q1.name]: 43,
        [Q2b.name]: 43,
        [Q5.name]: 73,
        [Q9.name]: 59,
      },
      because:
        'never two active bindings or none; but one that Neutron made after Nova gave up stays, and a lost reply at the cut-over leaves the attachment of the source',
    },
    {
      given: { fault: 'crash' },
      violates: {
        [P2.name]: 55,
        [P3.name]: 6,
        [S2.name]: 52,
        [S4.name]: 21,
        [S4b.name]: 31,
        [Q1.name]: 35,
        [Q2b.name]: 35,
        [Q3.name]: 52,
        [Q4.name]: 55,
        [Q5.name]: 63,
        [Q6.name]: 62,
        [Q7.name]: 40,
        [Q9.name]: 52,
      },
      because:
        'nobody finishes the move: guest and volume on one host, the port on the other (docs/openstack.md 9.2, source after M11)',
    },
    {
      given: { again: 'yes', fault: 'rest-500' },
      violates: { [P3.name]: 9 },
      because:
        'the binding that stays is refused to the next migration to that host, whose rollback takes it away; after the last one it stays',
    },
  ],
});
