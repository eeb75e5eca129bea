import { calls } from '../calls/calls.ts';
import { stepFragment } from '../calls/step-fragment.ts';
import { attachmentComplete } from '../cinder/attachment-complete.ts';
import { attachmentDelete } from '../cinder/attachment-delete.ts';
import { guardLock, release } from '../world/locks.ts';
import { guardConnection } from './guard-connection.ts';
import { attachmentOf, getBdms, type Moving, nextBdm, updateAttachment } from './moving.ts';
import { startGuest } from './start-guest.ts';

const { rest } = calls<Moving>();

/**
 * The volumes of a server that is unshelved or evacuated are attached as at boot: each attachment
 * gets the connector of this host and is completed, under L3 where the backend asks for it; when
 * all are, the driver connects them and starts the guest. A complete that fails deletes the
 * attachment; those of the other volumes stay as they are.
 * Source: nova:nova/compute/manager.py@_prep_block_device;
 * nova:nova/virt/block_device.py@DriverVolumeBlockDevice.attach (docs/openstack.md 1.6, L3; 8.3,
 * 8.5).
 */
export const attachAsAtBoot = <L extends string>(exits: {
  readonly attached: L;
  readonly failed: L;
  readonly unstarted: L;
  /**
   * The label at which it goes on when all are complete; the flow comes back at `next_connect`.
   * Straight to that when left out.
   */
  readonly completed?: L;
}) => ({
  ...getBdms,
  ...stepFragment<Moving, L | 'next_connect'>()({
    next_update(cloud, self) {
      const bdm = nextBdm(cloud, self);
      if (self.next >= self.bdms.length) {
        self.next = 0;
        return exits.completed ?? 'next_connect';
      }
      if (bdm === undefined) return exits.failed;
    },
    guard_connection: guardConnection('attach'),
  }),
  ...updateAttachment('attach_failed'),
  ...stepFragment<Moving, 'attach_failed'>()({
    save_connection_info(cloud, self) {
      const bdm = cloud.bdms[self.bdms[self.next] ?? ''];
      if (bdm === undefined) return 'attach_failed';
      bdm.connection_info = self.connection;
      self.connection = null;
    },
  }),
  ...rest('attachment_complete', {
    to: (cloud, self) => attachmentComplete.start(attachmentOf(cloud, self)),
    ok: () => 'leave_guard',
    otherwise: 'incomplete_attachment_delete',
  }),
  ...rest('incomplete_attachment_delete', {
    to: (cloud, self) => attachmentDelete.start(attachmentOf(cloud, self), 'service'),
    ok: () => 'attach_failed',
    otherwise: 'attach_failed',
    repeated: 'delete_repeated',
  }),
  ...stepFragment<Moving, L | 'next_update'>()({
    leave_guard(cloud, self) {
      release(cloud, guardLock(self.host), self.pid);
      self.next += 1;
      return 'next_update';
    },
    attach_failed(cloud, self) {
      release(cloud, guardLock(self.host), self.pid);
      return exits.failed;
    },
  }),
  ...startGuest<L>({
    started: exits.attached,
    failed: exits.unstarted,
    unflushed: 'next_disconnect',
  }),
});
