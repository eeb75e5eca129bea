import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { attachVolume } from '../../model/nova/attach.ts';
import { redeployCompute } from '../../model/operator/redeploy-compute.ts';
import {
  allAgreeOnAttachments,
  noDeviceWithoutAttachment,
  noMappingWithoutAttachment,
  volumeStatusFitsAttachments,
} from '../../model/properties/at-rest.ts';
import type { ReleaseName } from '../../model/releases/release-names.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';
import type { Process } from '../../spec/process.ts';

/** The last release before the attachments API, and the first with it. */
const [before, since] = ['pike', 'queens'] as const satisfies readonly ReleaseName[];

/** The release of each nova-compute at first, and what an operator does with it meanwhile. */
const changes = {
  none: { h1: since, h2: since },
  upgrade: { h1: before, h2: since },
  'upgrade-elsewhere': { h1: since, h2: before },
  rollback: { h1: since, h2: since },
  'rollback-and-upgrade': { h1: since, h2: before },
} as const;

export const upgradeMixed = cloudScenario({
  name: 'upgrade-mixed',
  about:
    'Queens to Stein: a user attaches a volume while an operator restarts nova-computes ' +
    'with other code. nova-api asks for an attachment only if no nova-compute in its ' +
    'database is too old, and looks once. Train no longer looks.',
  release: 'queens',
  parameters: {
    change: choice(['none', 'upgrade', 'upgrade-elsewhere', 'rollback', 'rollback-and-upgrade'], {
      default: 'rollback-and-upgrade',
      about:
        'the hosts whose nova-compute the operator restarts: that of the server (h1), another ' +
        'one (h2), or both',
    }),
  },
  entities: ({ change }) => ({
    servers: { s1: 'h1' },
    volumes: { v1: {} },
    versions: changes[change],
  }),
  operations: ({ change }) => ({ attach: attachVolume.start('s1', 'v1'), ...restarts[change] }),
  reachable: [
    cloud.reachable('the server has the volume', ({ volumes, disks }, processes) => {
      const isOver = Object.values(processes).every((process) => process?.at === 'done');
      return volumes['v1']?.status === 'in-use' && disks['s1/v1'] !== undefined && isOver;
    }),
  ],
  expect: [
    {
      given: {},
      violates: {
        [volumeStatusFitsAttachments.name]: 45,
        [noDeviceWithoutAttachment.name]: 45,
        [noMappingWithoutAttachment.name]: 45,
        [allAgreeOnAttachments.name]: 45,
      },
      reason:
        'nova-api looks when the minimum is new. An old nova-compute, which had looked before ' +
        'that, takes the message: it attaches by os-initialize_connection, os-attach finds the ' +
        'attachment of the server and sets the volume in-use, and the attachment itself stays ' +
        'reserved for ever',
    },
    {
      given: { start_check: 'one_transaction' },
      reason:
        'if a nova-compute looks and saves its version in one transaction, the minimum never ' +
        'falls',
    },
    {
      given: { change: 'rollback' },
      reason: 'an old nova-compute that starts among new ones ends with ServiceTooOld',
    },
    {
      given: { change: 'rollback', start_check: 'none' },
      violates: {
        [volumeStatusFitsAttachments.name]: 43,
        [noDeviceWithoutAttachment.name]: 43,
        [noMappingWithoutAttachment.name]: 43,
        [allAgreeOnAttachments.name]: 43,
      },
      reason: 'nova-api looked before the version was saved',
    },
    {
      given: { change: 'upgrade' },
      reason: 'the BDM decides: the new code also attaches an old-style one old style',
    },
    {
      given: { change: 'upgrade-elsewhere' },
      reason: 'either style is right on a host that knows both',
    },
    {
      given: { release: 'train', change: 'upgrade' },
      violates: {
        [volumeStatusFitsAttachments.name]: 43,
        [noDeviceWithoutAttachment.name]: 43,
        [noMappingWithoutAttachment.name]: 43,
        [allAgreeOnAttachments.name]: 43,
      },
      reason: 'no service looks any more: no nova-compute from before Queens may be left by then',
    },
    {
      given: { release: '2026.1', change: 'upgrade' },
      violates: {
        [volumeStatusFitsAttachments.name]: 43,
        [noDeviceWithoutAttachment.name]: 43,
        [noMappingWithoutAttachment.name]: 43,
        [allAgreeOnAttachments.name]: 43,
      },
      reason:
        'no service looks, as in Train; but since nova 23 no service starts while a ' +
        'nova-compute is older than the release before (TooOldComputeService)',
    },
    {
      given: { release: '2026.1', change: 'upgrade', attach_fallback: 'minimum_version' },
      reason: 'looking would still be enough, also in nova-conductor',
    },
    {
      given: { release: '2026.1', change: 'rollback' },
      reason: 'the old nova-compute ends with ServiceTooOld, as in Queens',
    },
    {
      given: { release: '2026.1', change: 'rollback', start_check: 'none' },
      violates: {
        [volumeStatusFitsAttachments.name]: 43,
        [noDeviceWithoutAttachment.name]: 43,
        [noMappingWithoutAttachment.name]: 43,
        [allAgreeOnAttachments.name]: 43,
      },
      reason: 'today this check still excludes an old nova-compute',
    },
  ],
});

const rollback = redeployCompute.start('h1', before);
const upgradeElsewhere = redeployCompute.start('h2', since);

const restarts: { readonly [change in keyof typeof changes]: { readonly [pid: string]: Process } } =
  {
    none: {},
    upgrade: { upgrade: redeployCompute.start('h1', since) },
    'upgrade-elsewhere': { upgrade: upgradeElsewhere },
    rollback: { rollback },
    'rollback-and-upgrade': { rollback, upgrade: upgradeElsewhere },
  };
