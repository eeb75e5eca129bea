import {
  answering,
  type Callee,
  type Caller,
  calling,
  calls,
  operationOf,
} from '../calls/calls.ts';
import {
  type Attachment,
  type Cloud,
  type ConnectionInfo,
  cloud as model,
  type VolumeStatus,
} from '../world/cloud.ts';
import { rowsOf } from '../world/statuses.ts';
import { volumeAttachmentUpdate } from './attachment-update.ts';

interface Creating extends Caller, Callee {
  readonly volume: string;
  /** null: a client of Cinder that has no server. */
  readonly instance: string | null;
  /** The host, when the request brings a connector (live migration); null otherwise. */
  readonly connector: string | null;
  /**
   * The end of the id, where the operation has made another attachment that may be gone by now:
   * Cinder never gives an id twice.
   */
  readonly suffix: string;
  /** The status of the volume in the copy that the request loaded first. */
  loaded: VolumeStatus | null;
  /** Whether another server had an attachment in that copy. */
  others: boolean;
  attachment: string;
  info: ConnectionInfo | null;
}

const { rpc } = calls<Creating>();

/**
 * Makes an attachment, which reserves the volume. With a connector it also connects it, without the
 * lock and the check of attachment_update. Answers with the id. Source:
 * cinder:cinder/volume/api.py@attachment_create, @_attachment_reserve (docs/openstack.md 5.2, c1 to
 * c7).
 */
export const attachmentCreate = model.flow({
  name: 'c-api.attachment_create',
  vars: (
    volume: string,
    instance: string | null,
    connector: string | null,
    suffix?: string,
  ): Creating => ({
    volume,
    instance,
    connector,
    suffix: suffix ?? '',
    loaded: null,
    others: false,
    attachment: '',
    info: null,
    ...calling(),
    ...answering(),
  }),
  steps: {
    load_volume(cloud, self) {
      const volume = cloud.volumes[self.volume];
      if (volume === undefined) {
        self.reply = { outcome: 'not_found' };
        return 'done';
      }
      const checks = cloud.switches.error_check === 'create_and_update';
      if (checks && volume.status.includes('error')) return 'bad_request';
      self.loaded = volume.status;
      // Only where the rule asks for it: a variable that no step reads makes states differ.
      const asks = cloud.switches.override === 'no_other_server';
      const rows = rowsOf(cloud.attachments, self.volume);
      self.others = asks && rows.some(([, row]) => row.instance !== self.instance);
    },
    // The compare-and-swap; a transaction of its own inserts the row afterwards.
    attachment_reserve(cloud, self) {
      const volume = cloud.volumes[self.volume];
      if (volume === undefined) return 'bad_request';
      const { status } = volume;
      const isFree = status === 'available' || status === 'downloading';
      if (isFree || (volume.multiattach && status === 'in-use')) {
        volume.status = 'reserved';
        return 'attachment_insert';
      }
    },
    // The swap failed: Cinder accepts a further attachment of the same server by the status that it
    // loaded before. At first it accepted it by the rows that it had loaded before, in any status:
    // a volume without rows passed.
    attachment_override(cloud, self) {
      if (cloud.switches.override === 'no_other_server')
        return self.others ? 'bad_request' : 'attachment_insert';
      const loaded = self.loaded ?? 'available';
      const suits = loaded === 'in-use' || loaded === 'reserved';
      if (!suits && cloud.switches.override === 'in_use_or_reserved') return 'bad_request';
      if (!mayAttachAgain(cloud, self.volume, self.instance)) return 'bad_request';
    },
    attachment_insert(cloud, self) {
      self.loaded = null;
      self.others = false;
      self.attachment = freeId(
        cloud.attachments,
        `attachment-${operationOf(self.pid)}${self.suffix}`,
      );
      cloud.attachments[self.attachment] = newRow(self.volume, self.instance);
      if (self.connector !== null) return;
      self.reply = { outcome: 'ok', attachment: self.attachment };
      return 'done';
    },
    // This path does not use cinder-api's own attachment_update, so it has neither L7 nor the
    // duplicate check.
    ...rpc('volume_rpc', {
      to: (_cloud, self) => volumeAttachmentUpdate.start(self.attachment, self.connector ?? ''),
      ok: (_cloud, self, reply) => {
        self.info = reply.connection_info ?? null;
      },
      // The row stays, and so does the work of c-vol on it; the caller never learns its id.
      otherwise: (_cloud, self) => {
        self.reply = { outcome: 'server_error' };
        return 'done';
      },
    }),
    save_connection_info(cloud, self) {
      const row = cloud.attachments[self.attachment];
      if (row !== undefined) row.connection_info = self.info;
      self.info = null;
      self.reply =
        row === undefined
          ? { outcome: 'server_error' }
          : { outcome: 'ok', attachment: self.attachment };
      return 'done';
    },
    bad_request(_cloud, self) {
      self.loaded = null;
      self.others = false;
      self.reply = { outcome: 'bad_request' };
      return 'done';
    },
  },
});

/**
 * Whether a server may have a further attachment of a volume that is not free. Cinder shipped the
 * rule that the server has one already; the other rules are those of the discussion in 2016. Cinder
 * would have to ask Nova whether the server moves.
 */
function mayAttachAgain(cloud: Cloud, volume: string, instance: string | null): boolean {
  if (instance === null) return false;
  const { second_attachment: rule } = cloud.switches;
  const hasOne = rowsOf(cloud.attachments, volume).some(([, row]) => row.instance === instance);
  const server = cloud.instances[instance];
  const moves = server !== undefined && server.task_state !== null;
  if (rule === 'moving_instance') return hasOne && moves;
  return rule === 'any' || (rule === 'same_instance' && hasOne);
}

const newRow = (volume: string, instance: string | null): Attachment => ({
  volume,
  instance,
  status: 'reserved',
  connector: null,
  connection_info: null,
});

/** `id`, or the first of `id-2`, `id-3` … that is not in the table. */
export function freeId(table: { readonly [id: string]: unknown }, id: string): string {
  let free = id;
  for (let n = 2; table[free] !== undefined; n++) free = `${id}-${n}`;
  return free;
}
