import { backUpVolume } from '../../model/cinder/backup.ts';
import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import type { Entities } from '../../model/cloud-scenario/entities.ts';
import type { FaultName } from '../../model/faults/faults.ts';
import { attachVolume } from '../../model/nova/attach.ts';
import { createServer } from '../../model/nova/boot.ts';
import { endResize, resizeServer } from '../../model/nova/cold-migrate.ts';
import { deleteServer } from '../../model/nova/delete.ts';
import { detachVolume } from '../../model/nova/detach.ts';
import { evacuate, restartCompute } from '../../model/nova/evacuate.ts';
import { liveMigrate } from '../../model/nova/live-migration.ts';
import { rebootServer } from '../../model/nova/reboot.ts';
import { rebuildServer } from '../../model/nova/rebuild.ts';
import { shelveServer, unshelveServer } from '../../model/nova/shelve.ts';
import { swapVolume } from '../../model/nova/swap-volume.ts';
import {
  connectedAttachmentIsMapped,
  deletingVolumeIsUnattached,
} from '../../model/properties/always.ts';
import {
  connectionsNameHostOfServer,
  everyBdmHasAttachment,
} from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';
import type { Process } from '../../spec/process.ts';

interface Request {
  /** The host of the other server, which attaches or detaches meanwhile. */
  readonly host: 'h1' | 'h2';
  readonly entities?: Partial<Entities>;
  /**
   * Whether each volume has a target of its own, so that the backend does not give a number that a
   * host gave back to another volume.
   */
  readonly target?: 'own';
  /** The fault, once, after which the host undoes its work. */
  readonly fails?: FaultName;
  readonly start: () => { readonly [pid: string]: Process };
}

/** Each request for which a host connects or disconnects volumes, apart from attach and detach. */
const requests = {
  delete: { host: 'h1', start: () => ({ delete: deleteServer.start('s1') }) },
  boot: {
    host: 'h1',
    entities: { servers: {}, attached: [] },
    start: () => ({ boot: createServer.start('s1', 'v1', 'h1') }),
  },
  reboot: { host: 'h1', start: () => ({ reboot: rebootServer.start('s1') }) },
  rebuild: { host: 'h1', start: () => ({ rebuild: rebuildServer.start('s1', 'v1') }) },
  'resize-from': { host: 'h1', start: () => ({ resize: resizeServer.start('s1', 'h2') }) },
  'resize-to': { host: 'h2', start: () => ({ resize: resizeServer.start('s1', 'h2') }) },
  'revert-from': {
    host: 'h2',
    entities: { resized: { s1: 'h2' } },
    start: () => ({ revert: endResize.start('s1', 'revert') }),
  },
  'revert-to': {
    host: 'h1',
    entities: { resized: { s1: 'h2' } },
    start: () => ({ revert: endResize.start('s1', 'revert') }),
  },
  shelve: { host: 'h1', start: () => ({ shelve: shelveServer.start('s1') }) },
  unshelve: {
    host: 'h1',
    entities: { servers: { s1: null } },
    start: () => ({ unshelve: unshelveServer.start('s1', 'h1') }),
  },
  'migrate-from': { host: 'h1', start: () => ({ migrate: liveMigrate.start('s1', 'h2') }) },
  'migrate-to': { host: 'h2', start: () => ({ migrate: liveMigrate.start('s1', 'h2') }) },
  'evacuate-to': {
    host: 'h2',
    entities: { down: ['h1'], fenced: ['s1'] },
    start: () => ({ evacuate: evacuate.start('s1', 'h2') }),
  },
  'evacuate-from': {
    host: 'h1',
    entities: { servers: { s1: 'h2' }, evacuated: { s1: 'h1' }, down: ['h1'] },
    target: 'own',
    start: () => ({ restart: restartCompute.start('h1') }),
  },
  'boot-undone': {
    host: 'h1',
    entities: { servers: {}, attached: [] },
    fails: 'guest-refuses',
    start: () => ({ boot: createServer.start('s1', 'v1', 'h1') }),
  },
  'prepare-undone': {
    host: 'h2',
    fails: 'destination-error',
    start: () => ({ migrate: liveMigrate.start('s1', 'h2') }),
  },
  'migrate-undone': {
    host: 'h2',
    fails: 'migration-error',
    start: () => ({ migrate: liveMigrate.start('s1', 'h2') }),
  },
  swap: { host: 'h1', start: () => ({ swap: swapVolume.start('s1', 'v1', 'v3') }) },
  'back-up': {
    host: 'h1',
    entities: { attached: [] },
    start: () => ({ backup: backUpVolume.start('v1', 'h1') }),
  },
} as const satisfies Record<string, Request>;

const names = [
  'delete',
  'boot',
  'reboot',
  'rebuild',
  'resize-from',
  'resize-to',
  'revert-from',
  'revert-to',
  'shelve',
  'unshelve',
  'migrate-from',
  'migrate-to',
  'evacuate-to',
  'evacuate-from',
  'boot-undone',
  'prepare-undone',
  'migrate-undone',
  'swap',
  'back-up',
] as const satisfies readonly (keyof typeof requests)[];

export const connectsAtOnce = cloudScenario({
  name: 'connects-at-once',
  about:
    'L4: a host connects or disconnects the volume of one server while another of its ' +
    'servers attaches or detaches a volume behind the same target. Nova takes L3 for few of ' +
    'these requests. The lock of os-brick in each of them makes the host do one thing at a ' +
    'time, also where it undoes its work.',
  parameters: {
    request: choice(names, { about: 'the work of the host for the first server' }),
    other: choice(['attach', 'detach'], { about: 'the request to another server of the host' }),
  },
  release: '2026.1',
  // What the end of the migration of a volume does to Nova's rows is the candidate D31.
  site: ({ request }) => (request === 'swap' ? { migrated_rows: 'before_delete' } : {}),
  entities: ({ request, other }) => {
    const { host, entities, target }: Request = requests[request];
    const fresh = target === undefined ? {} : { target };
    return {
      ...entities,
      servers: { s1: 'h1', ...entities?.servers, s2: host },
      volumes: {
        v1: request === 'swap' ? { migrating: true } : fresh,
        v2: fresh,
        ...(request === 'swap' ? { v3: { migrating: true } } : {}),
      },
      attached: [
        ...(entities?.attached ?? [['s1', 'v1'] as const]),
        ...(other === 'detach' ? [['s2', 'v2'] as const] : []),
      ],
    };
  },
  operations: ({ request, other }) => ({
    ...requests[request].start(),
    [other]: other === 'attach' ? attachVolume.start('s2', 'v2') : detachVolume.start('s2', 'v2'),
  }),
  faults: ({ request }) => {
    const { fails }: Request = requests[request];
    return fails === undefined ? {} : { [fails]: 1 };
  },
  reachable: [
    cloud.reachable('every request has ended', (_state, processes) =>
      Object.values(processes).every((process) => process?.at === 'done'),
    ),
  ],
  expect: names.flatMap((request) =>
    (['attach', 'detach'] as const).map((other) =>
      request === 'swap'
        ? {
            given: { request, other },
            violates: {
              [deletingVolumeIsUnattached.name]: 60,
              [connectedAttachmentIsMapped.name]: 60,
            },
            reason:
              'the change of names at the end of the migration of a volume violates this, as in ' +
              'migration-drops-attachment',
          }
        : request === 'boot-undone'
          ? {
              given: { request, other },
              violates: {
                [everyBdmHasAttachment.name]: other === 'attach' ? 100 : 87,
                [connectionsNameHostOfServer.name]: other === 'attach' ? 100 : 87,
              },
              reason:
                'L4 makes each group of steps atomic. The mapping of the server in error names an ' +
                'attachment that is gone, as in bug-1784353',
            }
          : { given: { request, other }, reason: 'L4 makes each group of steps atomic' },
    ),
  ),
});
