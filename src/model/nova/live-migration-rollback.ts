import { calls, type Me, send } from '../calls/calls.ts';
import { stepFragment } from '../calls/step-fragment.ts';
import { attachmentDelete } from '../cinder/attachment-delete.ts';
import { deleteBinding, isBound, portOf } from '../neutron/port-binding.ts';
import { assertPresent } from '../world/assert-present.ts';
import type { Cloud } from '../world/cloud.ts';
import { bdmsOf } from './lookup.ts';
import { forget, isAborted, type Migrating, putMigrationInError } from './migrating.ts';
import { setStatus } from './moving.ts';
import { notFoundIsIgnored } from './not-found.ts';
import { removeVolumeConnection } from './remove-volume-connection.ts';
import { rollbackAtDestination } from './rollback-at-destination.ts';

const { rest, rpc } = calls<Migrating>();

/**
 * The guest stays on the source: the destination disconnects, one call for each volume, and then
 * the BDMs name the source again. Before nova 21 both were done volume by volume, and the first
 * error ended it; and the server was free for its user first. Where the task state is not
 * `migrating` any more, saving that it is free raises: before anything is undone, or, since nova
 * 21, behind it. An error that ends the rollback sets the server to error if the hypervisor had the
 * guest.
 * Source: nova:nova/compute/manager.py@_rollback_live_migration, @_rollback_volume_bdms
 * (docs/openstack.md 7, M14; 3.3).
 */
export const rollbackLiveMigration = {
  ...stepFragment<Migrating, 'remove_volume_connection' | 'next_rollback' | 'rollback_failed'>()({
    pre_live_migration_failed(cloud, self) {
      self.pre = cloud.switches.failed_pre_disconnect === 'by_destination';
    },
    rollback_live_migration(cloud, self) {
      if (cloud.switches.rollback_frees === 'first' && !freeServer(cloud, self)) {
        return 'rollback_failed';
      }
      self.bdms = bdmsOf(cloud.bdms, self.server).map(([id]) => id);
      self.next = 0;
      if (self.pre) return 'rollback_volume_bdms';
    },
    next_remote_volume(cloud, self) {
      const bdm = cloud.bdms[self.bdms[self.next] ?? ''];
      if (self.next >= self.bdms.length) {
        return cloud.switches.rollback_errors === 'raised'
          ? 'next_rollback'
          : 'rollback_volume_bdms';
      }
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
    | 'rollback_failed'
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
    ok: afterRemote,
    otherwise: (cloud, self: Me<Migrating>) =>
      cloud.switches.rollback_errors === 'raised' ? 'rollback_failed' : afterRemote(cloud, self),
  }),
  ...rest('rollback_attachment_delete', {
    to: (_cloud, self) => attachmentDelete.start(self.attachment, 'service'),
    accepts: notFoundIsIgnored,
    // Since nova 21 Nova logs an error answer of Cinder, and does not restore this BDM; an
    // exception of its own ends the whole rollback.
    otherwise: ({ switches }, _self, outcome) => {
      const isLogged = ['server_error', 'gateway_timeout', 'conflict'].includes(outcome);
      return isLogged && switches.rollback_errors === 'logged'
        ? 'skip_rollback'
        : 'rollback_failed';
    },
    repeated: 'delete_repeated',
  }),
  ...stepFragment<
    Migrating,
    | 'next_rollback'
    | 'next_remote_volume'
    | 'delete_destination_binding'
    | 'save_freed'
    | 'rollback_failed'
  >()({
    restore_bdm(cloud, self) {
      const bdm = cloud.bdms[self.bdms[self.next] ?? ''];
      // The row is gone: saving it raises.
      if (bdm === undefined) return 'rollback_failed';
      const before = assertPresent(
        self.source.find(({ volume }) => volume === self.volume),
        'what the source knew of the volume',
      );
      bdm.attachment_id = before.attachment;
      const restores = cloud.switches.rollback_connection_info === 'restored';
      if (restores) bdm.connection_info = before.info;
    },
    skip_rollback(cloud, self) {
      self.next += 1;
      const isByVolume = cloud.switches.rollback_errors === 'raised';
      return isByVolume ? 'next_remote_volume' : 'next_rollback';
    },
    // The destination destroys what it has of the guest; since nova 32 without its volumes.
    rolled_back(cloud, self, _pick, processes) {
      if (cloud.switches.rollback_destroys === 'by_bdms') {
        send(processes, self.pid, rollbackAtDestination.start(self.server, self.dest));
      }
      return isBound(cloud, self.server, self.dest) ? 'delete_destination_binding' : 'save_freed';
    },
  }),
  ...rest<'delete_destination_binding', 'save_freed'>('delete_destination_binding', {
    to: (cloud, self) => deleteBinding.start(portOf(cloud, self.server) ?? '', self.dest),
    otherwise: 'save_freed',
  }),
  ...stepFragment<Migrating, 'rollback_failed'>()({
    save_freed(cloud, self) {
      if (cloud.switches.rollback_frees === 'last' && !freeServer(cloud, self)) {
        return 'rollback_failed';
      }
      setStatus(cloud, self.migration, isAborted(cloud, self) ? 'cancelled' : 'failed');
      return forget(self);
    },
    // An operator aborted it before it began: before nova 25 no step gave the server back to its
    // user.
    aborted_in_queue(cloud, self) {
      if (cloud.switches.queued_abort === 'freed') freeServer(cloud, self);
      setStatus(cloud, self.migration, 'cancelled');
      return forget(self);
    },
    // nova-conductor could not bind the port.
    not_begun(cloud, self) {
      freeServer(cloud, self);
      setStatus(cloud, self.migration, isAborted(cloud, self) ? 'cancelled' : 'failed');
      return forget(self);
    },
    // The rollback ends here. Unless the hypervisor had the guest the server stays `migrating`, or
    // in the task state of another request.
    rollback_failed(cloud, self) {
      if (self.running) return putMigrationInError(cloud, self);
      setStatus(cloud, self.migration, 'error');
      return forget(self);
    },
  }),
};

/**
 * The label at which it goes on after the destination has disconnected a volume, or Nova has logged
 * an error of that.
 */
function afterRemote(cloud: Cloud, self: Me<Migrating>): 'next_rollback' | 'next_remote_volume' {
  if (cloud.switches.rollback_errors === 'raised') return 'next_rollback';
  self.next += 1;
  return 'next_remote_volume';
}

/** The first step of a rollback for a BDM. */
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
  // A KeyError: the BDM is younger than the list of the source.
  if (before === undefined) return 'rollback_failed';
  const isNew = rule !== 'changed' || bdm.attachment_id !== before.attachment;
  return bdm.attachment_id !== null && isNew ? 'rollback_attachment_delete' : 'restore_bdm';
}

/** Takes the task state back, if it is still that of the migration; returns whether it was. */
function freeServer(cloud: Cloud, self: Me<Migrating>): boolean {
  const instance = cloud.instances[self.server];
  if (instance?.task_state !== 'migrating') return false;
  instance.task_state = null;
  return true;
}
