import { cloud } from '../model/cloud.ts';
import { cloudScenario } from '../model/cloud-scenario.ts';
import { detachVolume } from '../model/nova/detach.ts';
import { rebootServer } from '../model/nova/reboot.ts';
import { swapVolume } from '../model/nova/swap-volume.ts';
import { S2, S6, S7, S10 } from '../model/properties/always.ts';
import { Q1, Q2, Q2b, Q4, Q5, Q7, Q9 } from '../model/properties/at-rest.ts';
import { choice } from '../spec/parameters.ts';

const requests = {
  reboot: () => rebootServer.start('s1'),
  detach: () => detachVolume.start('s1', 'v1'),
} as const;

export const swapAndReboot = cloudScenario({
  name: 'swap-and-reboot',
  about:
    'Cinder moves an attached volume and has nova-compute replace it, which sets no task state; the server is rebooted, or the ' +
    'volume detached, meanwhile. Since nova 23 the lock of the server keeps them apart.',
  release: '2026.1',
  // What else can go wrong at the end of the migration of a volume is candidate D31.
  site: { migrated_rows: 'before_delete' },
  parameters: { other: choice(['reboot', 'detach'], { about: 'what else is asked' }) },
  entities: () => ({
    servers: { s1: 'h1' },
    volumes: { v1: { migrating: true }, v2: { migrating: true } },
    attached: [['s1', 'v1']],
  }),
  operations: ({ other }) => ({
    swap: swapVolume.start('s1', 'v1', 'v2'),
    other: requests[other](),
  }),
  reachable: [
    cloud.reachable(
      'both requests have come to an end',
      (_state, processes) => processes['swap']?.at === 'done' && processes['other']?.at === 'done',
    ),
  ],
  expect: [
    {
      given: { other: 'reboot' },
      violates: { [S10.name]: 58, [Q1.name]: 59 },
      because:
        'no mapping names the attachment of the temporary volume yet, so that the clean-up of the reboot deletes it ' +
        '(docs/openstack.md 8.14), and that volume keeps the status of before. S10 is the change of names',
    },
    {
      given: { other: 'reboot', L1_swap: 'none' },
      violates: {
        [S2.name]: 50,
        [S6.name]: 65,
        [S7.name]: 52,
        [S10.name]: 58,
        [Q1.name]: 59,
        [Q2.name]: 103,
        [Q4.name]: 84,
        [Q5.name]: 84,
        [Q7.name]: 73,
        [Q9.name]: 84,
      },
      because: 'without the lock the reboot connects what the other takes away',
    },
    {
      given: { other: 'detach' },
      violates: { [S10.name]: 58, [Q1.name]: 28, [Q2b.name]: 41 },
      because:
        'begin_detaching changes nothing while Cinder moves the volume, so that nobody refuses the detach; the volume that is free then ' +
        'keeps the status that it had (docs/openstack.md 8.8)',
    },
    {
      given: { other: 'detach', L1_swap: 'none' },
      violates: {
        [S2.name]: 79,
        [S7.name]: 79,
        [S10.name]: 58,
        [Q1.name]: 28,
        [Q2b.name]: 41,
        [Q4.name]: 86,
        [Q9.name]: 86,
      },
      because: 'without the lock the detach unmaps what the guest has just changed over to',
    },
  ],
});
