import { cloud } from '../model/cloud.ts';
import { cloudScenario } from '../model/cloud-scenario.ts';
import { faultNames } from '../model/faults.ts';
import { liveMigrate, liveMigrateAbort } from '../model/nova/live-migration.ts';
import { S2, S4, S4b } from '../model/properties/always.ts';
import { Q1, Q2b, Q3, Q4, Q5, Q6, Q7, Q9 } from '../model/properties/at-rest.ts';
import { V1, V3, V5 } from '../model/properties/liveness.ts';
import { choice } from '../spec/parameters.ts';

export const liveMigration = cloudScenario({
  name: 'live-migration',
  about:
    'A running server with a volume is moved to another host, as Nova does it since Queens, and the operator may abort it at ' +
    'any moment. Nothing goes wrong unless something fails: what one failure of each kind leaves behind.',
  release: '2026.1',
  parameters: {
    fault: choice(['none', ...faultNames], { about: 'what fails, once, at any moment' }),
    abort: choice(['no', 'yes'], { about: 'whether the operator asks to abort it' }),
  },
  entities: () => ({ servers: { s1: 'h1' }, volumes: { v1: {} }, attached: [['s1', 'v1']] }),
  operations: ({ abort }) => ({
    migrate: liveMigrate.start('s1', 'h2'),
    ...(abort === 'yes' ? { abort: liveMigrateAbort.start('s1') } : {}),
  }),
  faults: ({ fault }) => (fault === 'none' ? {} : { [fault]: 1 }),
  liveness: 'services',
  reachable: [
    cloud.reachable(
      'the server runs on the other host and has its volume there',
      ({ instances, disks, attachments }) =>
        instances['s1']?.host === 'h2' &&
        instances['s1'].task_state === null &&
        disks['s1/v1']?.startsWith('h2/') === true &&
        Object.keys(attachments).length === 1,
    ),
  ],
  expect: [
    { given: { fault: 'none' }, because: 'the flow is right when nothing fails' },
    {
      given: { abort: 'yes' },
      because:
        'an abort at any moment ends with the server on one host and one attachment (docs/openstack.md 7, M10)',
    },
    {
      given: { fault: 'migration-error' },
      because: 'the rollback disconnects the destination and puts the BDM back (M14)',
    },
    {
      given: { fault: 'cast-lost' },
      violates: { [V5.name]: 2 },
      because: 'nothing is broken, but the server stays migrating',
    },
    {
      given: { fault: 'vif-plug-timeout' },
      violates: { [S2.name]: 61, [Q5.name]: 69 },
      because: 'the rollback leaves the destination alone, which has connected by then (D29)',
    },
    {
      given: { fault: 'brick-error' },
      violates: { [S2.name]: 67, [Q5.name]: 76 },
      because:
        'a failed disconnect on the source is only logged, and the attachment deleted all the same (D18)',
    },
    {
      given: { fault: 'driver-error' },
      violates: { [S4.name]: 33, [S4b.name]: 37, [Q2b.name]: 33, [V3.name]: 33, [V5.name]: 33 },
      because: 'a failed create with a connector leaves its row (docs/openstack.md 5.2, c6)',
    },
    {
      given: { fault: 'rpc-timeout' },
      violates: {
        [S2.name]: 49,
        [S4.name]: 21,
        [S4b.name]: 26,
        [Q1.name]: 36,
        [Q2b.name]: 36,
        [Q3.name]: 58,
        [Q5.name]: 67,
        [Q9.name]: 58,
        [V1.name]: 36,
        [V3.name]: 36,
        [V5.name]: 36,
      },
      because: 'the destination goes on when the source has given up (D10)',
    },
    {
      given: { fault: 'rest-500' },
      violates: {
        [S2.name]: 58,
        [S4.name]: 29,
        [S4b.name]: 34,
        [Q1.name]: 37,
        [Q2b.name]: 37,
        [Q5.name]: 67,
        [V1.name]: 37,
        [V3.name]: 37,
        [V5.name]: 37,
      },
      because:
        'attachment_create and attachment_complete are not sent again; who gave up leaves what Cinder still does (docs/openstack.md 5.7)',
    },
    {
      given: { fault: 'crash' },
      violates: {
        [S2.name]: 49,
        [S4.name]: 18,
        [S4b.name]: 26,
        [Q1.name]: 29,
        [Q2b.name]: 29,
        [Q3.name]: 49,
        [Q4.name]: 52,
        [Q5.name]: 57,
        [Q6.name]: 56,
        [Q7.name]: 34,
        [Q9.name]: 49,
        [V1.name]: 29,
        [V3.name]: 29,
        [V5.name]: 2,
      },
      because:
        'nobody repairs what the destination, or a worker of Cinder, left half done (docs/openstack.md 9.2)',
    },
  ],
});
