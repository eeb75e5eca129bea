import { type Connecting, connectVolume, known } from '../brick/connect-volume.ts';
import { type Caller, calling, calls, operationOf, send } from '../calls/calls.ts';
import { stepFragment } from '../calls/step-fragment.ts';
import { attachmentCreate, freeId } from '../cinder/attachment-create.ts';
import { attachmentDelete } from '../cinder/attachment-delete.ts';
import { createAttachmentV1, updateAttachmentV2 } from '../cinder/poc.ts';
import { reserve, unreserve } from '../cinder/volume-actions.ts';
import { lunPath } from '../world/backend.ts';
import { cloud as model } from '../world/cloud.ts';
import { free, guardApplies, guardLock, release, take } from '../world/locks.ts';
import { isUp } from '../world/services.ts';
import { diskOf } from './lookup.ts';

interface Attaching extends Connecting, Caller {
  readonly server: string;
  readonly volume: string;
  attachment: string;
}

const compute = calls<Attaching>();

const attaching = (
  server: string,
  volume: string,
  host: string,
  attachment: string,
): Attaching => ({
  server,
  volume,
  host,
  attachment,
  connection: null,
  ...calling(),
});

const enterLock = stepFragment<Attaching>()({
  guard_connection: {
    when: (cloud, self) =>
      isUp(cloud, self.host) &&
      (!guardApplies(cloud.switches, 'attach') || free(cloud, guardLock(self.host))),
    do: (cloud, self) => {
      if (guardApplies(cloud.switches, 'attach')) take(cloud, guardLock(self.host), self.pid);
    },
  },
});

/** The steps of both proofs of concept after Cinder has answered with connection_info. */
const connectAndGiveToGuest = {
  ...connectVolume({ connected: 'attach_to_guest', failed: 'attachment_delete' }),
  ...stepFragment<Attaching, 'attachment_delete' | 'unlock'>()({
    attach_to_guest(cloud, self) {
      const { host, target, lun } = known(self);
      const device = lunPath(host, target, lun);
      if (cloud.devices[device] === undefined) return 'attachment_delete';
      cloud.disks[diskOf(self.server, self.volume)] = device;
      cloud.bdms[freeId(cloud.bdms, `bdm-${operationOf(self.pid)}`)] = {
        instance: self.server,
        volume: self.volume,
        attachment_id: self.attachment,
        connection_info: self.connection,
        delete_on_termination: false,
      };
      return 'unlock';
    },
  }),
  ...compute.rest('attachment_delete', {
    to: (_cloud, self) => attachmentDelete.start(self.attachment, 'service'),
    otherwise: 'unlock',
  }),
};

const leaveLock = stepFragment<Attaching>()({
  unlock(cloud, self) {
    self.connection = null;
    self.attachment = '';
    release(cloud, guardLock(self.host), self.pid);
    return 'done';
  },
});

/**
 * Proof of concept v1 in nova-compute: creates the attachment with the connector, connects, gives
 * the disk to the guest. Simplified: this writes the BDM with the disk, since no source says when
 * it was written. Source: the seed mail of 2016 (docs/openstack.md 4.1).
 */
export const attachOnComputeV1 = model.flow({
  name: 'n-cpu.poc_v1_attach',
  vars: attaching,
  steps: {
    ...enterLock,
    ...compute.rest('create_attachment', {
      to: (_cloud, self) => createAttachmentV1.start(self.volume, self.server, self.host),
      ok: (_cloud, self, reply) => {
        self.attachment = reply.attachment ?? '';
        self.connection = reply.connection_info ?? null;
      },
      otherwise: 'unreserve',
    }),
    ...connectAndGiveToGuest,
    ...compute.rest('unreserve', {
      to: (_cloud, self) => unreserve.start(self.volume),
      otherwise: 'unlock',
    }),
    ...leaveLock,
  },
});

/**
 * Proof of concept v2 in nova-compute: gives the attachment its connector, connects, gives the disk
 * to the guest.
 * Source: the seed mail of 2016; cinder-specs:specs/ocata/add-new-attach-apis.rst
 * (docs/openstack.md 4.2).
 */
export const attachOnComputeV2 = model.flow({
  name: 'n-cpu.poc_v2_attach',
  vars: attaching,
  steps: {
    ...enterLock,
    ...compute.rest('update_attachment', {
      to: (_cloud, self) => updateAttachmentV2.start(self.attachment, self.host),
      ok: (_cloud, self, reply) => {
        self.connection = reply.connection_info ?? null;
      },
      otherwise: 'attachment_delete',
    }),
    ...connectAndGiveToGuest,
    ...leaveLock,
  },
});

interface Asking extends Caller {
  readonly server: string;
  readonly volume: string;
  readonly host: string;
  attachment: string;
}

const { rest } = calls<Asking>();

const asking = (server: string, volume: string, host: string): Asking => ({
  server,
  volume,
  host,
  attachment: '',
  ...calling(),
});

/**
 * Proof of concept v1 in nova-api: reserves the volume, hands over. Source: the seed mail of 2016.
 */
export const attachVolumeV1 = model.flow({
  name: 'n-api.poc_v1_attach',
  vars: asking,
  steps: {
    ...rest('reserve', { to: (_cloud, self) => reserve.start(self.volume), otherwise: 'done' }),
    cast_attach_volume(_cloud, self, _pick, processes) {
      const { server, volume, host } = self;
      send(processes, self.pid, attachOnComputeV1.start(server, volume, host, ''));
      return 'done';
    },
  },
});

/**
 * Proof of concept v2 in nova-api: creates the attachment, which reserves the volume, and hands
 * over. Source: the seed mail.
 */
export const attachVolumeV2 = model.flow({
  name: 'n-api.poc_v2_attach',
  vars: asking,
  steps: {
    ...rest('attachment_create', {
      to: (_cloud, self) => attachmentCreate.start(self.volume, self.server, null),
      ok: (_cloud, self, reply) => {
        self.attachment = reply.attachment ?? '';
      },
      otherwise: 'done',
    }),
    cast_attach_volume(_cloud, self, _pick, processes) {
      const { server, volume, host, attachment } = self;
      send(processes, self.pid, attachOnComputeV2.start(server, volume, host, attachment));
      return 'done';
    },
  },
});
