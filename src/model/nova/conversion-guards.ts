import { type Caller, calling, calls, type Me } from '../calls/calls.ts';
import { stepFragment } from '../calls/step-fragment.ts';
import { beginDetaching, rollDetaching } from '../cinder/volume-actions.ts';
import type { Cloud, Instance } from '../world/cloud.ts';
import { free, instanceLock, release, take } from '../world/locks.ts';
import { isUp } from '../world/services.ts';
import { bdmOf } from './lookup.ts';

/**
 * The guards that exclude other requests for a server or volume during a conversion; each is
 * optional.
 */
export interface ConversionGuards {
  /** The BDM is saved only if it still has no attachment: a compare-and-swap. */
  readonly recheck?: boolean;
  /** os-begin_detaching on the volume, as a mutex. */
  readonly volume?: boolean;
  /**
   * The conversion takes the task state of the server, and saves the BDM, with the recheck, in one
   * transaction that fails when the task state is another one by then.
   */
  readonly task?: boolean;
  /** The instance lock of nova-compute. */
  readonly lock?: boolean;
}

/** The arguments of a conversion. */
export interface ConversionRules extends ConversionGuards {
  /**
   * It finishes a conversion that another one has left half done: a BDM that names an attachment
   * without a connector or that is not attached yet, and, under the instance lock, a task state
   * that no step resets.
   */
  readonly resumes?: boolean;
  /** It does not ask whether the server is still on the host whose connector it has. */
  readonly anyHost?: boolean;
}

/** The variables of every conversion, whatever its order of steps. */
export interface Guarded extends Caller {
  readonly server: string;
  readonly volume: string;
  readonly host: string;
  readonly rules: ConversionRules;
  bdm: string;
  /** It set the task state of the server. */
  hasTask: boolean;
  /** The row of os-attach. */
  old: string;
  /** The row that becomes the attachment: that one, or a new one. */
  attachment: string;
  /** The end of the conversion: the output of the command, or a line in the log. */
  answer: '' | 'converted' | 'nothing to convert' | 'refused' | 'failed';
}

/** Fresh variables of a conversion. */
export const guarded = (
  server: string,
  volume: string,
  host: string,
  rules: ConversionRules,
): Guarded => ({
  server,
  volume,
  host,
  rules,
  bdm: '',
  hasTask: false,
  old: '',
  attachment: '',
  answer: '',
  ...calling(),
});

const { rest } = calls<Guarded>();

/** The first guard, at which a message for nova-compute waits: the instance lock. */
export const lockInstance = (runsIn: 'n-cpu' | 'nova-manage') =>
  stepFragment<Guarded>()({
    lock_instance: {
      when: (cloud, self) => {
        if (runsIn === 'n-cpu' && !isUp(cloud, self.host)) return false;
        return self.rules.lock !== true || free(cloud, instanceLock(self.host, self.server));
      },
      do: (cloud, self) => {
        if (self.rules.lock === true) take(cloud, instanceLock(self.host, self.server), self.pid);
      },
    },
  });

/**
 * Takes the other guards one after the other, then reads the BDM once more. Ends at once when there
 * is nothing to convert; goes on at volume_get when the BDM is old-style, else after the last step
 * of this fragment.
 */
export const takeGuards = {
  ...stepFragment<Guarded, 'end' | 'get_bdm'>()({
    find_bdm(cloud, self) {
      if (convertible(cloud, self) !== undefined) return;
      // The conversion undoes what another one left when it died.
      self.hasTask = isStale(cloud.instances[self.server]?.task_state, self);
      self.answer = 'nothing to convert';
      return 'end';
    },
    // As instance.save(expected_task_state=[None]).
    set_task_state(cloud, self) {
      if (self.rules.task !== true) return;
      const instance = cloud.instances[self.server];
      if (
        instance === undefined ||
        (instance.task_state !== null && !isStale(instance.task_state, self))
      ) {
        self.answer = 'refused';
        return 'end';
      }
      instance.task_state = 'converting';
      self.hasTask = true;
    },
    guard_volume(_cloud, self) {
      if (self.rules.volume !== true) return 'get_bdm';
    },
  }),
  ...rest('begin_detaching', {
    to: (_cloud, self) => beginDetaching.start(self.volume),
    otherwise: (_cloud, self) => {
      self.answer = 'refused';
      return 'end';
    },
  }),
  ...stepFragment<Guarded, 'give_up' | 'volume_get'>()({
    get_bdm(cloud, self) {
      self.bdm = convertible(cloud, self) ?? '';
      if (self.bdm === '') return 'give_up';
      // The server has moved: the connector of this host would be the wrong one.
      const isHere = cloud.instances[self.server]?.host === self.host;
      if (self.rules.anyHost !== true && !isHere) {
        self.answer = 'refused';
        return 'give_up';
      }
      self.attachment = cloud.bdms[self.bdm]?.attachment_id ?? '';
      if (self.attachment === '') return 'volume_get';
    },
  }),
};

/**
 * The label at which a failing conversion goes on, and that at which each ends: it gives every
 * guard back.
 */
export const giveGuardsBack = {
  ...stepFragment<Guarded, 'end' | 'roll_detaching'>()({
    give_up(_cloud, self) {
      if (self.answer === '') self.answer = 'failed';
      return self.rules.volume === true ? 'roll_detaching' : 'end';
    },
  }),
  ...rest('roll_detaching', {
    to: (_cloud, self) => rollDetaching.start(self.volume),
    otherwise: 'end',
  }),
  ...stepFragment<Guarded, 'done'>()({
    end(cloud, self) {
      const instance = cloud.instances[self.server];
      // A deletion has put `deleting` in its place.
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

/**
 * The id of the BDM when it is connected and old-style still, or, for one that resumes, of either
 * style.
 */
function convertible(cloud: Cloud, self: Me<Guarded>): string | undefined {
  const [id, bdm] = bdmOf(cloud.bdms, self.server, self.volume) ?? [];
  if (bdm === undefined || bdm.connection_info === null) return undefined;
  return bdm.attachment_id === null || self.rules.resumes === true ? id : undefined;
}

/**
 * Only the holder of the instance lock knows that a conversion which the task state announces is
 * not running.
 */
const isStale = (task: Instance['task_state'] | undefined, { rules }: Me<Guarded>): boolean =>
  task === 'converting' && rules.resumes === true && rules.lock === true;

/** Whether the statement that saves the BDM finds its row; it never finds a row that is gone. */
export function maySave(cloud: Cloud, self: Me<Guarded>): boolean {
  const bdm = cloud.bdms[self.bdm];
  if (bdm === undefined) return false;
  const { recheck, task } = self.rules;
  if ((recheck === true || task === true) && bdm.attachment_id !== null) return false;
  return task !== true || cloud.instances[self.server]?.task_state === 'converting';
}
