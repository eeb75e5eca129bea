import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import type { Entities } from '../../model/cloud-scenario/entities.ts';
import { createServer } from '../../model/nova/boot.ts';
import { buildAndRunInstance } from '../../model/nova/build.ts';
import { resizeInstance, resizeServer } from '../../model/nova/cold-migrate.ts';
import { liveMigrate } from '../../model/nova/live-migration.ts';
import { liveMigrationOnSource } from '../../model/nova/live-migration-source.ts';
import { rebootInstance, rebootServer } from '../../model/nova/reboot.ts';
import { rebuildInstance, rebuildServer } from '../../model/nova/rebuild.ts';
import {
  guestReachesItsDisks,
  movingServerKeepsAttachment,
  noUnmapUnderDevice,
  secondAttachmentOnlyForMove,
  secondConnectionOnlyForMove,
} from '../../model/properties/always.ts';
import {
  allAgreeOnAttachments,
  attachedVolumeIsWorkingDisk,
  connectionsNameHostOfServer,
  everyAttachmentHasBdm,
  everyBdmHasAttachment,
  noDeviceWithoutAttachment,
  noSessionWithoutDevice,
} from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';
import { isAtRest } from '../../model/world/services.ts';
import type { FlowLabel } from '../../spec/fairness.ts';
import { choice } from '../../spec/parameters.ts';
import type { Process } from '../../spec/process.ts';

interface Request {
  readonly entities: Entities;
  readonly start: () => Process;
  /** The host on which nova-compute dies. */
  readonly crashes: readonly FlowLabel[];
}

const attached: Entities = { servers: { s1: 'h1' }, volumes: { v1: {} }, attached: [['s1', 'v1']] };

const at = <L extends string>(flow: {
  readonly labels: readonly L[];
  readonly at: (label: L) => FlowLabel;
}): readonly FlowLabel[] => flow.labels.map((label) => flow.at(label));

/** Each request of nova-compute that a restarted one resets or resumes. */
const requests = {
  reboot: {
    entities: attached,
    start: () => rebootServer.start('s1'),
    crashes: at(rebootInstance),
  },
  'reboot-in-error': {
    entities: { ...attached, inError: ['s1'] },
    start: () => rebootServer.start('s1'),
    crashes: at(rebootInstance),
  },
  resize: {
    entities: attached,
    start: () => resizeServer.start('s1', 'h2'),
    crashes: at(resizeInstance),
  },
  'live-migrate': {
    entities: attached,
    start: () => liveMigrate.start('s1', 'h2'),
    crashes: at(liveMigrationOnSource),
  },
  rebuild: {
    entities: attached,
    start: () => rebuildServer.start('s1', ''),
    crashes: at(rebuildInstance),
  },
  boot: {
    entities: { servers: {}, volumes: { v1: {} } },
    start: () => createServer.start('s1', 'v1', 'h1'),
    crashes: at(buildAndRunInstance),
  },
} as const satisfies Record<string, Request>;

const names = [
  'reboot',
  'reboot-in-error',
  'resize',
  'live-migrate',
  'rebuild',
  'boot',
] as const satisfies readonly (keyof typeof requests)[];

const taskStays = cloud.never(
  'at rest, a request is still in flight for the server',
  (state, processes) =>
    (state.instances['s1']?.task_state ?? null) !== null && isAtRest(processes, state),
);

const migrationRuns = cloud.never(
  'at rest, the migration of a server that is still on its source runs',
  (state, processes) =>
    Object.values(state.migrations).some(
      ({ status, source }) => status === 'running' && state.instances['s1']?.host === source,
    ) && isAtRest(processes, state),
);

export const startsAgain = cloudScenario({
  name: 'starts-again',
  about:
    'nova-compute dies at any step of a request and is back at once. It resumes a reboot ' +
    'and reverts a resize on its source. It frees a server that migrated live, and leaves ' +
    'one that was built or rebuilt in error (docs/openstack.md 1.7). No step repairs ' +
    'attachments.',
  release: '2026.1',
  parameters: { during: choice(names, { about: 'the request' }) },
  entities: ({ during }) => requests[during].entities,
  operations: ({ during }) => ({ request: requests[during].start() }),
  crashes: ({ during }) => requests[during].crashes,
  reachable: [
    taskStays,
    migrationRuns,
    cloud.reachable('every request has ended', (state, processes) => isAtRest(processes, state)),
  ],
  expect: [
    {
      given: { during: 'reboot' },
      reason: 'nova-compute resumes the reboot, or resets it where the guest runs',
    },
    {
      given: { during: 'reboot', release: '2024.1' },
      violates: { [taskStays.name]: 2 },
      reason: 'bug 1999674: before nova 30 a reboot that nova-compute has not begun stays pending',
    },
    {
      given: { during: 'reboot', init_reboots: 'begun' },
      violates: { [taskStays.name]: 2 },
      reason: 'if nova-compute resumes only reboots that it had begun, the bug is back',
    },
    {
      given: { during: 'reboot-in-error' },
      violates: {
        [noSessionWithoutDevice.name]: 22,
        [allAgreeOnAttachments.name]: 31,
        [taskStays.name]: 2,
      },
      reason:
        'nova-compute leaves a server in error alone: once it has begun, nova-api also refuses ' +
        'to reboot the server again',
    },
    {
      given: { during: 'resize' },
      violates: {
        [noUnmapUnderDevice.name]: 30,
        [secondAttachmentOnlyForMove.name]: 26,
        [guestReachesItsDisks.name]: 33,
        [movingServerKeepsAttachment.name]: 36,
        [everyBdmHasAttachment.name]: 36,
        [everyAttachmentHasBdm.name]: 26,
        [noDeviceWithoutAttachment.name]: 37,
        [allAgreeOnAttachments.name]: 36,
      },
      reason:
        'the guest starts again by the mappings, whose attachments the resize may be replacing: ' +
        'the deletion of the first one goes on in Cinder, and unmaps the new connection',
    },
    {
      given: { during: 'live-migrate' },
      violates: {
        [secondAttachmentOnlyForMove.name]: 12,
        [secondConnectionOnlyForMove.name]: 17,
        [everyAttachmentHasBdm.name]: 49,
        [connectionsNameHostOfServer.name]: 49,
        [attachedVolumeIsWorkingDisk.name]: 52,
        [noSessionWithoutDevice.name]: 58,
        [allAgreeOnAttachments.name]: 49,
      },
      reason:
        'the server is free, and nothing rolls back: it keeps both attachments, and its mapping ' +
        'names that of the destination',
    },
    {
      given: { during: 'live-migrate', init_migrations: 'freed' },
      violates: {
        [secondAttachmentOnlyForMove.name]: 12,
        [secondConnectionOnlyForMove.name]: 17,
        [everyAttachmentHasBdm.name]: 49,
        [connectionsNameHostOfServer.name]: 49,
        [attachedVolumeIsWorkingDisk.name]: 52,
        [noSessionWithoutDevice.name]: 58,
        [allAgreeOnAttachments.name]: 49,
        [migrationRuns.name]: 51,
      },
      reason: 'bug 1753676: before nova 21 the migration runs on in the database',
    },
    {
      given: { during: 'rebuild' },
      violates: {
        [secondAttachmentOnlyForMove.name]: 9,
        [everyBdmHasAttachment.name]: 28,
        [everyAttachmentHasBdm.name]: 9,
        [noSessionWithoutDevice.name]: 16,
        [allAgreeOnAttachments.name]: 2,
      },
      reason: 'the server stays in error, with volumes that a rebuild has detached in part',
    },
    {
      given: { during: 'boot' },
      violates: { [noSessionWithoutDevice.name]: 37 },
      reason: 'the server stays in error, and a deletion ends its attachment',
    },
  ],
});
