/**
 * The timer that renews the locks of the jobs that a worker has. It must say "could not renew lock"
 * of a job that was lost, and of no other one.
 *
 * Source: bullmq a8b9d76496 and its parent, bullmq:src/classes/worker.ts (processJob),
 * bullmq:src/classes/lock-manager.ts (extendLocks, untrackJob), src/commands/extendLocks-1.lua,
 * src/commands/moveStalledJobsToWait-9.lua, src/commands/includes/removeLock.lua.
 */
import { choice, spec } from 'racewright';

interface Queue {
  job: 'wait' | 'active' | 'finished';
  lock: string | null;
  stalled: boolean;
  /** Whether ann's lock manager renews the lock of the job. */
  tracked: boolean;
  /** Whether ann's event loop is blocked. */
  blocked: boolean;
  /** Whether ann has moved the job to finished herself. */
  finishedByAnn: boolean;
  /** A renewal that found the lock of another, or none: what ann was told, and rightly so? */
  told: 'nothing' | 'lost' | 'false alarm' | 'passed over';
}
const queue = spec<Queue>();

type Fix = 'none' | 'stalled-set' | 'untrack-first';

/** removeLock and moveToFinished: refused without the lock. */
function moveToFinished(state: Queue, token: string): void {
  if (state.lock !== token) return;
  state.lock = null;
  state.stalled = false;
  state.job = 'finished';
  state.finishedByAnn = token === 'ann';
}

const holder = (fix: Fix) =>
  queue.flow({
    name: 'holder',
    steps: {
      processJob: {
        when: ({ blocked }) => !blocked,
        do(state) {
          if (fix === 'untrack-first') state.tracked = false;
        },
      },
      moveToFinished: {
        when: ({ blocked }) => !blocked,
        do: (state, self) => moveToFinished(state, self.pid),
      },
      untrackJob: {
        when: ({ blocked }) => !blocked,
        do(state) {
          state.tracked = false;
        },
      },
    },
  });

const other = queue.flow({
  name: 'other',
  steps: {
    moveToActive: {
      when: ({ job }) => job === 'wait',
      do(state, self) {
        state.job = 'active';
        state.lock = self.pid;
      },
    },
    moveToFinished: (state, self) => moveToFinished(state, self.pid),
  },
});

/** The script extendLocks, with ann's token, and what the lock manager says then. */
function extendLocks(state: Queue, fix: Fix): void {
  if (state.lock === 'ann') {
    state.stalled = false;
    return;
  }
  const says = fix !== 'stalled-set' || state.lock !== null || state.stalled;
  if (says) state.told = state.finishedByAnn ? 'false alarm' : 'lost';
  else if (!state.finishedByAnn) state.told = 'passed over';
}

const timer = (fix: Fix, script: 'at-once' | 'later') =>
  queue.flow({
    name: 'timer',
    steps: {
      readTrackedJobs: {
        when: ({ tracked, blocked }) => tracked && !blocked,
        do(state) {
          if (script === 'later') return;
          extendLocks(state, fix);
          return 'readTrackedJobs';
        },
      },
      extendLocks(state) {
        extendLocks(state, fix);
        return 'readTrackedJobs';
      },
    },
  });

const moveStalledJobsToWait = queue.action({
  name: 'moveStalledJobsToWait',
  when: ({ job }) => job === 'active',
  do(state) {
    if (state.stalled && state.lock === null) state.job = 'wait';
    state.stalled = state.job === 'active';
  },
});
const block = queue.fault({
  name: 'block',
  do(state) {
    state.blocked = true;
  },
});
const expire = queue.action({
  name: 'expire',
  when: ({ lock, blocked }) => lock === 'ann' && blocked,
  do(state) {
    state.lock = null;
  },
});
const unblock = queue.action({
  name: 'unblock',
  when: ({ blocked }) => blocked,
  do(state) {
    state.blocked = false;
  },
});

export const bullmqRenew = queue.scenario({
  name: 'bullmq-renew',
  about: 'ann processes a job while a timer renews her lock. bob waits for stalled jobs.',
  parameters: {
    fix: choice(['none', 'stalled-set', 'untrack-first']),
    script: choice(['at-once', 'later']),
  },
  system: ({ fix, script }) => ({
    init: () => ({
      job: 'active',
      lock: 'ann',
      stalled: false,
      tracked: true,
      blocked: false,
      finishedByAnn: false,
      told: 'nothing',
    }),
    processes: {
      ann: holder(fix).start(),
      bob: other.start(),
      timer: timer(fix, script).start(),
    },
    actions: [moveStalledJobsToWait, expire, unblock],
    faults: [block],
    final: ({ job }) => job === 'finished',
    properties: [
      queue.never('a finished job is called lost', ({ told }) => told === 'false alarm'),
      queue.never('a lost lock is passed over', ({ told }) => told === 'passed over'),
      queue.reachable('ann is told of a lost lock', ({ told }) => told === 'lost'),
    ],
  }),
  expect: [
    {
      given: { fix: 'none', script: 'at-once' },
      violates: { 'a finished job is called lost': 3 },
      reason: 'bullmq PR#3579: the timer comes between completion and untrackJob',
    },
    {
      given: { fix: 'stalled-set', script: 'at-once' },
      violates: { 'a lost lock is passed over': 4 },
      reason:
        'bullmq PR#3579 as first proposed: a lock can expire before the job is marked stalled',
    },
    {
      given: { fix: 'untrack-first', script: 'at-once' },
      reason: 'bullmq PR#3579 as merged: processJob calls untrackJob before it moves the job',
    },
    {
      given: { fix: 'none', script: 'later' },
      violates: { 'a finished job is called lost': 4 },
      reason: 'bullmq PR#3579: as where the script runs at once',
    },
    {
      given: { fix: 'stalled-set', script: 'later' },
      violates: { 'a lost lock is passed over': 4 },
      reason: 'bullmq PR#3579 as first proposed: as where the script runs at once',
    },
    {
      given: { fix: 'untrack-first', script: 'later' },
      violates: { 'a finished job is called lost': 4 },
      reason: 'bullmq PR#3579: the fix rests on nothing coming between reading and sending',
    },
  ],
});
