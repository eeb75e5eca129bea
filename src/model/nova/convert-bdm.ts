import { type Caller, calling, calls, type Me } from '../calls.ts';
import { attachmentComplete } from '../cinder/attachment-complete.ts';
import { attachmentCreate } from '../cinder/attachment-create.ts';
import { attachmentDelete } from '../cinder/attachment-delete.ts';
import { attachmentUpdate } from '../cinder/attachment-update.ts';
import { beginDetaching, rollDetaching, volumeGet } from '../cinder/volume-actions.ts';
import { type Cloud, cloud as model } from '../cloud.ts';
import { free, instanceLock, release, take } from '../locks.ts';
import { isUp } from '../services.ts';
import { bdmOf } from './lookup.ts';

/**
 * In which order a conversion does its steps. `adopt`: the row that os-attach made becomes the attachment.
 * `create`: a second row with a connector takes its place. `reserve`: a second row that gets its connector by an update.
 * `save`: the BDM names the attachment. `remove`: the first row is deleted. The attachment is completed last.
 */
export const conversionOrders = [
  'adopt-save-update',
  'adopt-update-save',
  'reserve-save-update-remove',
  'create-save-remove',
  'create-remove-save',
] as const;

type ConversionOrder = (typeof conversionOrders)[number];

/** What keeps others away from a server or volume that is converted; each may be used or not. */
interface ConversionGuards {
  /** The BDM is saved only if it still has no attachment: a compare-and-swap. */
  readonly recheck?: boolean;
  /** os-begin_detaching on the volume, as a mutex. */
  readonly volume?: boolean;
  /**
   * The task state of the server is taken, and the BDM is saved, with the recheck, in one transaction that fails when
   * the task state is another one by then.
   */
  readonly task?: boolean;
  /** The instance lock of nova-compute. */
  readonly lock?: boolean;
}

interface Converting extends Caller {
  readonly server: string;
  readonly volume: string;
  readonly host: string;
  readonly order: ConversionOrder;
  readonly guards: ConversionGuards;
  bdm: string;
  /** It set the task state of the server. */
  hasTask: boolean;
  /** The row of os-attach. */
  old: string;
  /** The row that becomes the attachment: that one, or a new one. */
  attachment: string;
  /** How it ended: what the command says, or what is logged. */
  answer: '' | 'converted' | 'nothing to convert' | 'refused' | 'failed';
}

const { rest } = calls<Converting>();

/** Where each order goes on after the steps that have more than one successor. */
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
    // The connector cannot be taken back while the guest uses the volume.
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
 * A flow that turns an old-style attachment into one of the attachments API. Nothing happens on the host: the guest keeps
 * its disk, and Cinder answers the same connector with the same LUN. There is no such flow in OpenStack: the mail of 2016 asks
 * for it, both specs left it for later (DOMAIN.md 10). A BDM that has an attachment, or is gone, leaves nothing to convert.
 */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: one table of steps, which two flows have under different names
function conversion(name: 'nova-manage.convert_bdm' | 'n-cpu.convert_bdm') {
  return model.flow({
    name,
    vars: (
      server: string,
      volume: string,
      host: string,
      order: ConversionOrder,
      guards: ConversionGuards,
    ): Converting => ({
      server,
      volume,
      host,
      order,
      guards,
      bdm: '',
      hasTask: false,
      old: '',
      attachment: '',
      answer: '',
      ...calling(),
    }),
    steps: {
      lock_instance: {
        when: (cloud, self) => {
          if (self.guards.lock !== true) return true;
          return isUp(cloud, self.host) && free(cloud, instanceLock(self.host, self.server));
        },
        do: (cloud, self) => {
          if (self.guards.lock === true)
            take(cloud, instanceLock(self.host, self.server), self.pid);
        },
      },
      find_bdm(cloud, self) {
        if (oldBdm(cloud, self) !== undefined) return;
        self.answer = 'nothing to convert';
        return 'end';
      },
      // As instance.save(expected_task_state=[None]).
      set_task_state(cloud, self) {
        if (self.guards.task !== true) return;
        const instance = cloud.instances[self.server];
        if (instance?.task_state !== null) {
          self.answer = 'refused';
          return 'end';
        }
        instance.task_state = 'converting';
        self.hasTask = true;
      },
      guard_volume(_cloud, self) {
        if (self.guards.volume !== true) return 'get_bdm';
      },
      ...rest('begin_detaching', {
        to: (_cloud, self) => beginDetaching.start(self.volume),
        otherwise: (_cloud, self) => {
          self.answer = 'refused';
          return 'end';
        },
      }),
      // Once more, now that the guards are taken.
      get_bdm(cloud, self) {
        self.bdm = oldBdm(cloud, self) ?? '';
        if (self.bdm === '') return 'give_up';
      },
      ...rest('volume_get', {
        to: (_cloud, self) => volumeGet.start(self.volume),
        ok: (_cloud, self, reply) => {
          self.old = reply.servers?.[self.server] ?? '';
          if (self.old === '') return 'give_up';
          if (self.order.startsWith('adopt')) self.attachment = self.old;
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
        repeated: true,
      }),
      save_bdm(cloud, self) {
        if (!maySave(cloud, self)) return after[self.order].notSaved;
        const bdm = cloud.bdms[self.bdm];
        if (bdm !== undefined) bdm.attachment_id = self.attachment;
        return after[self.order].saved;
      },
      // The driver is not asked, because this row has no connector: the volume stays mapped.
      ...rest('remove_old', {
        to: (_cloud, self) => attachmentDelete.start(self.old, 'service'),
        ok: (_cloud, self) => after[self.order].removed,
        otherwise: (_cloud, self) => after[self.order].removed,
        repeated: true,
      }),
      ...rest('attachment_complete', {
        to: (_cloud, self) => attachmentComplete.start(self.attachment),
        ok: (_cloud, self) => {
          self.answer = 'converted';
          return 'end';
        },
        otherwise: 'give_up',
      }),
      // The attachment that the BDM names has no connector, so it is not named any longer.
      undo_save(cloud, self) {
        const bdm = cloud.bdms[self.bdm];
        const isNamed = bdm?.attachment_id === self.attachment;
        if (bdm !== undefined && isNamed) bdm.attachment_id = null;
        if (self.order.startsWith('adopt')) return 'give_up';
      },
      ...rest('delete_new', {
        to: (_cloud, self) => attachmentDelete.start(self.attachment, 'service'),
        ok: () => 'give_up',
        otherwise: 'give_up',
        repeated: true,
      }),
      ...rest('complete_unsaved', {
        to: (_cloud, self) => attachmentComplete.start(self.attachment),
        otherwise: 'give_up',
      }),
      give_up(_cloud, self) {
        self.answer = 'failed';
        if (self.guards.volume !== true) return 'end';
      },
      ...rest('roll_detaching', {
        to: (_cloud, self) => rollDetaching.start(self.volume),
        otherwise: 'end',
      }),
      end(cloud, self) {
        const instance = cloud.instances[self.server];
        // A delete has put `deleting` in its place.
        if (self.hasTask && instance?.task_state === 'converting') instance.task_state = null;
        self.hasTask = false;
        self.bdm = '';
        self.old = '';
        self.attachment = '';
        release(cloud, instanceLock(self.host, self.server), self.pid);
        return 'done';
      },
    },
  });
}

/**
 * Offline: an operator runs a command beside the services. It knows the connector from the BDM, where Nova keeps it, and
 * holds no lock of nova-compute.
 */
export const convertOffline = conversion('nova-manage.convert_bdm');

/** Online: nova-compute of the host converts, because an operation met an old-style BDM. */
export const convertOnline = conversion('n-cpu.convert_bdm');

/** The id of the BDM when it is connected and still old-style. */
function oldBdm(cloud: Cloud, self: Me<Converting>): string | undefined {
  const [id, bdm] = bdmOf(cloud.bdms, self.server, self.volume) ?? [];
  const isOld = bdm?.attachment_id === null && bdm.connection_info !== null;
  return isOld ? id : undefined;
}

/** Whether the statement that saves the BDM finds its row; a row that is gone is never found. */
function maySave(cloud: Cloud, self: Me<Converting>): boolean {
  const bdm = cloud.bdms[self.bdm];
  if (bdm === undefined) return false;
  const { recheck, task } = self.guards;
  if ((recheck === true || task === true) && bdm.attachment_id !== null) return false;
  return task !== true || cloud.instances[self.server]?.task_state === 'converting';
}
