import { backUpVolume } from '../model/cinder/backup.ts';
import { extendVolume } from '../model/cinder/extend.ts';
import { resetStatus } from '../model/cinder/operator.ts';
import { uploadToImage } from '../model/cinder/upload.ts';
import { volumeCreate } from '../model/cinder/volume-create.ts';
import { volumeDelete } from '../model/cinder/volume-delete.ts';
import { cloud } from '../model/cloud.ts';
import { cloudScenario } from '../model/cloud-scenario.ts';
import { liveMigrate } from '../model/nova/live-migration.ts';
import { rebuildServer } from '../model/nova/rebuild.ts';
import { attachOf, detachOf } from '../model/nova/requests.ts';
import { swapVolume } from '../model/nova/swap-volume.ts';
import { S8, S9, S9b, S10 } from '../model/properties/always.ts';
import { Q1, Q2, Q2b, Q4, Q5, Q7, Q9 } from '../model/properties/at-rest.ts';
import type { Entities } from '../model/start.ts';
import type { Switches } from '../model/switches.ts';
import { choice } from '../spec/parameters.ts';
import type { Process } from '../spec/process.ts';

interface Work {
  readonly entities: Entities;
  readonly request: (release: Switches) => Process;
}

const free: Entities = { servers: { s1: 'h1' }, volumes: { v1: {} } };
const attached: Entities = { ...free, attached: [['s1', 'v1']] };
const migrating: Entities['volumes'] = { v1: { migrating: true }, v2: { migrating: true } };

/** What goes on with a volume, and whether a server has it already. */
const works = {
  delete: { entities: free, request: () => volumeDelete.start('v1') },
  create: { entities: { servers: {}, volumes: {} }, request: () => volumeCreate.start('v1') },
  attach: { entities: free, request: (release) => attachOf(release, 's1', 'v1') },
  upload: { entities: free, request: () => uploadToImage.start('v1', 'h1') },
  backup: { entities: free, request: () => backUpVolume.start('v1', 'h1') },
  detach: { entities: attached, request: (release) => detachOf(release, 's1', 'v1') },
  'detach-shared': {
    entities: {
      servers: { s1: 'h1', s2: 'h2' },
      volumes: { v1: { multiattach: true } },
      attached: [
        ['s1', 'v1'],
        ['s2', 'v1'],
      ],
    },
    request: (release) => detachOf(release, 's1', 'v1'),
  },
  extend: { entities: attached, request: () => extendVolume.start('v1') },
  rebuild: { entities: attached, request: () => rebuildServer.start('s1', 'v1') },
  migrate: { entities: attached, request: () => liveMigrate.start('s1', 'h2') },
  swap: {
    entities: { ...attached, volumes: migrating },
    request: () => swapVolume.start('s1', 'v1', 'v2'),
  },
  'swap-to': {
    entities: { ...attached, volumes: migrating, attached: [['s1', 'v2']] },
    request: () => swapVolume.start('s1', 'v2', 'v1'),
  },
} as const satisfies Record<string, Work>;

const names = [
  'attach',
  'detach',
  'detach-shared',
  'upload',
  'backup',
  'delete',
  'create',
  'extend',
  'rebuild',
  'migrate',
  'swap',
  'swap-to',
] as const satisfies readonly (keyof typeof works)[];

export const resetAndDelete = cloudScenario({
  name: 'reset-and-delete',
  about:
    'An operator takes a volume for stuck, resets its status, and it is deleted, while Nova still attaches, detaches or moves it or ' +
    'Cinder still works on it. The deletion of the row takes the attachments with it, and whoever works on asks for what is gone.',
  release: '2026.1',
  parameters: {
    asked: choice(names, { about: 'what still goes on with the volume' }),
    fault: choice(['none', 'driver-error'], { about: 'what fails, once' }),
  },
  entities: ({ asked }) => works[asked].entities,
  operations: ({ asked }, release) => ({
    asked: works[asked].request(release),
    reset:
      'attached' in works[asked].entities
        ? resetStatus.start('v1', 'available', 'gone')
        : resetStatus.start('v1', 'error', 'kept'),
    delete: volumeDelete.start('v1'),
  }),
  faults: ({ fault }) => (fault === 'none' ? {} : { [fault]: 1 }),
  reachable: [
    cloud.reachable(
      'the volume is deleted while it is still worked on',
      ({ volumes }, processes) =>
        volumes['v1'] === undefined &&
        Object.entries(processes).some(
          ([pid, process]) => pid.startsWith('asked') && process?.at !== 'done',
        ),
    ),
  ],
  expect: [
    {
      given: { asked: 'attach', fault: 'driver-error', release: 'pike' },
      violates: {
        [S9.name]: 35,
        [S9b.name]: 34,
        [Q2b.name]: 59,
        [Q5.name]: 44,
        [Q7.name]: 44,
        [Q9.name]: 44,
      },
      because: 'as without the failure',
    },
    {
      given: { asked: 'detach', fault: 'driver-error', release: 'pike' },
      violates: { [S9.name]: 3, [Q5.name]: 9, [Q7.name]: 9, [Q9.name]: 9 },
      because: 'as without the failure',
    },
    {
      given: { asked: 'extend', fault: 'driver-error' },
      violates: { [S9.name]: 3, [Q2.name]: 6, [Q5.name]: 6, [Q7.name]: 6, [Q9.name]: 6 },
      because: 'as without the failure',
    },
    { given: { asked: 'delete', fault: 'driver-error' }, because: 'as without the failure' },
    {
      given: { asked: 'attach' },
      violates: {
        [S9.name]: 29,
        [S9b.name]: 14,
        [Q2.name]: 49,
        [Q5.name]: 49,
        [Q7.name]: 46,
        [Q9.name]: 49,
      },
      because:
        'nobody looks at the status again once the row is inserted: the volume is mapped while it is deleted, and the guest has the device of what is gone, or the mapping stays',
    },
    {
      given: { asked: 'attach', release: 'pike' },
      violates: {
        [S9.name]: 35,
        [S9b.name]: 34,
        [Q2b.name]: 59,
        [Q5.name]: 44,
        [Q7.name]: 44,
        [Q9.name]: 44,
      },
      because:
        'os-attach writes in-use over deleting; or it inserts its row when the volume is gone, and nobody knows of that one (Q2b)',
    },
    {
      given: { asked: 'attach', release: 'newton', reserve: 'check_then_act' },
      violates: {
        [S9.name]: 36,
        [S9b.name]: 35,
        [Q2b.name]: 59,
        [Q5.name]: 44,
        [Q7.name]: 44,
        [Q9.name]: 44,
      },
      because: 'the same; a reserve that has read the status does not find the volume',
    },
    {
      given: { asked: 'detach' },
      violates: {
        [S9.name]: 3,
        [Q2.name]: 9,
        [Q5.name]: 9,
        [Q7.name]: 9,
        [Q9.name]: 9,
      },
      because:
        'the reset takes the attachment away and asks neither Nova nor the driver (docs/openstack.md 8.12), and begin_detaching is refused. It writes the statuses first, so that a deletion is accepted while the attachment is there (S9)',
    },
    {
      given: { asked: 'detach-shared' },
      violates: { [S9.name]: 3, [Q2.name]: 9, [Q5.name]: 9, [Q7.name]: 9, [Q9.name]: 9 },
      because:
        'the same; what ends the connection of one host when the row of the volume is gone leaves that of the other alone',
    },
    {
      given: { asked: 'upload' },
      because: 'the copy fails, and takes back what it had connected',
    },
    {
      given: { asked: 'backup' },
      violates: { [Q7.name]: 25 },
      because:
        'os-terminate_connection does not find the volume, so that the connection of cinder-backup is left',
    },
    {
      given: { asked: 'create' },
      because: 'what is made is gone when it is ready',
    },
    {
      given: { asked: 'extend' },
      violates: { [S9.name]: 3, [Q2.name]: 6, [Q5.name]: 6, [Q7.name]: 6, [Q9.name]: 6 },
      because: 'the reset alone; the extension ends when the volume is gone',
    },
    {
      given: { asked: 'rebuild' },
      violates: {
        [S9.name]: 3,
        [Q1.name]: 32,
        [Q2.name]: 16,
        [Q5.name]: 16,
        [Q7.name]: 16,
        [Q9.name]: 69,
      },
      because:
        'the reset frees a volume that Nova has just reserved again, because that attachment is not inserted yet (Q1)',
    },
    {
      given: { asked: 'migrate' },
      violates: {
        [S8.name]: 4,
        [S9.name]: 3,
        [Q1.name]: 71,
        [Q2.name]: 32,
        [Q2b.name]: 40,
        [Q5.name]: 32,
        [Q7.name]: 32,
        [Q9.name]: 32,
      },
      because:
        'both attachments go, or the second is inserted when the volume is gone and nobody learns of it (Q2b)',
    },
    {
      given: { asked: 'swap' },
      violates: {
        [S9.name]: 3,
        [S10.name]: 53,
        [Q2.name]: 11,
        [Q5.name]: 11,
        [Q7.name]: 11,
        [Q9.name]: 11,
      },
      because:
        'the reset alone, but that a migration which ends all the same gives the attachment to the volume that is gone. S10 is the change of names (D31)',
    },
    {
      given: { asked: 'swap-to' },
      violates: {
        [S9.name]: 25,
        [S10.name]: 58,
        [Q1.name]: 28,
        [Q2.name]: 69,
        [Q4.name]: 53,
        [Q5.name]: 53,
        [Q7.name]: 42,
        [Q9.name]: 53,
      },
      because:
        'the volume that takes over is reset: a swap that fails after the change-over is D27 once more (Q4), and Cinder keeps the status of a volume that it moves (Q1). S10 is the change of names',
    },
  ],
});
