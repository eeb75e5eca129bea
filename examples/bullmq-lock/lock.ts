/**
 * The lock of a job that runs. A worker that cannot renew its lock in time loses the job to another
 * worker, and wakes up later. Which scripts ask whose lock it is decides what it can break.
 *
 * Source: bull v1.0.0 to v3.0.0, lib/scripts.js, lib/queue.js, lib/commands/moveToFinished-3.lua,
 * lib/commands/moveToDelayed-3.lua; bullmq 6.2.0, src/commands/moveToActive-11.lua,
 * src/commands/moveToFinished-14.lua, src/commands/moveStalledJobsToWait-9.lua,
 * src/commands/includes/removeLock.lua.
 */
import { choice, spec, weaklyFair } from 'racewright';

type WorkerId = 'ann' | 'bob';

interface Queue {
  /** How often the job is in the lists `wait` and `active`, and whether in the other sets. */
  wait: number;
  active: number;
  delayed: boolean;
  completed: boolean;
  /** The token in the key of the lock; null where the key is missing. */
  lock: WorkerId | null;
  /** Whether the job is marked in the set `stalled`. */
  stalled: boolean;
  failures: number;
  completions: number;
  loops: Record<WorkerId, 'runs' | 'blocked' | 'crashed'>;
}
const queue = spec<Queue>();

const checks = ['none', 'renew-first', 'completed', 'not-foreign', 'own'] as const;
type Check = (typeof checks)[number];

/** Whether the script that moves the job out of `active` goes on, for the worker with the token. */
function mayMove(check: Check, result: string, lock: string | null, token: string): boolean {
  if (check === 'none' || check === 'renew-first') return true;
  if (result === 'fails' && check === 'completed') return true;
  if (result === 'fails' && check === 'not-foreign') return lock === null || lock === token;
  return lock === token;
}

const worker = (check: Check) =>
  queue.flow({
    name: 'worker',
    vars: () => ({ result: 'none' as 'none' | 'completes' | 'fails' }),
    steps: {
      moveToActive: {
        when: (state, self) => state.wait > 0 && state.loops[self.pid as WorkerId] === 'runs',
        do(state, self) {
          state.wait -= 1;
          state.active += 1;
          state.lock = self.pid as WorkerId;
        },
      },
      processJob: {
        when: (state, self) => state.loops[self.pid as WorkerId] === 'runs',
        do(state, self, pick) {
          self.result = pick('job', state.failures === 0 ? ['completes', 'fails'] : ['completes']);
          if (check !== 'renew-first') return 'move';
        },
      },
      // handleCompleted of PR#415 renews the lock, and moves the job in a second script.
      takeLock(state, self) {
        if (state.lock === self.pid) return;
        self.result = 'none';
        return 'moveToActive';
      },
      move: {
        when: (state, self) => state.loops[self.pid as WorkerId] === 'runs',
        do(state, self) {
          if (mayMove(check, self.result, state.lock, self.pid)) {
            state.active = Math.max(0, state.active - 1);
            if (self.result === 'fails') {
              state.failures += 1;
              state.delayed = true;
            } else {
              state.completed = true;
              state.completions += 1;
            }
            if (state.lock === self.pid) state.lock = null;
          }
          self.result = 'none';
          return 'moveToActive';
        },
      },
    },
  });

const promoteDelayedJobs = queue.action({
  name: 'promoteDelayedJobs',
  when: ({ delayed }) => delayed,
  do(state) {
    state.delayed = false;
    state.wait += 1;
  },
});
/** A job without a lock that the check before has marked goes back; the others are marked. */
const moveStalledJobsToWait = queue.action({
  name: 'moveStalledJobsToWait',
  when: ({ active, stalled }) => active > 0 || stalled,
  do(state) {
    if (state.stalled && state.lock === null && state.active > 0) {
      state.active -= 1;
      state.wait += 1;
    }
    state.stalled = state.active > 0;
  },
});
/** A worker that runs renews its lock twice as often as it expires. */
const expire = queue.action({
  name: 'expire',
  when: ({ lock, loops }) => lock !== null && loops[lock] !== 'runs',
  do(state) {
    state.lock = null;
  },
});
const unblock = queue.action({
  name: 'unblock',
  when: ({ loops }) => loops.ann === 'blocked' || loops.bob === 'blocked',
  do({ loops }) {
    if (loops.ann === 'blocked') loops.ann = 'runs';
    else loops.bob = 'runs';
  },
});
const stop = (fault: 'blocked' | 'crashed') =>
  queue.fault({
    name: fault,
    when: ({ lock }) => lock !== null,
    do({ lock, loops }) {
      if (lock !== null) loops[lock] = fault;
    },
  });

export const bullmqLock = queue.scenario({
  name: 'bullmq-lock',
  about: 'Two workers, one job: the event loop of the worker that holds it is blocked, or it dies.',
  parameters: {
    check: choice(checks),
    fault: choice(['blocked', 'crashed']),
  },
  system: ({ check, fault }) => {
    const flow = worker(check);
    const { isAt } = flow;
    const actions = [promoteDelayedJobs, moveStalledJobsToWait, expire, unblock];
    return {
      init: () => ({
        wait: 1,
        active: 0,
        delayed: false,
        completed: false,
        lock: null,
        stalled: false,
        failures: 0,
        completions: 0,
        loops: { ann: 'runs', bob: 'runs' },
      }),
      processes: { ann: flow.start(), bob: flow.start() },
      actions,
      faults: [stop(fault)],
      fairness: [weaklyFair('processes'), weaklyFair(...actions)],
      final: ({ completed, loops }, { ann, bob }) =>
        completed &&
        (isAt(ann, 'moveToActive') || loops.ann === 'crashed') &&
        (isAt(bob, 'moveToActive') || loops.bob === 'crashed'),
      properties: [
        queue.always(
          'a job with a lock is active and nowhere else',
          ({ lock, wait, active, delayed, completed }) =>
            lock === null || (active === 1 && wait === 0 && !delayed && !completed),
        ),
        queue.always(
          'the job is in one place',
          ({ wait, active, delayed, completed }) =>
            wait + active + Number(delayed) + Number(completed) === 1,
        ),
        queue.always('the job completes once', ({ completions }) => completions <= 1),
        queue.never(
          'both workers run the job at once',
          ({ loops }, { ann, bob }) =>
            isAt(ann, 'processJob') &&
            isAt(bob, 'processJob') &&
            loops.ann === 'runs' &&
            loops.bob === 'runs',
        ),
        queue.eventually('the job completes', ({ completed }) => completed),
      ],
    };
  },
  expect: [
    {
      given: { check: 'none', fault: 'blocked' },
      violates: {
        'a job with a lock is active and nowhere else': 9,
        'the job is in one place': 8,
        'the job completes once': 11,
        'both workers run the job at once': 7,
      },
      reason: 'bull#308: moveToSet asks for no lock, so both workers complete the job',
    },
    {
      given: { check: 'renew-first', fault: 'blocked' },
      violates: {
        'a job with a lock is active and nowhere else': 10,
        'the job is in one place': 9,
        'the job completes once': 13,
        'both workers run the job at once': 7,
      },
      reason: 'bull PR#415 (for #371): the lock can expire between its renewal and the move',
    },
    {
      given: { check: 'completed', fault: 'blocked' },
      violates: {
        'a job with a lock is active and nowhere else': 9,
        'the job is in one place': 8,
        'the job completes once': 15,
        'both workers run the job at once': 7,
      },
      reason: 'bull#498: moveToFinished asks for the lock, moveToDelayed does not',
    },
    {
      given: { check: 'not-foreign', fault: 'blocked' },
      violates: {
        'a job with a lock is active and nowhere else': 9,
        'the job is in one place': 8,
        'the job completes once': 15,
        'both workers run the job at once': 7,
      },
      reason: 'bull 9b12e9e (for #498): an expired lock passes for a free one',
    },
    {
      given: { check: 'own', fault: 'blocked' },
      violates: { 'both workers run the job at once': 7 },
      reason: 'bull#498, bullmq removeLock: no script moves the job of another; both still run it',
    },
    ...checks.map((check) => ({
      given: { check, fault: 'crashed' as const },
      reason: 'bull#308: the danger is a worker that wakes up again, not one that dies',
    })),
  ],
});
