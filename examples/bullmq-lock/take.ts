/**
 * How a worker comes by a job and its lock, and how the check for stalled jobs finds one. No worker
 * is slow or dies here, and yet a job can be processed twice.
 *
 * Source: bull v1.0.0, lib/queue.js (getNextJob, processStalledJobs, processJob) and lib/scripts.js
 * (getStalledJob); 606c481, lib/scripts.js (moveUnlockedJobsToWait, takeLock); v3.0.0,
 * lib/commands/moveToActive-5.lua.
 */
import { choice, spec } from 'racewright';

interface Queue {
  /** How often the job is in either list. */
  wait: number;
  active: number;
  completed: boolean;
  /** Whether the hash of the job is there. */
  exists: boolean;
  lock: string | null;
  /** How often the processor was called, up to 2. */
  calls: number;
}
const queue = spec<Queue>();

type Take = 'lock' | 'lock-if-active' | 'one-script';
const afters = ['kept', 'removed'] as const;
type After = (typeof afters)[number];

/** What both flows do with a job whose lock they have. */
const process = (after: After) => ({
  process(state: Queue) {
    state.calls = Math.min(2, state.calls + 1);
  },
  finish(state: Queue) {
    // moveToSet and job.remove do not ask whether the job was active.
    state.active = 0;
    state.completed = after === 'kept';
    if (after === 'removed') {
      state.exists = false;
      state.wait = 0;
    }
    state.lock = null;
  },
});

const worker = (take: Take, after: After) =>
  queue.flow({
    name: 'worker',
    steps: {
      getNextJob: {
        when: ({ wait }) => wait > 0,
        do(state, self) {
          state.wait -= 1;
          state.active += 1;
          if (take !== 'one-script') return;
          state.lock = self.pid;
          return 'process';
        },
      },
      takeLock(state, self) {
        const refused = take === 'lock-if-active' && state.active === 0;
        if (refused || state.lock !== null) return 'getNextJob';
        state.lock = self.pid;
      },
      process: process(after).process,
      finish(state) {
        process(after).finish(state);
        return 'getNextJob';
      },
    },
  });

/** processStalledJobs of v1.0.0: reads the list, then asks for each job whether it is stalled. */
const checker = (after: After) =>
  queue.flow({
    name: 'checker',
    steps: {
      listActive: { when: ({ active, exists }) => active > 0 && exists, do() {} },
      getStalledJob(state, self) {
        if (state.completed || state.lock !== null) return 'listActive';
        state.lock = self.pid;
      },
      process: process(after).process,
      finish(state) {
        process(after).finish(state);
        return 'listActive';
      },
    },
  });

const moveUnlockedJobsToWait = queue.action({
  name: 'moveUnlockedJobsToWait',
  when: ({ active, lock }) => active > 0 && lock === null,
  do(state) {
    state.active -= 1;
    state.wait += 1;
  },
});

export const bullTake = queue.scenario({
  name: 'bull-take',
  about: 'Two workers and a check for stalled jobs find one job. Nothing fails.',
  parameters: {
    stalled: choice(['listed', 'one-script']),
    take: choice(['lock', 'lock-if-active', 'one-script']),
    after: choice(afters),
  },
  system: ({ stalled, take, after }) => {
    const working = worker(take, after);
    const workers = { ann: working.start(), bob: working.start() };
    const checking = { check: checker(after).start() };
    return {
      init: () => ({ wait: 1, active: 0, completed: false, exists: true, lock: null, calls: 0 }),
      processes: stalled === 'listed' ? { ...workers, ...checking } : workers,
      actions: stalled === 'listed' ? [] : [moveUnlockedJobsToWait],
      final: ({ completed, exists }) => completed || !exists,
      properties: [
        queue.always('the job is processed once', ({ calls }) => calls <= 1),
        queue.reachable('the job is processed', ({ calls }) => calls === 1),
      ],
    };
  },
  expect: [
    {
      given: { take: 'lock', stalled: 'listed', after: 'kept' },
      violates: { 'the job is processed once': 7 },
      reason: 'bull#371, PR#377: the check finds a job that its worker has not locked yet',
    },
    {
      given: { take: 'lock', stalled: 'listed', after: 'removed' },
      violates: { 'the job is processed once': 7 },
      reason: 'bull#356: getStalledJob finds a job that was removed not completed, so stalled',
    },
    {
      given: { take: 'lock-if-active', stalled: 'listed', after: 'removed' },
      violates: { 'the job is processed once': 7 },
      reason: 'bull#356: PR#377 alone does not change what the check asks',
    },
    {
      given: { take: 'one-script', stalled: 'listed', after: 'removed' },
      violates: { 'the job is processed once': 6 },
      reason: 'bull#356: PR#496 alone does not change what the check asks',
    },
    {
      given: { take: 'lock-if-active', stalled: 'listed', after: 'kept' },
      reason: 'bull PR#377: a job that is completed is not active',
    },
    {
      given: { take: 'one-script', stalled: 'listed', after: 'kept' },
      reason: 'bull PR#496: no job is active without a lock',
    },
    ...afters.flatMap((after) => [
      {
        given: { take: 'lock', stalled: 'one-script', after } as const,
        violates: { 'the job is processed once': 8 },
        reason: 'bull#371, PR#377: with PR#359 alone two workers come to know one job',
      },
      {
        given: { take: 'lock-if-active', stalled: 'one-script', after } as const,
        reason: 'bull PR#359 and PR#377: the check and the worker both ask whether it is active',
      },
      {
        given: { take: 'one-script', stalled: 'one-script', after } as const,
        reason: 'bull PR#496: moveToActive takes the job and its lock',
      },
    ]),
  ],
});
