import type { Immutable } from '../../spec/draft.ts';
import { allBut, type Fairness, weaklyFair } from '../../spec/fairness.ts';
import { convertLater } from '../nova/convert-later.ts';
import { restartCompute } from '../nova/evacuate.ts';
import { askLater } from '../operator/later.ts';
import { repairLater, startCompute } from '../operator/operator.ts';
import { redeployCompute } from '../operator/redeploy-compute.ts';
import { onHost } from '../world/backend.ts';
import { type Cloud, cloud } from '../world/cloud.ts';
import { rowsOf } from '../world/statuses.ts';

type View = Immutable<Cloud>;

const beingAttached: readonly string[] = ['reserved', 'attaching'];
const settled: readonly string[] = ['available', 'in-use'];

/**
 * V1. Known to fail when a service dies, a cast is lost (docs/openstack.md 9.2), or the conductor
 * fails (D4).
 */
export const attachingVolumeSettles = cloud.eachLeadsTo(
  'a volume that is reserved or attaching becomes in-use or available',
  'volumes',
  ({ status }) => beingAttached.includes(status),
  ({ status }) => settled.includes(status),
);

/**
 * V2. Known to fail when no service takes the message (R36), or Cinder cannot delete the attachment
 * (D15).
 */
export const detachingVolumeSettles = cloud.eachLeadsTo(
  'a volume that is detaching becomes available or in-use',
  'volumes',
  ({ status }) => status === 'detaching',
  ({ status }) => settled.includes(status),
);

/**
 * V3, of the records of an attach: a row of Cinder that is not attached yet, or a BDM without an
 * attachment.
 */
export const attachCompletesOrRollsBack = cloud.eachLeadsTo(
  'an attach ends attached and connected, or rolled back',
  'volumes',
  (_volume, id, state) => isBeingAttached(state, id),
  (_volume, id, state) => !isBeingAttached(state, id) && agreeOn(state, id),
);

/** V4. */
export const detachCompletesOrRollsBack = cloud.eachLeadsTo(
  'a detach ends detached, or attached as before',
  'volumes',
  ({ status }) => status === 'detaching',
  ({ status }, id, state) => status !== 'detaching' && agreeOn(state, id),
);

/** V5: one for each volume that Nova says the server has, none of any other. */
export const migrationLeavesOneAttachment = cloud.eachLeadsTo(
  'a live migration leaves one attachment of each volume',
  'migrations',
  () => true,
  ({ instance, status }, _id, { attachments, bdms }) => {
    const [rows, mapped] = [attachments, bdms].map((table) =>
      Object.values(table).flatMap((entry) => (entry.instance === instance ? entry.volume : [])),
    );
    return over.includes(status) && rows?.sort().join(' ') === mapped?.sort().join(' ');
  },
);

const over: readonly string[] = ['completed', 'failed', 'error', 'cancelled', 'done'];

/**
 * V6, of records that name their server: attachments, BDMs and disks. Devices and mappings do not,
 * and Q5 and Q7 ask for them at rest. On a host whose nova-compute is down they stay until it is
 * back.
 */
export const deletedServerLeavesNothing = cloud.leadsTo(
  'nothing is left of a server that is deleted',
  (state) => hasRemains(state),
  (state) => !hasRemains(state),
);

/** V7. Every holder of a lock gives it back, so no two processes wait for each other. */
export const locksAreReleased = cloud.eachLeadsTo(
  'a lock that is taken is given back',
  'locks',
  () => true,
  () => false,
);

/**
 * The properties of every fair run, if every process goes on (docs/openstack.md 11.3). V8 is about
 * time, and the model does not ask it.
 */
export const livenessProperties = [
  attachingVolumeSettles,
  detachingVolumeSettles,
  attachCompletesOrRollsBack,
  detachCompletesOrRollsBack,
  migrationLeavesOneAttachment,
  deletedServerLeavesNothing,
  locksAreReleased,
];

/** Services go on. An operator need not take a step, and faults need not happen. */
export const operatorsNeedNotAct: readonly Fairness[] = weaklyFair(
  allBut(startCompute, restartCompute, redeployCompute, repairLater, askLater, convertLater),
);

/** Services go on, and an operator takes every step in the end that he may take. */
export const operatorsAct: readonly Fairness[] = weaklyFair('processes');

function isBeingAttached({ attachments, bdms }: View, volume: string): boolean {
  const rows = rowsOf(attachments, volume);
  const begun = rows.some(([, { status, instance }]) => {
    return instance !== null && beingAttached.includes(status);
  });
  // Old-style mappings have no attachment id either, but are connected.
  const mapped = Object.values(bdms).some(
    (bdm) => bdm.volume === volume && bdm.attachment_id === null && bdm.connection_info === null,
  );
  return begun || mapped;
}

/**
 * Nova, Cinder and the running guests name the same servers of a volume, and each disk has its
 * device.
 */
function agreeOn(state: View, volume: string): boolean {
  const { attachments, bdms, disks, instances } = state;
  const isOn = (server: string) => instances[server]?.vm_state === 'active';
  const cinder = rowsOf(attachments, volume).flatMap(([, { instance }]) => instance ?? []);
  const nova = Object.values(bdms).flatMap((bdm) => (bdm.volume === volume ? bdm.instance : []));
  const guests = Object.entries(disks)
    .filter(([disk, device]) => disk.endsWith(`/${volume}`) && onHost(state, device) === volume)
    .map(([disk]) => disk.split('/')[0] ?? '');
  const [one, two, three] = [cinder, nova, guests].map((servers) =>
    servers.filter(isOn).sort().join(' '),
  );
  return one === two && two === three;
}

function hasRemains({ attachments, bdms, disks, instances, down }: View): boolean {
  const servers = [
    ...Object.values(attachments).map(({ instance }) => instance),
    ...Object.values(bdms).map(({ instance }) => instance),
    ...Object.entries(disks)
      .filter(([, device]) => down[device.split('/')[0] ?? ''] === undefined)
      .map(([disk]) => disk.split('/')[0] ?? ''),
  ];
  return servers.some((server) => server !== null && instances[server] === undefined);
}
