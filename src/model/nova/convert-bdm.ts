import { calls, type Me } from '../calls/calls.ts';
import { stepFragment } from '../calls/step-fragment.ts';
import { attachmentComplete } from '../cinder/attachment-complete.ts';
import { attachmentCreate } from '../cinder/attachment-create.ts';
import { attachmentDelete } from '../cinder/attachment-delete.ts';
import { attachmentGet } from '../cinder/attachment-get.ts';
import { attachmentUpdate } from '../cinder/attachment-update.ts';
import { volumeGet } from '../cinder/volume-actions.ts';
import { cloud as model } from '../world/cloud.ts';
import {
  type ConversionRules,
  type Guarded,
  giveGuardsBack,
  guarded,
  lockInstance,
  maySave,
  takeGuards,
} from './conversion-guards.ts';

/**
 * The orders in which a conversion may do its steps. `adopt`: the row that os-attach made becomes
 * the attachment. `create`: a second row with a connector takes its place. `reserve`: a second row
 * that gets its connector by an update. `save`: the BDM names the attachment. `remove`: the
 * conversion deletes the first row. It completes the attachment last.
 */
export const conversionOrders = [
  'adopt-save-update',
  'adopt-update-save',
  'reserve-save-update-remove',
  'create-save-remove',
  'create-remove-save',
] as const;

export type ConversionOrder = (typeof conversionOrders)[number];

interface Converting extends Guarded {
  readonly order: ConversionOrder;
}

const { rest } = calls<Converting>();

/** The label at which each order goes on after the steps that have more than one successor. */
const after = {
  'adopt-save-update': {
    found: 'save_bdm',
    created: 'save_bdm',
    saved: 'attachment_update',
    updated: 'attachment_complete',
    removed: 'attachment_complete',
    notSaved: 'give_up',
  },
  'adopt-update-save': {
    found: 'attachment_update',
    created: 'save_bdm',
    saved: 'attachment_complete',
    updated: 'save_bdm',
    removed: 'attachment_complete',
    // The conversion cannot take the connector back while the guest uses the volume.
    notSaved: 'complete_unsaved',
  },
  'reserve-save-update-remove': {
    found: 'attachment_create',
    created: 'save_bdm',
    saved: 'attachment_update',
    updated: 'remove_old',
    removed: 'attachment_complete',
    notSaved: 'delete_new',
  },
  'create-save-remove': {
    found: 'attachment_create',
    created: 'save_bdm',
    saved: 'remove_old',
    updated: 'remove_old',
    removed: 'attachment_complete',
    notSaved: 'delete_new',
  },
  'create-remove-save': {
    found: 'attachment_create',
    created: 'remove_old',
    saved: 'attachment_complete',
    updated: 'save_bdm',
    removed: 'save_bdm',
    notSaved: 'delete_new',
  },
} as const satisfies Record<ConversionOrder, Record<string, string>>;

/**
 * The conversion, in the chosen order. Nothing happens on the host: the guest keeps its disk, and
 * Cinder answers the same connector with the same LUN.
 */
const convert = {
  // The BDM names an attachment: is it complete?
  ...rest<'attachment_get', 'attachment_update' | 'give_up'>('attachment_get', {
    to: (_cloud, self) => attachmentGet.start(self.attachment),
    ok: (_cloud, _self, reply) => {
      if (reply.connection_info === undefined) return 'attachment_update';
    },
    otherwise: 'give_up',
  }),
  // Cinder shows only attached rows.
  ...rest('volume_get', {
    to: (_cloud, self) => volumeGet.start(self.volume),
    ok: (_cloud, self, reply) => {
      const shown = reply.servers?.[self.server] ?? '';
      if (self.attachment !== '') return finished(self, shown);
      if (shown === '') return 'give_up';
      self.old = shown;
      if (self.order.startsWith('adopt')) self.attachment = shown;
      return after[self.order].found;
    },
    otherwise: 'give_up',
  }),
  ...rest('attachment_create', {
    to: (_cloud, self) => {
      const connector = self.order.startsWith('create') ? self.host : null;
      return attachmentCreate.start(self.volume, self.server, connector);
    },
    ok: (_cloud, self, reply) => {
      self.attachment = reply.attachment ?? '';
      return after[self.order].created;
    },
    otherwise: 'give_up',
  }),
  ...rest('attachment_update', {
    to: (_cloud, self) => attachmentUpdate.start(self.attachment, self.host, 'controller'),
    ok: (_cloud, self) => after[self.order].updated,
    otherwise: 'undo_save',
    repeated: 'update_repeated',
  }),
  ...stepFragment<
    Converting,
    | 'attachment_update'
    | 'attachment_complete'
    | 'remove_old'
    | 'give_up'
    | 'complete_unsaved'
    | 'delete_new'
  >()({
    save_bdm(cloud, self) {
      if (!maySave(cloud, self)) return after[self.order].notSaved;
      const bdm = cloud.bdms[self.bdm];
      if (bdm !== undefined) bdm.attachment_id = self.attachment;
      return after[self.order].saved;
    },
  }),
  // Cinder does not ask the driver, because this row has no connector: the volume stays mapped.
  ...rest('remove_old', {
    to: (_cloud, self) => attachmentDelete.start(self.old, 'service'),
    ok: (_cloud, self) => after[self.order].removed,
    otherwise: (_cloud, self) => after[self.order].removed,
    repeated: 'delete_repeated',
  }),
  ...rest('attachment_complete', {
    to: (_cloud, self) => attachmentComplete.start(self.attachment),
    ok: (_cloud, self) => {
      self.answer = 'converted';
      return 'end';
    },
    otherwise: 'give_up',
  }),
  ...stepFragment<Converting, 'give_up' | 'complete_unsaved' | 'delete_new'>()({
    // The handler of a database error: the same as that of a save that finds no row.
    save_failed(_cloud, self) {
      return after[self.order].notSaved;
    },
    // The attachment that the BDM names has no connector, so the BDM no longer names it.
    undo_save(cloud, self) {
      const bdm = cloud.bdms[self.bdm];
      const isNamed = bdm?.attachment_id === self.attachment;
      if (bdm !== undefined && isNamed) bdm.attachment_id = null;
      if (self.order.startsWith('adopt')) return 'give_up';
    },
  }),
  ...rest('delete_new', {
    to: (_cloud, self) => attachmentDelete.start(self.attachment, 'service'),
    ok: () => 'give_up',
    otherwise: 'give_up',
    repeated: 'delete_repeated',
  }),
  ...rest('complete_unsaved', {
    to: (_cloud, self) => attachmentComplete.start(self.attachment),
    otherwise: 'give_up',
  }),
};

/**
 * A flow that turns an old-style attachment into one of the attachments API. There is no such flow
 * in OpenStack: the mail of 2016 asks for it, both specs left it for later (docs/openstack.md 10).
 * A BDM that has an attachment, or is gone, leaves nothing to convert.
 */
const conversion = (runsIn: 'nova-manage' | 'n-cpu') =>
  model.flow({
    name: `${runsIn}.convert_bdm`,
    vars: (
      server: string,
      volume: string,
      host: string,
      order: ConversionOrder,
      rules: ConversionRules,
    ): Converting => ({ ...guarded(server, volume, host, rules), order }),
    steps: { ...lockInstance(runsIn), ...takeGuards, ...convert, ...giveGuardsBack },
  });

/**
 * Offline: an operator runs a command beside the services. It knows the connector from the BDM,
 * where Nova keeps it, and holds no lock of nova-compute.
 */
export const convertOffline = conversion('nova-manage');

/** Online: nova-compute of the host converts, because an operation met an old-style BDM. */
export const convertOnline = conversion('n-cpu');

/**
 * The last step for an attachment that has its connector: none, when Cinder shows it as attached.
 */
function finished(self: Me<Converting>, shown: string): 'give_up' | 'attachment_complete' {
  if (shown !== self.attachment) return 'attachment_complete';
  self.answer = 'nothing to convert';
  return 'give_up';
}
