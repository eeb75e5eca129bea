import { type Caller, calling, calls } from '../calls.ts';
import { detach } from '../cinder/attach.ts';
import { attachmentDelete } from '../cinder/attachment-delete.ts';
import { terminateConnectionRequest } from '../cinder/connection.ts';
import { volumeDelete } from '../cinder/volume-delete.ts';
import type { Cloud } from '../cloud.ts';
import { piece } from '../piece.ts';

/** The variables of a deletion that nova-api does by itself. */
export interface DeletingLocally extends Caller {
  readonly server: string;
  /** The BDMs of the server as they were read, and how many of them are dealt with. */
  bdms: readonly string[];
  next: number;
}

/** Fresh variables of a deletion that nova-api does by itself. */
export const deletingLocally = (server: string): DeletingLocally => ({
  server,
  bdms: [],
  next: 0,
  ...calling(),
});

const { rest } = calls<DeletingLocally>();

/**
 * nova-api deletes a server that is on no host, or whose host does not answer: every attachment, the volumes that go
 * with the server, every BDM, the instance. Errors are swallowed. Nobody disconnects the host.
 * Source: nova:nova/compute/api.py@_local_delete, @_local_cleanup_bdm_volumes (DOMAIN.md 8.9).
 */
export const localDelete = {
  ...piece<DeletingLocally>()({
    get_bdms(cloud, self) {
      self.bdms = Object.entries(cloud.bdms)
        .filter(([, bdm]) => bdm.instance === self.server)
        .map(([id]) => id);
    },
  }),
  ...piece<DeletingLocally, 'destroy_instance' | 'get_stashed_connector'>()({
    next_bdm(cloud, self) {
      if (self.next === self.bdms.length) return 'destroy_instance';
      if ((cloud.bdms[current(self)]?.attachment_id ?? null) === null)
        return 'get_stashed_connector';
    },
  }),
  ...rest('attachment_delete', {
    to: (cloud, self) => {
      const attachment = cloud.bdms[current(self)]?.attachment_id ?? '';
      return attachmentDelete.start(attachment, 'service');
    },
    ok: () => 'delete_on_termination',
    otherwise: 'delete_on_termination',
    repeated: true,
  }),
  // Old style: by the connector that is kept in the BDM, the only one that nova-api can know.
  ...piece<DeletingLocally, 'detach'>()({
    get_stashed_connector(cloud, self) {
      if ((cloud.bdms[current(self)]?.connection_info ?? null) === null) return 'detach';
    },
  }),
  ...rest('terminate_connection', {
    to: (cloud, self) => {
      const bdm = cloud.bdms[current(self)];
      return terminateConnectionRequest.start(bdm?.volume ?? '', bdm?.connection_info?.host ?? '');
    },
    otherwise: 'delete_on_termination',
  }),
  ...rest('detach', {
    to: (cloud, self) => detach.start(cloud.bdms[current(self)]?.volume ?? '', ''),
    otherwise: 'delete_on_termination',
  }),
  ...piece<DeletingLocally, 'destroy_bdm'>()({
    delete_on_termination(cloud, self) {
      if (cloud.bdms[current(self)]?.delete_on_termination !== true) return 'destroy_bdm';
    },
  }),
  ...rest('volume_delete', {
    to: (cloud: Cloud, self: DeletingLocally) =>
      volumeDelete.start(cloud.bdms[current(self)]?.volume ?? ''),
    otherwise: 'destroy_bdm',
  }),
  ...piece<DeletingLocally, 'next_bdm' | 'done'>()({
    destroy_bdm(cloud, self) {
      const id = current(self);
      const bdm = cloud.bdms[id];
      const isOnHost = (cloud.instances[self.server]?.host ?? null) !== null;
      // Rows are soft-deleted; those of a guest that may still run are read again when its host is back.
      if (bdm !== undefined && isOnHost) cloud.deleted_bdms[id] = bdm;
      delete cloud.bdms[id];
      self.next += 1;
      return 'next_bdm';
    },
    destroy_instance(cloud, self) {
      delete cloud.instances[self.server];
      self.bdms = [];
      self.next = 0;
      return 'done';
    },
  }),
};

const current = (self: DeletingLocally): string => self.bdms[self.next] ?? '';
