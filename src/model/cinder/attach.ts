import {
  answering,
  type Callee,
  type Caller,
  calling,
  calls,
  operationOf,
  type Reply,
} from '../calls/calls.ts';
import { type Cloud, cloud as model } from '../world/cloud.ts';
import { detachLock, free, release, take, volumeLock } from '../world/locks.ts';
import { recomputeStatuses, rowsOf } from '../world/statuses.ts';
import { freeId } from './attachment-create.ts';
import { removeExport } from './driver.ts';

/**
 * The c-vol part of os-attach: it inserts the row as `attaching`, then sets row and volume to
 * attached and in-use in one transaction, all under the lock of the volume. It refuses a volume
 * that is in-use already and not multiattach. It also refuses a server that has a row; since cinder
 * 11 it takes that for a repeated request and answers with the row (bug 1681543). Source:
 * cinder:cinder/volume/manager.py@attach_volume (docs/openstack.md 2.2; 3.1, LA11).
 */
export const volumeAttach = model.flow({
  name: 'c-vol.attach_volume',
  vars: (volume: string, instance: string) => ({
    volume,
    instance,
    attachment: '',
    ...answering(),
  }),
  steps: {
    lock_volume: {
      when: (cloud, self) => free(cloud, volumeLock(self.volume)),
      do: (cloud, self) => {
        take(cloud, volumeLock(self.volume), self.pid);
      },
    },
    check_status(cloud, self) {
      const volume = cloud.volumes[self.volume];
      if (volume === undefined) {
        self.reply = { outcome: 'not_found' };
        return 'unlock_volume';
      }
      const rows = rowsOf(cloud.attachments, self.volume);
      if (rows.some(([, row]) => row.instance === self.instance)) {
        const { switches } = cloud;
        if (switches.attach_again === 'accepted') volume.status = 'in-use';
        const isFine = switches.attach_again === 'accepted' || volume.multiattach;
        self.reply = { outcome: isFine ? 'ok' : 'bad_request' };
        return 'unlock_volume';
      }
      const taken = volume.status === 'in-use' && !volume.multiattach;
      if (!taken || volume.migration_status !== null) return;
      self.reply = { outcome: 'bad_request' };
      return 'unlock_volume';
    },
    begin_attach(cloud, self) {
      self.attachment = freeId(cloud.attachments, `attachment-${operationOf(self.pid)}`);
      cloud.attachments[self.attachment] = {
        volume: self.volume,
        instance: self.instance,
        status: 'attaching',
        connector: null,
        connection_info: null,
      };
    },
    finish_attach(cloud, self) {
      const row = cloud.attachments[self.attachment];
      const volume = cloud.volumes[self.volume];
      self.attachment = '';
      if (row === undefined || volume === undefined) {
        self.reply = { outcome: 'server_error' };
        return 'unlock_volume';
      }
      row.status = 'attached';
      volume.status = 'in-use';
      volume.attach_status = 'attached';
      self.reply = { outcome: 'ok' };
    },
    unlock_volume(cloud, self) {
      release(cloud, volumeLock(self.volume), self.pid);
      return 'done';
    },
    // The handler of a driver error: the volume keeps its status.
    attach_failed(cloud, self) {
      const row = cloud.attachments[self.attachment];
      if (row !== undefined) row.status = 'error_attaching';
      self.attachment = '';
      self.reply = { outcome: 'server_error' };
      return 'unlock_volume';
    },
  },
});

/**
 * The c-vol part of os-detach, under a lock with another name than that of os-attach: it removes
 * the export, then changes row and statuses in one transaction; before Newton in the other order.
 * Without an id it takes the only row and refuses several. When there is no such row any more it
 * writes only the statuses, and the export belongs to another attachment. Source:
 * cinder:cinder/volume/manager.py@detach_volume (docs/openstack.md 2.2; 3.2, LD7).
 */
export const volumeDetach = model.flow({
  name: 'c-vol.detach_volume',
  vars: (volume: string, attachment: string) => ({ volume, attachment, ...answering() }),
  steps: {
    lock_detach_volume: {
      when: (cloud, self) => free(cloud, detachLock(self.volume)),
      do: (cloud, self) => {
        take(cloud, detachLock(self.volume), self.pid);
      },
    },
    get_attachment(cloud, self) {
      const rows = rowsOf(cloud.attachments, self.volume).map(([id]) => id);
      if (self.attachment === '' && rows.length > 1) {
        self.reply = { outcome: 'bad_request' };
        return 'unlock_detach_volume';
      }
      if (self.attachment === '') self.attachment = rows[0] ?? '';
      const detachesFirst = cloud.switches.export_removed === 'after_detached';
      if (cloud.attachments[self.attachment] === undefined || detachesFirst)
        return 'volume_detached';
    },
    remove_export(cloud, self) {
      removeExport(cloud, self.volume);
      if (self.reply !== null) return 'unlock_detach_volume';
    },
    volume_detached(cloud, self) {
      const hadRow = cloud.attachments[self.attachment] !== undefined;
      delete cloud.attachments[self.attachment];
      recomputeStatuses(cloud, self.volume);
      self.reply = { outcome: 'ok' };
      if (hadRow && cloud.switches.export_removed === 'after_detached') return 'remove_export';
    },
    unlock_detach_volume(cloud, self) {
      release(cloud, detachLock(self.volume), self.pid);
      return 'done';
    },
    // The handler of a driver that is not initialised.
    detach_failed(cloud, self) {
      const row = cloud.attachments[self.attachment];
      if (row !== undefined) row.status = 'error_detaching';
      self.reply = { outcome: 'server_error' };
      return 'unlock_detach_volume';
    },
    // The handler of a driver error: row and statuses stay.
    remove_export_failed(_cloud, self) {
      self.reply = { outcome: 'server_error' };
      return 'unlock_detach_volume';
    },
  },
});

interface Attaching extends Caller, Callee {
  readonly volume: string;
  readonly instance: string;
}

interface Detaching extends Caller, Callee {
  readonly volume: string;
  readonly attachment: string;
}

/** The caller gets the answer of cinder-volume, or 500 when there was none. */
const passedOn = {
  ok: (_cloud: Cloud, self: Callee, reply: Reply) => {
    self.reply = reply;
    return 'done' as const;
  },
  otherwise: (_cloud: Cloud, self: Callee, outcome: Reply['outcome']) => {
    const refused = outcome === 'bad_request' || outcome === 'not_found';
    self.reply = { outcome: refused ? outcome : 'server_error' };
    return 'done' as const;
  },
};

/**
 * os-attach: Nova says that the volume is connected. Source: cinder:cinder/volume/api.py@attach.
 */
export const attach = model.flow({
  name: 'c-api.attach',
  vars: (volume: string, instance: string): Attaching => ({
    volume,
    instance,
    ...calling(),
    ...answering(),
  }),
  steps: calls<Attaching>().rpc('volume_rpc', {
    to: (_cloud, self) => volumeAttach.start(self.volume, self.instance),
    ...passedOn,
  }),
});

/** os-detach; `attachment` may be '' for the only one. */
export const detach = model.flow({
  name: 'c-api.detach',
  vars: (volume: string, attachment: string): Detaching => ({
    volume,
    attachment,
    ...calling(),
    ...answering(),
  }),
  steps: calls<Detaching>().rpc('volume_rpc', {
    to: (_cloud, self) => volumeDetach.start(self.volume, self.attachment),
    ...passedOn,
  }),
});
