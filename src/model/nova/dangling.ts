import { type Caller, calls } from '../calls/calls.ts';
import { stepFragment } from '../calls/step-fragment.ts';
import { attachmentDelete } from '../cinder/attachment-delete.ts';
import { attachmentGet, attachmentList } from '../cinder/attachment-get.ts';

/** What a clean-up of dangling records works with. */
export interface Cleaning extends Caller {
  readonly server: string;
  /** The BDMs of the server as they were read when the clean-up began. */
  bdms: readonly string[];
  next: number;
  /** The attachments that these BDMs refer to; then what Cinder has and they do not refer to. */
  attachments: readonly string[];
}

const { rest } = calls<Cleaning>();

/**
 * Nova and Cinder forget what the other side does not know: BDMs whose attachment Cinder does not
 * have are destroyed, then attachments of the server to which no BDM refers are deleted. A BDM
 * without attachment_id is neither counted nor destroyed. Goes on at `cleaned`, also when Cinder
 * does not answer.
 * Source: nova:nova/compute/manager.py@_delete_dangling_bdms (docs/openstack.md 8.14); bug 2019078.
 */
export const deleteDanglingBdms = <L extends string>(exits: { readonly cleaned: L }) => ({
  ...stepFragment<Cleaning, 'attachment_get' | 'attachment_get_all' | L>()({
    delete_dangling_bdms(cloud) {
      if (cloud.switches.reboot_cleans === 'no') return exits.cleaned;
    },
    next_bdm(cloud, self) {
      const id = self.bdms[self.next];
      if (id === undefined) return 'attachment_get_all';
      if ((cloud.bdms[id]?.attachment_id ?? null) !== null) return 'attachment_get';
      self.next += 1;
      return 'next_bdm';
    },
  }),
  ...rest('attachment_get', {
    to: (cloud, self) =>
      attachmentGet.start(cloud.bdms[self.bdms[self.next] ?? '']?.attachment_id ?? ''),
    ok: (cloud, self) => {
      const attachment = cloud.bdms[self.bdms[self.next] ?? '']?.attachment_id ?? '';
      self.attachments = [...self.attachments, attachment];
      self.next += 1;
      return 'next_bdm';
    },
    otherwise: (cloud, self, outcome) => {
      const id = self.bdms[self.next] ?? '';
      if (outcome !== 'not_found') self.next += 1;
      else {
        delete cloud.bdms[id];
        self.bdms = self.bdms.filter((other) => other !== id);
      }
      return 'next_bdm';
    },
  }),
  ...rest('attachment_get_all', {
    to: (_cloud, self) => attachmentList.start(self.server),
    ok: (_cloud, self, reply) => {
      const known = self.attachments;
      self.attachments = Object.keys(reply.attachments ?? {}).filter((id) => !known.includes(id));
      self.next = 0;
    },
    otherwise: 'end_of_dangling',
  }),
  ...stepFragment<Cleaning, 'dangling_attachment_delete' | 'end_of_dangling'>()({
    next_dangling(_cloud, self) {
      return self.attachments[self.next] === undefined
        ? 'end_of_dangling'
        : 'dangling_attachment_delete';
    },
  }),
  ...rest('dangling_attachment_delete', {
    to: (_cloud, self) => attachmentDelete.start(self.attachments[self.next] ?? '', 'service'),
    ok: (_cloud, self) => {
      self.next += 1;
      return 'next_dangling';
    },
    otherwise: (_cloud, self) => {
      self.next += 1;
      return 'next_dangling';
    },
    repeated: 'delete_repeated',
  }),
  ...stepFragment<Cleaning, L>()({
    end_of_dangling(_cloud, self) {
      self.attachments = [];
      self.next = 0;
      return exits.cleaned;
    },
  }),
});
