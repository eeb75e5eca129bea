import { calls } from '../calls/calls.ts';
import { stepFragment } from '../calls/step-fragment.ts';
import { attachmentComplete } from '../cinder/attachment-complete.ts';
import { wasStopped } from './lookup.ts';
import { attachmentOf, getBdms, type Moving, nextBdm, updateAttachment } from './moving.ts';
import { startGuest } from './start-guest.ts';

const { rest } = calls<Moving>();

/**
 * The end of a resize, on the host that gets the server: every attachment gets the connector of
 * this host; then the driver connects and starts the guest; then Cinder is told of each volume that
 * it is attached. An error leaves everything as it is by then, the guest included.
 * Simplified: connection_info is fetched in the step of the update, not for all volumes behind it.
 * Source: nova:nova/compute/manager.py@_finish_resize, @_finish_revert_resize,
 * @_update_volume_attachments, @_complete_volume_attachments (docs/openstack.md 8.1).
 */
export const attachAgain = <L extends string>(exits: {
  readonly attached: L;
  readonly failed: L;
  /** The label at which it goes on when the guest runs; the flow comes back at `next_complete`. */
  readonly started?: L;
}) => ({
  ...getBdms,
  ...stepFragment<Moving, L | 'next_connect'>()({
    next_update(cloud, self) {
      const bdm = nextBdm(cloud, self);
      if (self.next >= self.bdms.length) {
        self.next = 0;
        return 'next_connect';
      }
      if (bdm === undefined) return exits.failed;
    },
  }),
  ...updateAttachment(exits.failed),
  ...stepFragment<Moving, L | 'next_update'>()({
    save_connection_info(cloud, self) {
      const bdm = cloud.bdms[self.bdms[self.next] ?? ''];
      if (bdm === undefined) return exits.failed;
      bdm.connection_info = self.connection;
      self.connection = null;
      self.next += 1;
      return 'next_update';
    },
  }),
  ...startGuest<L | 'next_complete'>({
    started: exits.started ?? 'next_complete',
    failed: exits.failed,
    unflushed: exits.failed,
    staysOff: (cloud, self) => wasStopped(cloud.instances[self.server]),
  }),
  ...stepFragment<Moving, L | 'attachment_complete'>()({
    next_complete(cloud, self) {
      nextBdm(cloud, self);
      return self.next >= self.bdms.length ? exits.attached : 'attachment_complete';
    },
  }),
  ...rest<'attachment_complete', L | 'next_complete'>('attachment_complete', {
    to: (cloud, self) => attachmentComplete.start(attachmentOf(cloud, self)),
    ok: (_cloud, self) => {
      self.next += 1;
      return 'next_complete';
    },
    otherwise: exits.failed,
  }),
});
