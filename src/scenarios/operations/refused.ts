import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import type { Entities } from '../../model/cloud-scenario/entities.ts';
import { attachVolume } from '../../model/nova/attach.ts';
import { endResize, resizeServer } from '../../model/nova/cold-migrate.ts';
import { detachVolume } from '../../model/nova/detach.ts';
import { evacuate } from '../../model/nova/evacuate.ts';
import { liveMigrate, liveMigrateAbort } from '../../model/nova/live-migration.ts';
import { rebootServer } from '../../model/nova/reboot.ts';
import { rebuildServer } from '../../model/nova/rebuild.ts';
import { refreshAttachment } from '../../model/nova/refresh.ts';
import { shelveServer, unshelveServer } from '../../model/nova/shelve.ts';
import {
  attachVolumeShelvedOffloaded,
  detachVolumeShelvedOffloaded,
} from '../../model/nova/shelved.ts';
import { swapVolume } from '../../model/nova/swap-volume.ts';
import { connectionsNameHostOfServer } from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';
import type { Process } from '../../spec/process.ts';

/**
 * The requests to s1; v1 is the volume that it has, v2 one that is free, v3 that of another server.
 */
const requests = {
  attach: () => attachVolume.start('s1', 'v2'),
  'attach-again': () => attachVolume.start('s1', 'v1'),
  'attach-shelved': () => attachVolumeShelvedOffloaded.start('s1', 'v2'),
  'attach-shelved-shared': () => attachVolumeShelvedOffloaded.start('s1', 'v2'),
  'attach-shelved-again': () => attachVolumeShelvedOffloaded.start('s1', 'v1'),
  detach: () => detachVolume.start('s1', 'v1'),
  'detach-free': () => detachVolume.start('s1', 'v2'),
  'detach-shelved': () => detachVolumeShelvedOffloaded.start('s1', 'v1'),
  'detach-shelved-free': () => detachVolumeShelvedOffloaded.start('s1', 'v2'),
  swap: () => swapVolume.start('s1', 'v1', 'v2'),
  'swap-of-another': () => swapVolume.start('s1', 'v3', 'v2'),
  'live-migrate': () => liveMigrate.start('s1', 'h2'),
  'live-migrate-to-itself': () => liveMigrate.start('s1', 'h1'),
  'abort-live-migration': () => liveMigrateAbort.start('s1'),
  resize: () => resizeServer.start('s1', 'h2'),
  'resize-to-itself': () => resizeServer.start('s1', 'h1'),
  'revert-resize': () => endResize.start('s1', 'revert'),
  'confirm-resize': () => endResize.start('s1', 'confirm'),
  shelve: () => shelveServer.start('s1'),
  unshelve: () => unshelveServer.start('s1', 'h2'),
  reboot: () => rebootServer.start('s1'),
  rebuild: () => rebuildServer.start('s1', 'v1'),
  evacuate: () => evacuate.start('s1', 'h2'),
  'evacuate-to-itself': () => evacuate.start('s1', 'h1'),
  refresh: () => refreshAttachment.start('s1', 'v1', 'h1'),
  'refresh-free': () => refreshAttachment.start('s1', 'v2', 'h1'),
} as const satisfies Record<string, () => Process>;

const requestNames = [
  'attach',
  'attach-again',
  'attach-shelved',
  'attach-shelved-shared',
  'attach-shelved-again',
  'detach',
  'detach-free',
  'detach-shelved',
  'detach-shelved-free',
  'swap',
  'swap-of-another',
  'live-migrate',
  'live-migrate-to-itself',
  'abort-live-migration',
  'resize',
  'resize-to-itself',
  'revert-resize',
  'confirm-resize',
  'shelve',
  'unshelve',
  'reboot',
  'rebuild',
  'evacuate',
  'evacuate-to-itself',
  'refresh',
  'refresh-free',
] as const satisfies readonly (keyof typeof requests)[];

type Request = (typeof requestNames)[number];

const has: Entities['attached'] = [['s1', 'v1']];

/** The states of s1. */
const servers = {
  active: { servers: { s1: 'h1' }, attached: has },
  busy: { servers: { s1: 'h1' }, attached: has, busy: { s1: 'migrating' } },
  'busy-and-down': {
    servers: { s1: 'h1' },
    attached: has,
    busy: { s1: 'migrating' },
    down: ['h1'],
  },
  'busy-resized': {
    servers: { s1: 'h1' },
    attached: has,
    resized: { s1: 'h2' },
    busy: { s1: 'resize_reverting' },
  },
  'busy-shelved': { servers: { s1: null }, attached: has, busy: { s1: 'unshelving' } },
  down: { servers: { s1: 'h1' }, attached: has, down: ['h1'] },
  lost: { servers: { s1: 'h1' }, attached: has, lost: ['s1'] },
  'in-error': { servers: { s1: 'h1' }, attached: has, inError: ['s1'] },
  'never-scheduled': { servers: { s1: null }, attached: has, inError: ['s1'] },
  resized: { servers: { s1: 'h1' }, attached: has, resized: { s1: 'h2' } },
  'resized-and-down': {
    servers: { s1: 'h1' },
    attached: has,
    resized: { s1: 'h2' },
    down: ['h1'],
  },
  shelved: { servers: { s1: null }, attached: has },
  stopped: { servers: { s1: 'h1' }, attached: has, stopped: ['s1'] },
  gone: { servers: {} },
} as const satisfies Record<string, Omit<Entities, 'volumes'>>;

const serverNames = [
  'active',
  'busy',
  'busy-and-down',
  'busy-resized',
  'busy-shelved',
  'down',
  'in-error',
  'lost',
  'never-scheduled',
  'resized',
  'resized-and-down',
  'shelved',
  'stopped',
  'gone',
] as const satisfies readonly (keyof typeof servers)[];

type Server = (typeof serverNames)[number];

/** The states of the server in which Nova refuses each request. */
const refusals: { readonly [request in Request]: readonly Server[] } = {
  attach: ['busy', 'in-error', 'lost', 'shelved', 'gone'],
  'attach-again': ['active'],
  'attach-shelved': ['active', 'busy-shelved', 'gone'],
  'attach-shelved-shared': ['shelved'],
  'attach-shelved-again': ['shelved'],
  detach: ['busy', 'in-error', 'lost', 'shelved', 'down', 'gone'],
  'detach-free': ['active'],
  'detach-shelved': ['active', 'busy-shelved', 'gone'],
  'detach-shelved-free': ['shelved'],
  swap: ['busy', 'in-error', 'lost', 'shelved', 'stopped', 'gone'],
  'swap-of-another': ['active'],
  'live-migrate': ['busy', 'down', 'in-error', 'lost', 'shelved', 'stopped', 'resized', 'gone'],
  'live-migrate-to-itself': ['active'],
  'abort-live-migration': ['active', 'resized'],
  resize: ['busy', 'down', 'in-error', 'lost', 'shelved', 'resized', 'gone'],
  'resize-to-itself': ['active'],
  'revert-resize': ['active', 'busy-resized', 'gone'],
  'confirm-resize': ['active', 'busy-resized', 'gone'],
  shelve: ['busy', 'in-error', 'lost', 'shelved', 'resized', 'gone'],
  unshelve: ['active', 'busy-shelved', 'gone'],
  reboot: ['busy', 'lost', 'never-scheduled', 'resized', 'shelved', 'gone'],
  rebuild: ['busy', 'lost', 'shelved', 'resized', 'gone'],
  evacuate: ['active', 'busy-and-down', 'resized-and-down', 'never-scheduled', 'gone'],
  'evacuate-to-itself': ['down'],
  refresh: ['active', 'shelved', 'gone'],
  'refresh-free': ['stopped'],
};

const isBusyEvacuation = (request: Request, server: Server): boolean =>
  request === 'evacuate' && server === 'busy-and-down';

/** Everything that a database, the backend or a host keeps. */
const tables = [
  'volumes',
  'attachments',
  'instances',
  'bdms',
  'migrations',
  'exports',
  'mappings',
  'sessions',
  'devices',
  'disks',
  'locks',
] as const;

export const refused = cloudScenario({
  name: 'refused',
  about:
    'Nova refuses a request that does not fit the state of a server: the server is gone, ' +
    'shelved, in error or stopped, its host is down, or another request is in flight (L11). ' +
    'A refused request changes nothing anywhere.',
  release: '2026.1',
  parameters: {
    request: choice(requestNames, { about: 'the request to the server' }),
    server: choice(serverNames, { about: 'the state of the server' }),
  },
  // Only Cinder may have a volume replaced, during a migration of it.
  entities: ({ request, server }) => {
    const { servers: all, attached = [], ...rest }: Omit<Entities, 'volumes'> = servers[server];
    const volumes = {
      v1: request === 'swap' ? { migrating: true } : {},
      v2: { multiattach: request === 'attach-shelved-shared' },
    };
    return request === 'swap-of-another'
      ? {
          ...rest,
          servers: { ...all, s2: 'h1' },
          volumes: { ...volumes, v3: { migrating: true } },
          attached: [...attached, ['s2', 'v3']],
        }
      : { ...rest, servers: all, volumes, attached };
  },
  operations: ({ request }) => ({ request: requests[request]() }),
  refuses: ({ request, server }, { evacuated_tasks }) =>
    refusals[request].includes(server) &&
    !(evacuated_tasks === 'any' && isBusyEvacuation(request, server))
      ? undefined
      : `Nova does not refuse '${request}' of a server that is '${server}', or for another reason`,
  reachable: [
    cloud.reachable(
      'the request has ended',
      (_state, processes) => processes['request']?.at === 'done',
    ),
    cloud.step('a request that is refused changes nothing', (before, _action, after) =>
      tables.every((table) => JSON.stringify(before[table]) === JSON.stringify(after[table])),
    ),
  ],
  expect: requestNames.flatMap((request) =>
    refusals[request].map((server) =>
      server === 'lost'
        ? {
            given: { request, server },
            violates: { [connectionsNameHostOfServer.name]: 1 },
            reason:
              'a user can ask nothing of the server any more; R41 explains that its row names no host',
          }
        : {
            // Nova 26 evacuates a server in any task state.
            given: isBusyEvacuation(request, server)
              ? { request, server, release: 'yoga' as const }
              : { request, server },
            reason: 'nova-api checks the state of the server before it changes anything',
          },
    ),
  ),
});
