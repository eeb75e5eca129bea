import { type Caller, calling, calls } from '../calls/calls.ts';
import { stepFragment } from '../calls/step-fragment.ts';
import { detach } from '../cinder/attach.ts';
import { attachmentDelete } from '../cinder/attachment-delete.ts';
import { terminateConnectionRequest } from '../cinder/connection.ts';
import { volumeDelete } from '../cinder/volume-delete.ts';
import { assertPresent } from '../world/assert-present.ts';
import type { Cloud } from '../world/cloud.ts';
import type { PassedBdm } from './passed-bdms.ts';

/** The variables of a deletion that nova-api does by itself. */
export interface DeletingLocally extends Caller {
  readonly server: string;
  /**
   * The BDMs of the server as they were when they were read, and the number of those that are done.
   */
  bdms: readonly PassedBdm[];
  next: number;
  /** The server was being deleted when the request read it. */
  again: boolean;
  /** It was on no host when `deleting` was saved. */
  unplaced: boolean;
}

/** Fresh variables of a deletion that nova-api does by itself. */
export const deletingLocally = (server: string): DeletingLocally => ({
  server,
  bdms: [],
  next: 0,
  again: false,
  unplaced: false,
  ...calling(),
});

const { rest } = calls<DeletingLocally>();

/**
 * nova-api deletes a server that is on no host, or whose host does not answer: every attachment,
 * the volumes that go with the server, every BDM, the instance. It uses the BDMs that it read at
 * the beginning. An error of Cinder ends the work on that volume, and nova-api logs it. No step
 * disconnects the host. A server that was on no host and has one by then stays, without its BDMs.
 * Source: nova:nova/compute/api.py@_local_delete, @_local_cleanup_bdm_volumes (docs/openstack.md
 * 8.9); nova:nova/objects/instance.py@destroy.
 */
export const localDelete = {
  ...stepFragment<DeletingLocally, 'destroy_instance' | 'get_stashed_connector'>()({
    next_bdm(_cloud, self) {
      const bdm = self.bdms[self.next];
      if (bdm === undefined) return 'destroy_instance';
      if (bdm.attachment_id === null) return 'get_stashed_connector';
    },
  }),
  ...rest('attachment_delete', {
    to: (_cloud: Cloud, self: DeletingLocally) =>
      attachmentDelete.start(current(self).attachment_id ?? '', 'service'),
    ok: () => 'delete_on_termination',
    otherwise: 'destroy_bdm',
    repeated: 'delete_repeated',
  }),
  // Old style: by the connector in the BDM, the only one that nova-api can know.
  ...stepFragment<DeletingLocally, 'detach'>()({
    get_stashed_connector(_cloud, self) {
      if (current(self).connection_info === null) return 'detach';
    },
  }),
  ...rest('terminate_connection', {
    to: (_cloud: Cloud, self: DeletingLocally) => {
      const { volume, connection_info: info } = current(self);
      return terminateConnectionRequest.start(volume, info?.host ?? '');
    },
    otherwise: 'destroy_bdm',
  }),
  ...rest('detach', {
    to: (_cloud: Cloud, self: DeletingLocally) => detach.start(current(self).volume, ''),
    otherwise: 'destroy_bdm',
  }),
  ...stepFragment<DeletingLocally, 'destroy_bdm'>()({
    delete_on_termination(_cloud, self) {
      if (!current(self).delete_on_termination) return 'destroy_bdm';
    },
  }),
  ...rest('volume_delete', {
    to: (_cloud: Cloud, self: DeletingLocally) => volumeDelete.start(current(self).volume),
    otherwise: 'destroy_bdm',
  }),
  ...stepFragment<DeletingLocally, 'next_bdm' | 'done'>()({
    destroy_bdm(cloud, self) {
      const { id } = current(self);
      const bdm = cloud.bdms[id];
      // Nova soft-deletes rows; it reads those of a guest that may still run again when its host is
      // back.
      if (bdm !== undefined && mayRun(cloud, self.server)) cloud.deleted_bdms[id] = bdm;
      delete cloud.bdms[id];
      self.next += 1;
      return 'next_bdm';
    },
    // On the condition that the server is on no host, if it was on none.
    destroy_instance(cloud, self) {
      const host = cloud.instances[self.server]?.host ?? null;
      if (!self.unplaced || host === null) delete cloud.instances[self.server];
      self.bdms = [];
      self.next = 0;
      return 'done';
    },
  }),
};

/** The server is on a host, and no shelve is about to save that it is on none. */
function mayRun({ instances }: Cloud, server: string): boolean {
  const { host = null, vm_state } = instances[server] ?? {};
  return host !== null && vm_state !== 'shelved_offloaded';
}

const current = (self: DeletingLocally): PassedBdm =>
  assertPresent(self.bdms[self.next], 'the mapping that is dealt with');
