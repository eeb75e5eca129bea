import { type Caller, calling, calls, type Me } from '../calls.ts';
import { beginDetaching, rollDetaching } from '../cinder/volume-actions.ts';
import type { Cloud } from '../cloud.ts';
import { free, instanceLock, release, take } from '../locks.ts';
import { piece } from '../piece.ts';
import { isUp } from '../services.ts';
import { bdmOf } from './lookup.ts';

/** What keeps others away from a server or volume that is converted; each may be used or not. */
export interface ConversionGuards {
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

/** What every conversion knows, whatever its order of steps. */
export interface Guarded extends Caller {
  readonly server: string;
  readonly volume: string;
  readonly host: string;
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

/** Fresh variables of a conversion. */
export const guarded = (
  server: string,
  volume: string,
  host: string,
  guards: ConversionGuards,
): Guarded => ({
  server,
  volume,
  host,
  guards,
  bdm: '',
  hasTask: false,
  old: '',
  attachment: '',
  answer: '',
  ...calling(),
});

const { rest } = calls<Guarded>();

/** Takes the guards one after the other, then reads the BDM once more. Ends at once when there is nothing to convert. */
export const takeGuards = {
  ...piece<Guarded, 'end' | 'get_bdm'>()({
    lock_instance: {
      when: (cloud, self) => {
        if (self.guards.lock !== true) return true;
        return isUp(cloud, self.host) && free(cloud, instanceLock(self.host, self.server));
      },
      do: (cloud, self) => {
        if (self.guards.lock === true) take(cloud, instanceLock(self.host, self.server), self.pid);
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
  }),
  ...rest('begin_detaching', {
    to: (_cloud, self) => beginDetaching.start(self.volume),
    otherwise: (_cloud, self) => {
      self.answer = 'refused';
      return 'end';
    },
  }),
  ...piece<Guarded, 'give_up'>()({
    get_bdm(cloud, self) {
      self.bdm = oldBdm(cloud, self) ?? '';
      if (self.bdm === '') return 'give_up';
    },
  }),
};

/** Where a conversion that fails goes on, and where each ends: every guard is given back. */
export const giveGuardsBack = {
  ...piece<Guarded, 'end' | 'roll_detaching'>()({
    give_up(_cloud, self) {
      self.answer = 'failed';
      return self.guards.volume === true ? 'roll_detaching' : 'end';
    },
  }),
  ...rest('roll_detaching', {
    to: (_cloud, self) => rollDetaching.start(self.volume),
    otherwise: 'end',
  }),
  ...piece<Guarded, 'done'>()({
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
  }),
};

/** The id of the BDM when it is connected and still old-style. */
function oldBdm(cloud: Cloud, self: Me<Guarded>): string | undefined {
  const [id, bdm] = bdmOf(cloud.bdms, self.server, self.volume) ?? [];
  const isOld = bdm?.attachment_id === null && bdm.connection_info !== null;
  return isOld ? id : undefined;
}

/** Whether the statement that saves the BDM finds its row; a row that is gone is never found. */
export function maySave(cloud: Cloud, self: Me<Guarded>): boolean {
  const bdm = cloud.bdms[self.bdm];
  if (bdm === undefined) return false;
  const { recheck, task } = self.guards;
  if ((recheck === true || task === true) && bdm.attachment_id !== null) return false;
  return task !== true || cloud.instances[self.server]?.task_state === 'converting';
}
