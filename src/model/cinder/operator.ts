import { answering, type Callee, type Caller, calling, calls } from '../calls/calls.ts';
import { cloud as model, type VolumeStatus } from '../world/cloud.ts';
import { recomputeStatuses, rowsOf } from '../world/statuses.ts';
import { volumeDetach } from './attach.ts';
import { novaUses } from './attachment-delete.ts';
import { volumeTerminateConnection } from './connection.ts';
import { unreserveVolume } from './volume-actions.ts';

/**
 * os-reset_status: an operator writes the status of a volume, with no compare-and-swap.
 * `attachments`: 'gone' when the operator also sets attach_status to detached, which soft-deletes
 * every row without asking a driver or Nova. Source:
 * cinder:cinder/api/contrib/admin_actions.py@_reset_status (docs/openstack.md 8.12).
 */
export const resetStatus = model.flow({
  name: 'c-api.reset_status',
  vars: (volume: string, status: VolumeStatus, attachments: 'kept' | 'gone') => ({
    volume,
    status,
    attachments,
    ...answering(),
  }),
  steps: {
    // Cinder refuses in-use for a volume that has no attachments.
    validate_update(cloud, self) {
      const rows = rowsOf(cloud.attachments, self.volume);
      if (self.status !== 'in-use' || rows.length > 0) return;
      self.reply = { outcome: 'bad_request' };
      return 'done';
    },
    reset_status(cloud, self) {
      const volume = cloud.volumes[self.volume];
      if (volume === undefined) {
        self.reply = { outcome: 'not_found' };
        return 'done';
      }
      volume.status = self.status;
      if (self.attachments === 'kept') return 'answer';
      volume.attach_status = 'detached';
    },
    // Each row that ends recomputes attach_status and status, so the status of the operator lasts
    // only where there is none.
    attachments_detached(cloud, self) {
      for (const [id] of rowsOf(cloud.attachments, self.volume)) {
        delete cloud.attachments[id];
        recomputeStatuses(cloud, self.volume);
      }
    },
    answer(_cloud, self) {
      self.reply = { outcome: 'ok' };
      return 'done';
    },
  },
});

interface Forcing extends Caller, Callee {
  readonly volume: string;
  readonly attachment: string;
  /**
   * The host of the connector that the operator names; null: Cinder unmaps the volume from every
   * host.
   */
  readonly host: string | null;
}

const { rpc } = calls<Forcing>();

/**
 * os-force_detach: terminates the connection, then ends the attachment the old way. It asks neither
 * the host nor Nova, except for the gate of each of the two, which is that of attachment_delete.
 * Source: cinder:cinder/api/contrib/admin_actions.py@_force_detach;
 * cinder:cinder/volume/api.py@terminate_connection, @attachment_deletion_allowed
 * (docs/openstack.md 8.11).
 */
export const forceDetach = model.flow({
  name: 'c-api.force_detach',
  vars: (volume: string, attachment: string, host: string | null): Forcing => ({
    volume,
    attachment,
    host,
    ...calling(),
    ...answering(),
  }),
  steps: {
    // os-terminate_connection does not get the id of the row: it takes the only one, and refuses
    // where there are several.
    termination_allowed(cloud, self) {
      const [first, second] = rowsOf(cloud.attachments, self.volume);
      const isUsed = first !== undefined && novaUses(cloud, ...first);
      const refuses = cloud.switches.user_delete_gate === 'on' && (isUsed || second !== undefined);
      if (!refuses) return;
      self.reply = { outcome: 'conflict' };
      return 'done';
    },
    ...rpc('terminate_connection', {
      to: (_cloud, self) => volumeTerminateConnection.start(self.volume, self.host),
      otherwise: 'server_error',
    }),
    // As os-terminate_connection ends: a volume that another request is attaching is in-use then.
    unreserve(cloud, self) {
      unreserveVolume(cloud, self.volume);
    },
    detach_allowed(cloud, self) {
      const row = cloud.attachments[self.attachment];
      const refuses = row === undefined || novaUses(cloud, self.attachment, row);
      if (cloud.switches.user_delete_gate === 'off' || !refuses) return;
      self.reply = { outcome: 'conflict' };
      return 'done';
    },
    ...rpc('detach', {
      to: (_cloud, self) => volumeDetach.start(self.volume, self.attachment),
      otherwise: 'server_error',
    }),
    force_detached(_cloud, self) {
      self.reply = { outcome: 'ok' };
      return 'done';
    },
    server_error(_cloud, self) {
      self.reply = { outcome: 'server_error' };
      return 'done';
    },
  },
});
