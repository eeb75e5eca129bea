import { type Caller, calling, calls, send } from '../calls/calls.ts';
import { stepFragment } from '../calls/step-fragment.ts';
import { attachmentCreate } from '../cinder/attachment-create.ts';
import { reserve } from '../cinder/volume-actions.ts';
import { type Cloud, cloud as model } from '../world/cloud.ts';
import { minimumIsBefore, runsOlder } from '../world/versions.ts';
import { admits } from './admission.ts';
import { isAlreadyAttached } from './already-attached.ts';
import { reserveBlockDeviceName } from './attach-compute.ts';
import { attachMessage } from './attach-message.ts';
import { bdmOf } from './lookup.ts';

interface Preparing extends Caller {
  readonly server: string;
  readonly volume: string;
  host: string;
  bdm: string;
  attachment: string;
}

const { rest, rpc } = calls<Preparing>();

const preparing = (server: string, volume: string, host: string): Preparing => ({
  server,
  volume,
  host,
  bdm: '',
  attachment: '',
  ...calling(),
});

/**
 * The part that moved from nova-api to nova-conductor in nova 33: reserve the device name, create
 * the attachment, hand over to nova-compute.
 * Simplified: delete_on_termination is saved with the BDM, and the instance action is recorded in
 * the step of the cast.
 * Source: nova:nova/compute/api.py@_attach_volume; nova:nova/conductor/manager.py@attach_volume
 * (docs/openstack.md 5.4, A4 to A10).
 */
const prepareAttach = {
  ...rpc<'reserve_block_device_name', 'reserve' | 'look_up_bdm' | 'done'>(
    'reserve_block_device_name',
    {
      to: (_cloud: Cloud, self: Preparing) =>
        reserveBlockDeviceName.start(self.server, self.volume, self.host),
      ok: (cloud, self, reply) => {
        self.bdm = reply.bdm ?? '';
        // A nova-compute below service version 24 does not know attachments. Read once, like the
        // rest of the request.
        const asks = cloud.switches.attach_fallback === 'minimum_version';
        if (asks && minimumIsBefore(cloud, 'queens')) return 'reserve';
      },
      otherwise: (cloud, _self, outcome) => {
        const late = outcome === 'messaging_timeout' || outcome === 'connection_reset';
        return late && cloud.switches.bdm_on_timeout === 'destroyed' ? 'look_up_bdm' : 'done';
      },
    },
  ),
  ...rest('attachment_create', {
    to: (_cloud, self) => attachmentCreate.start(self.volume, self.server, null),
    ok: (_cloud, self, reply) => {
      self.attachment = reply.attachment ?? '';
    },
    otherwise: 'destroy_bdm',
  }),
  ...stepFragment<Preparing, 'done'>()({
    save_attachment_id(cloud, self) {
      const bdm = cloud.bdms[self.bdm];
      // The exception destroys the BDM and leaves the attachment (D4).
      if (bdm === undefined) return 'destroy_bdm';
      bdm.attachment_id = self.attachment;
    },
    cast_attach_volume(cloud, self, _pick, processes) {
      const { server, volume, host, bdm, attachment } = self;
      send(processes, self.pid, attachMessage(cloud, server, volume, host, bdm, attachment));
      return 'done';
    },
    // The call timed out: nova-compute may have inserted the BDM all the same, or may still do so
    // (D16).
    look_up_bdm(cloud, self) {
      const found = bdmOf(cloud.bdms, self.server, self.volume);
      if (found === undefined) return 'done';
      self.bdm = found[0];
    },
    destroy_bdm(cloud, self) {
      delete cloud.bdms[self.bdm];
      return 'done';
    },
  }),
  // An old nova-compute is left: the attach is old-style, and so is the BDM, by which every later
  // step goes.
  ...rest<'reserve', 'cast_attach_volume' | 'destroy_bdm'>('reserve', {
    to: (_cloud, self) => reserve.start(self.volume),
    ok: () => 'cast_attach_volume',
    otherwise: 'destroy_bdm',
  }),
};

/** nova-conductor prepares an attach, from nova 33 on. */
export const attachVolumeOnConductor = model.flow({
  name: 'n-cond.attach_volume',
  vars: preparing,
  steps: prepareAttach,
});

/**
 * A user attaches a volume to a running server.
 * Source: nova:nova/compute/api.py@attach_volume (docs/openstack.md 5.4, A1 to A3).
 */
export const attachVolume = model.flow({
  name: 'n-api.attach_volume',
  vars: (server: string, volume: string) => preparing(server, volume, ''),
  steps: {
    // vm_state must allow it and task_state must be empty; nova-api writes nothing.
    check_instance_state(cloud, self) {
      const instance = cloud.instances[self.server];
      if (instance === undefined || instance.host === null) return 'done';
      if (!admits(cloud, 'attach', instance)) return 'done';
      self.host = instance.host;
    },
    check_volume_already_attached(cloud, self) {
      if (isAlreadyAttached(cloud, self.server, self.volume)) return 'done';
    },
    hand_over(cloud, self, _pick, processes) {
      if (cloud.switches.attach_in === 'n-api') return;
      // 503: the nova-conductor does not know the message yet (RPC 1.26).
      if (runsOlder(cloud, 'n-cond', '2026.1')) return 'done';
      const { server, volume, host } = self;
      send(processes, self.pid, attachVolumeOnConductor.start(server, volume, host));
      return 'done';
    },
    ...prepareAttach,
  },
});
