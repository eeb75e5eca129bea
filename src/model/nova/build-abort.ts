import { type Caller, calls } from '../calls/calls.ts';
import { stepFragment } from '../calls/step-fragment.ts';
import { attachmentDelete } from '../cinder/attachment-delete.ts';
import { volumeGet } from '../cinder/volume-actions.ts';
import { volumeDelete } from '../cinder/volume-delete.ts';
import { guardLock, release } from '../world/locks.ts';
import { detachIgnoresNotFound } from './not-found.ts';

/** What a process must know to give up the volume of a build. */
interface GivingUp extends Caller {
  readonly server: string;
  readonly volume: string;
  readonly host: string;
  readonly bdm: string;
}

const { rest } = calls<GivingUp>();

/**
 * nova-compute gives a build up whose volume it could not prepare. The claim is taken back first,
 * so that the server is on no host and no host is disconnected. Since nova 18 the attachment is
 * deleted; the BDM goes only if the volume goes with the server, and names an attachment that is
 * gone otherwise. Then the volume is deleted if it goes with the server, whatever came of the
 * former. Begins at `build_aborted`, goes on at `over`. Every error is logged only.
 * Source: nova:nova/compute/manager.py@_do_build_and_run_instance, @_cleanup_volumes
 * (docs/openstack.md 5.6, point 3); bug 1633249.
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
