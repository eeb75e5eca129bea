import { calls, type Me } from '../calls/calls.ts';
import { stepFragment } from '../calls/step-fragment.ts';
import { attachmentDelete } from '../cinder/attachment-delete.ts';
import { deleteBinding, isBound, portOf } from '../neutron/port-binding.ts';
import { assertPresent } from '../world/assert-present.ts';
import type { Cloud } from '../world/cloud.ts';
import { bdmsOf } from './lookup.ts';
import { forget, isAborted, type Migrating } from './migrating.ts';
import { setStatus } from './moving.ts';
import { notFoundIsIgnored } from './not-found.ts';
import { removeVolumeConnection } from './remove-volume-connection.ts';

const { rest, rpc } = calls<Migrating>();

/**
 * The guest stays on the source: the destination disconnects, one call for each volume, and the
 * BDMs name the source again. Before nova 21 the server was free for its user first, and the first
 * call that failed ended it.
 * Simplified: before nova 21 one loop disconnected each volume and deleted its attachment.
 * Source: nova:nova/compute/manager.py@_rollback_live_migration, @_rollback_volume_bdms
 * (docs/openstack.md 7, M14; 3.3).
 */
export const rollbackLiveMigration = {
  ...stepFragment<Migrating, 'remove_volume_connection'>()({
    pre_live_migration_failed(cloud, self) {
      self.pre = cloud.switches.failed_pre_disconnect === 'by_destination';
    },
    rollback_live_migration(cloud, self) {
      if (cloud.switches.rollback_frees === 'first') freeServer(cloud, self);
      self.bdms = bdmsOf(cloud.bdms, self.server).map(([id]) => id);
      self.next = 0;
      if (self.pre) return 'rollback_volume_bdms';
    },
    next_remote_volume(cloud, self) {
      const bdm = cloud.bdms[self.bdms[self.next] ?? ''];
      if (self.next >= self.bdms.length) return 'rollback_volume_bdms';
      self.next += 1;
      self.volume = bdm?.volume ?? '';
      return 'remove_volume_connection';
    },
    rollback_volume_bdms(_cloud, self) {
      self.next = 0;
    },
  }),
  ...stepFragment<
    Migrating,
    | 'rollback_attachment_delete'
    | 'restore_bdm'
    | 'skip_rollback'
    | 'rolled_back'
    | 'rollback_aborted'
  >()({
    next_rollback(cloud, self) {
      const id = self.bdms[self.next];
      if (id === undefined) return 'rolled_back';
      const bdm = cloud.bdms[id];
      if (bdm === undefined) return 'skip_rollback';
      self.volume = bdm.volume;
      self.attachment = bdm.attachment_id ?? '';
      return rollbackOf(cloud, self, bdm);
    },
  }),
  // Since nova 21 every exception is ignored, a time-out included.
  ...rpc('remove_volume_connection', {
    to: (_cloud, self) => removeVolumeConnection.start(self.server, self.volume, self.dest),
    ok: () => 'next_remote_volume',
    otherwise: ({ switches }) =>
      switches.rollback_errors === 'raised' ? 'rollback_aborted' : 'next_remote_volume',
  }),
  ...rest('rollback_attachment_delete', {
    to: (_cloud, self) => attachmentDelete.start(self.attachment, 'service'),
    accepts: notFoundIsIgnored,
    // What Cinder answers is logged since nova 21, and this BDM is not restored; what Nova makes of
    // it, a 404 among it, ends the whole rollback.
    otherwise: ({ switches }, _self, outcome) =>
      switches.rollback_errors === 'logged' &&
      (outcome === 'server_error' || outcome === 'gateway_timeout')
        ? 'skip_rollback'
        : 'rollback_aborted',
    repeated: 'delete_repeated',
  }),
  ...stepFragment<Migrating, 'next_rollback' | 'delete_destination_binding'>()({
    restore_bdm(cloud, self) {
      const bdm = cloud.bdms[self.bdms[self.next] ?? ''];
      if (bdm === undefined) return 'skip_rollback';
      const before = assertPresent(
        self.source.find(({ volume }) => volume === self.volume),
        'what the source knew of the volume',
      );
      bdm.attachment_id = before.attachment;
      const restores = cloud.switches.rollback_connection_info === 'restored';
      if (restores) bdm.connection_info = before.info;
    },
    skip_rollback(_cloud, self) {
      self.next += 1;
      return 'next_rollback';
    },
    rolled_back(cloud, self) {
      if (!isBound(cloud, self.server, self.dest)) return endRollback(cloud, self);
    },
  }),
  ...rest('delete_destination_binding', {
    to: (cloud, self) => deleteBinding.start(portOf(cloud, self.server) ?? '', self.dest),
    ok: endRollback,
    otherwise: endRollback,
  }),
  ...stepFragment<Migrating>()({
    // Nothing else is done: the server stays `migrating`, unless it was freed first.
    rollback_aborted: (_cloud, self) => forget(self),
  }),
};

/** What a rollback does first with a BDM. */
function rollbackOf(
  cloud: Cloud,
  self: Me<Migrating>,
  bdm: { readonly attachment_id: string | null },
) {
  const rule = cloud.switches.rollback_attachments;
  // Before nova 20 the ids of the source came with the reply of the destination, if there was one.
  const isTold = self.connections?.[self.volume] !== undefined;
  if (rule === 'told_by_destination' && !isTold) return 'skip_rollback';
  const before = self.source.find(({ volume }) => volume === self.volume);
  // A KeyError: the BDM came after the list of the source was made.
  if (before === undefined) return 'rollback_aborted';
  const isNew = rule !== 'changed' || bdm.attachment_id !== before.attachment;
  return bdm.attachment_id !== null && isNew ? 'rollback_attachment_delete' : 'restore_bdm';
}

function endRollback(cloud: Cloud, self: Me<Migrating>): 'done' {
  freeServer(cloud, self);
  setStatus(cloud, self.migration, isAborted(cloud, self) ? 'cancelled' : 'failed');
  return forget(self);
}

function freeServer(cloud: Cloud, self: Me<Migrating>): void {
  const instance = cloud.instances[self.server];
  if (instance?.task_state === 'migrating') instance.task_state = null;
}
