import { type Caller, calls } from '../calls/calls.ts';
import { stepFragment } from '../calls/step-fragment.ts';
import { attachmentDelete } from '../cinder/attachment-delete.ts';
import { attachmentGet, attachmentList } from '../cinder/attachment-get.ts';
import type { Cloud } from '../world/cloud.ts';
import type { PassedBdm } from './passed-bdms.ts';

/** The variables of a clean-up of dangling records. */
export interface Cleaning extends Caller {
  readonly server: string;
  /** The BDMs of the server as they were read when the clean-up began. */
  bdms: readonly PassedBdm[];
  next: number;
  /** The attachments that Cinder has and these BDMs are not yet known to refer to. */
  attachments: readonly string[];
}

const { rest } = calls<Cleaning>();

/**
 * Nova and Cinder forget the records that the other side does not know: Nova destroys BDMs whose
 * attachment Cinder does not have, then deletes attachments of the server to which no BDM refers.
 * It asks Cinder for all of them first: if Cinder answers with an error Nova skips the clean-up,
 * and goes on at `cleaned`. Any later error except 404 goes on at `aborted`, and the BDMs destroyed
 * so far stay so. Source: nova:nova/compute/manager.py@_delete_dangling_bdms (docs/openstack.md
 * 8.14); bugs 2019078, 2033752, 2048154, 2048184.
 */
export const deleteDanglingBdms = <L extends string>(exits: {
  readonly cleaned: L;
  readonly aborted: L;
}) => ({
  ...stepFragment<Cleaning, L>()({
    delete_dangling_bdms(cloud) {
      if (cloud.switches.reboot_cleans === 'no') return exits.cleaned;
    },
  }),
  ...rest<'attachment_get_all', L>('attachment_get_all', {
    to: (_cloud, self) => attachmentList.start(self.server),
    ok: (_cloud, self, reply) => {
      self.attachments = Object.keys(reply.attachments ?? {}).sort();
    },
    // Nova handles only Cinder's errors.
    otherwise: (_cloud, _self, outcome) =>
      outcome === 'connection_reset' ? exits.aborted : exits.cleaned,
  }),
  ...stepFragment<Cleaning, 'attachment_get' | 'next_dangling'>()({
    next_bdm(cloud, self) {
      const bdm = self.bdms[self.next];
      if (bdm === undefined) {
        self.next = 0;
        return 'next_dangling';
      }
      if (isLookedFor(cloud, bdm)) return 'attachment_get';
      self.next += 1;
      return 'next_bdm';
    },
  }),
  ...rest<'attachment_get', L | 'next_bdm'>('attachment_get', {
    to: (_cloud, self) => attachmentGet.start(self.bdms[self.next]?.attachment_id ?? ''),
    ok: (_cloud, self) => {
      const id = self.bdms[self.next]?.attachment_id;
      self.attachments = self.attachments.filter((other) => other !== id);
      self.next += 1;
      return 'next_bdm';
    },
    otherwise: (cloud, self, outcome) => {
      if (outcome !== 'not_found') return exits.aborted;
      const id = self.bdms[self.next]?.id ?? '';
      delete cloud.bdms[id];
      self.bdms = self.bdms.filter((bdm) => bdm.id !== id);
      return 'next_bdm';
    },
  }),
  ...stepFragment<Cleaning, 'dangling_attachment_delete' | L>()({
    next_dangling(_cloud, self) {
      if (self.attachments[self.next] !== undefined) return 'dangling_attachment_delete';
      self.attachments = [];
      self.next = 0;
      return exits.cleaned;
    },
  }),
  ...rest<'dangling_attachment_delete', L | 'next_dangling'>('dangling_attachment_delete', {
    to: (_cloud, self) => attachmentDelete.start(self.attachments[self.next] ?? '', 'service'),
    accepts: (_cloud, outcome) => outcome === 'not_found',
    ok: (_cloud, self) => {
      self.next += 1;
      return 'next_dangling';
    },
    otherwise: exits.aborted,
    repeated: 'delete_repeated',
  }),
});

/**
 * Whether the clean-up asks Cinder for the attachment of a BDM. In nova 28 it did not ask for
 * volumes that Nova made of an image, and then took their attachments for dangling.
 */
function isLookedFor({ switches }: Cloud, bdm: PassedBdm): boolean {
  if (bdm.volume === '') return false;
  return switches.dangling_looks_at === 'attachment_id'
    ? bdm.attachment_id !== null
    : bdm.source !== 'image';
}
