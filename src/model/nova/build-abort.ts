import { type Caller, calls } from '../calls/calls.ts';
import { stepFragment } from '../calls/step-fragment.ts';
import { attachmentDelete } from '../cinder/attachment-delete.ts';
import { volumeGet } from '../cinder/volume-actions.ts';
import { volumeDelete } from '../cinder/volume-delete.ts';
import { guardLock, release } from '../world/locks.ts';
import { detachIgnoresNotFound } from './not-found.ts';

/** The variables of a process that abandons the volume of a build. */
interface GivingUp extends Caller {
  readonly server: string;
  readonly volume: string;
  readonly host: string;
  readonly bdm: string;
}

const { rest } = calls<GivingUp>();

/**
 * nova-compute abandons a build whose volume it could not prepare. It takes the claim back first,
 * so the server is on no host and no host is disconnected. Since nova 18 it deletes the attachment.
 * It deletes the BDM only if it deletes the volume with the server; otherwise the BDM names an
 * attachment that is gone. Then it deletes a volume that goes with the server, even if the earlier
 * steps failed. Begins at `build_aborted`, goes on at `over`. It only logs every error. Source:
 * nova:nova/compute/manager.py@_do_build_and_run_instance, @_cleanup_volumes (docs/openstack.md
 * 5.6, point 3); bug 1633249.
 */
export const giveUpVolumes = <L extends string>(exits: { readonly over: L }) => ({
  ...stepFragment<GivingUp, L>()({
    build_aborted(cloud, self) {
      release(cloud, guardLock(self.host), self.pid);
      const instance = cloud.instances[self.server];
      if (instance !== undefined) instance.host = null;
      const isKept = cloud.switches.build_abort === 'kept';
      if (isKept || cloud.bdms[self.bdm]?.volume !== self.volume) return exits.over;
    },
  }),
  ...rest('get_volume', {
    to: (_cloud, self) => volumeGet.start(self.volume),
    otherwise: 'delete_on_termination',
  }),
  ...rest('detach_attachment_delete', {
    to: (cloud, self) =>
      attachmentDelete.start(cloud.bdms[self.bdm]?.attachment_id ?? '', 'service'),
    accepts: detachIgnoresNotFound,
    otherwise: 'delete_on_termination',
    repeated: 'delete_repeated',
  }),
  ...stepFragment<GivingUp, L | 'volume_delete'>()({
    destroy_bdm(cloud, self) {
      if (cloud.bdms[self.bdm]?.delete_on_termination !== true) return exits.over;
      delete cloud.bdms[self.bdm];
      return 'volume_delete';
    },
    delete_on_termination(cloud, self) {
      if (cloud.bdms[self.bdm]?.delete_on_termination !== true) return exits.over;
    },
  }),
  ...rest('volume_delete', {
    to: (_cloud, self) => volumeDelete.start(self.volume),
    ok: () => exits.over,
    otherwise: exits.over,
  }),
});
