import { answering, type Callee, type Caller, calling, calls, nothing } from '../calls/calls.ts';
import {
  type Attachment,
  type AttachmentStatus,
  type AttachStatus,
  type Cloud,
  type Heard,
  cloud as model,
} from '../world/cloud.ts';
import {
  attachStatusFrom,
  recomputeStatuses,
  rowsOf,
  volumeStatusFrom,
} from '../world/statuses.ts';
import { removeExport, sharing, terminateConnection } from './driver.ts';
import { copyToTell, isHeard, notify } from './notify.ts';

/**
 * The c-vol part of attachment_delete: the driver ends the connection. No lock. A row without a
 * connector was never connected, so c-vol does not ask the driver (bug 1738254). Before cinder 20
 * this part deleted the row and wrote the statuses. Source:
 * cinder:cinder/volume/manager.py@attachment_delete, @_do_attachment_delete (docs/openstack.md 5.2,
 * w1 to w4).
 */
export const volumeAttachmentDelete = model.flow({
  name: 'c-vol.attachment_delete',
  vars: (attachment: string) => ({
    attachment,
    volume: '',
    host: '',
    keepMapping: false,
    keepExport: false,
    told: nothing<Heard['rows']>(),
    ...answering(),
  }),
  steps: {
    load_attachment(cloud, self) {
      const row = cloud.attachments[self.attachment];
      if (row === undefined) {
        self.reply = { outcome: 'not_found' };
        return 'done';
      }
      self.volume = row.volume;
      notify(cloud, row.volume, 'detach.start');
      if (cloud.switches.status_writers === 'both') self.told = copyToTell(cloud, row.volume);
      if (row.connector !== null) {
        self.host = row.connector;
        return;
      }
      // Drivers look into the connector, and raise.
      if (cloud.switches.null_connector === 'terminated') return 'terminate_connection_failed';
      if (cloud.switches.status_writers === 'both') return 'volume_detached';
      self.reply = { outcome: 'ok' };
      return 'done';
    },
    count_connections(cloud, self) {
      const shared = sharing(cloud, self.volume, self.host);
      self.keepMapping = shared.mapping;
      const asks = cloud.switches.remove_export === 'unless_shared';
      self.keepExport = asks && (shared.mapping || shared.exported);
    },
    terminate_connection(cloud, self) {
      if (!self.keepMapping) terminateConnection(cloud, self.volume, self.host);
      self.keepMapping = false;
    },
    remove_export(cloud, self) {
      if (!self.keepExport) removeExport(cloud, self.volume);
      self.keepExport = false;
      if (cloud.switches.status_writers === 'both') return 'volume_detached';
      self.reply = { outcome: 'ok' };
      return 'done';
    },
    // One transaction, without a lock on the row of the volume.
    volume_detached(cloud, self) {
      detachVolume(cloud, self.attachment, self.volume);
      self.reply = { outcome: 'ok' };
      if (!isHeard(cloud, self.volume)) return 'done';
    },
    notify_detach_end(cloud, self) {
      notify(cloud, self.volume, 'detach.end', self.told);
      self.told = null;
      return 'done';
    },
    // The handler of an error of remove_export: Cinder only logs it. Before cinder 20 it marked the
    // row, which stayed.
    remove_export_failed(cloud, self) {
      const row = cloud.attachments[self.attachment];
      if (row !== undefined && cloud.switches.status_writers === 'both')
        row.status = 'error_detaching';
      self.told = null;
      self.keepExport = false;
      self.reply = { outcome: 'ok' };
      return 'done';
    },
    // The handler of a driver error: nothing has changed. A driver that is not initialised looks
    // the same.
    terminate_connection_failed(_cloud, self) {
      self.told = null;
      self.keepMapping = false;
      self.keepExport = false;
      self.reply = { outcome: 'server_error' };
      return 'done';
    },
  },
});

/** Who asks: Nova with a service token, or a user of the project directly. */
export type Requester = 'service' | 'user';

interface Deleting extends Caller, Callee {
  readonly attachment: string;
  readonly requester: Requester;
  volume: string;
  /** The status of the row in the copy that the request loaded first. */
  loaded: AttachmentStatus | null;
  /** The statuses that the remaining rows require, until they are written (before cinder 20). */
  remaining: AttachStatus | null;
  /**
   * The attachments of the copy that the request loaded first, if detach.end will tell of those.
   */
  told: Heard['rows'] | null;
}

const { rpc } = calls<Deleting>();

/**
 * Ends an attachment: unmaps and unexports through c-vol, then deletes the row and recomputes the
 * statuses of the volume in one transaction. A row that was `reserved` when the request began goes
 * straight to the transaction. Before cinder 20 c-vol had done that, and c-api wrote the statuses
 * once more, from a list that it had read before. Source:
 * cinder:cinder/volume/api.py@attachment_delete (docs/openstack.md 5.2, d1 to d6).
 */
export const attachmentDelete = model.flow({
  name: 'c-api.attachment_delete',
  vars: (attachment: string, requester: Requester): Deleting => ({
    attachment,
    requester,
    volume: '',
    loaded: null,
    remaining: null,
    told: null,
    ...calling(),
    ...answering(),
  }),
  steps: {
    load_attachment(cloud, self) {
      const row = cloud.attachments[self.attachment];
      if (row === undefined) {
        self.reply = { outcome: 'not_found' };
        return 'done';
      }
      self.volume = row.volume;
      self.loaded = row.status;
      self.told = copyToTell(cloud, row.volume);
    },
    attachment_deletion_allowed(cloud, self) {
      const row = cloud.attachments[self.attachment];
      const gate = cloud.switches.user_delete_gate === 'on' && self.requester === 'user';
      if (gate && row !== undefined && novaUses(cloud, self.attachment, row)) {
        self.loaded = null;
        self.told = null;
        self.reply = { outcome: 'conflict' };
        return 'done';
      }
      const skip = self.loaded === 'reserved';
      self.loaded = null;
      if (!skip) return;
      if (cloud.switches.reserved_detach_start === 'sent')
        notify(cloud, self.volume, 'detach.start');
      return 'attachment_destroy';
    },
    ...rpc('volume_rpc', {
      to: (_cloud, self) => volumeAttachmentDelete.start(self.attachment),
      ok: (cloud) =>
        cloud.switches.status_writers === 'both'
          ? 'list_remaining_attachments'
          : 'attachment_destroy',
      otherwise: (_cloud, self, outcome) => {
        self.told = null;
        self.reply = { outcome: outcome === 'not_found' ? 'not_found' : 'server_error' };
        return 'done';
      },
    }),
    attachment_destroy(cloud, self) {
      detachVolume(cloud, self.attachment, self.volume);
      if (isHeard(cloud, self.volume)) return 'notify_detach_end';
      if (cloud.switches.status_writers === 'both') return;
      self.reply = { outcome: 'ok' };
      return 'done';
    },
    list_remaining_attachments(cloud, self) {
      const rows = rowsOf(cloud.attachments, self.volume);
      self.remaining = attachStatusFrom(rows.map(([, row]) => row.status));
    },
    save_volume(cloud, self) {
      const volume = cloud.volumes[self.volume];
      const status = self.remaining ?? 'detached';
      self.remaining = null;
      self.told = null;
      self.reply = { outcome: volume === undefined ? 'not_found' : 'ok' };
      if (volume !== undefined) {
        volume.attach_status = status;
        volume.status = volumeStatusFrom(status);
      }
      return 'done';
    },
    notify_detach_end(cloud, self) {
      notify(cloud, self.volume, 'detach.end', self.told);
      self.told = null;
      if (cloud.switches.status_writers === 'both') return 'list_remaining_attachments';
      self.reply = { outcome: 'ok' };
      return 'done';
    },
  },
});

/**
 * Deletes the row and gives the volume the statuses that the other rows require, in one
 * transaction.
 */
function detachVolume(cloud: Cloud, attachment: string, volume: string): void {
  delete cloud.attachments[attachment];
  recomputeStatuses(cloud, volume);
}

/**
 * The safety gate: an attachment that has connection_info, and that Nova's BDM of the server refers
 * to, is in use. One without a server is in no BDM.
 * Source: cinder:cinder/volume/api.py@attachment_deletion_allowed; CVE-2023-2088.
 */
export function novaUses(cloud: Cloud, attachment: string, row: Readonly<Attachment>): boolean {
  if (row.connection_info === null) return false;
  return Object.values(cloud.bdms).some(
    (bdm) => bdm.instance === row.instance && bdm.attachment_id === attachment,
  );
}
