/**
 * The key of deduplication: jobs with one id are added, finish, are retried and removed. While a
 * job with the id is unfinished, an add is to be ignored; otherwise it is to be accepted.
 *
 * Source: bullmq 192e82caa0 and its parent, src/commands/includes/deduplicateJob.lua,
 * removeDeduplicationKey.lua, removeDeduplicationKeyIfNeeded.lua (before),
 * removeDeduplicationKeyIfNeededOnFinalization.lua, removeDeduplicationKeyIfNeededOnRemoval.lua
 * (after); 6.2.0, src/commands/reprocessJob-8.lua, bullmq:src/classes/job.ts (retry).
 */
import { choice, type Pick, spec } from 'racewright';

type JobId = 'j1' | 'j2' | 'j3';
const ids: readonly JobId[] = ['j1', 'j2', 'j3'];

interface Queue {
  /** A job without an entry was not added yet; `gone` has no hash any more. */
  jobs: Partial<Record<JobId, 'unfinished' | 'failed' | 'gone'>>;
  /** The job that the deduplication key names. */
  key: JobId | null;
  /** What the last add met: nothing yet, or whether it was right to accept or ignore it. */
  add: 'none' | 'right' | 'doubled' | 'swallowed';
}
const queue = spec<Queue>();

type Fix = 'none' | 'own-key' | 'recover';

const add = (fix: Fix) =>
  queue.action({
    name: 'add',
    when: ({ jobs }) => jobs.j3 === undefined,
    do(state) {
      const id = ids.find((job) => state.jobs[job] === undefined);
      if (id === undefined) return;
      const stale = state.key !== null && state.jobs[state.key] === 'gone';
      if (fix === 'recover' && stale) state.key = null;
      const unfinished = ids.some((job) => state.jobs[job] === 'unfinished');
      if (state.key === null) {
        state.add = unfinished ? 'doubled' : 'right';
        state.key = id;
        state.jobs[id] = 'unfinished';
      } else {
        state.add = unfinished ? 'right' : 'swallowed';
      }
    },
  });

/** The key goes with its job, or, before PR#3236, with any job that has the id. */
function removeKey(state: Queue, job: JobId, fix: Fix): void {
  if (fix === 'none' || state.key === job) state.key = null;
}
const which = (state: Queue, pick: Pick, status: string) =>
  pick(
    'job',
    ids.filter((job) => state.jobs[job] === status),
  );
const has = (jobs: Queue['jobs'], status: string) => ids.some((job) => jobs[job] === status);

const fail = (fix: Fix) =>
  queue.action({
    name: 'moveToFinished',
    when: ({ jobs }) => has(jobs, 'unfinished'),
    do(state, pick) {
      const job = which(state, pick, 'unfinished');
      state.jobs[job] = 'failed';
      removeKey(state, job, fix);
    },
  });
const remove = (fix: Fix) =>
  queue.action({
    name: 'removeJob',
    when: ({ jobs }) => has(jobs, 'failed'),
    do(state, pick) {
      const job = which(state, pick, 'failed');
      state.jobs[job] = 'gone';
      removeKey(state, job, fix);
    },
  });
const retry = queue.action({
  name: 'reprocessJob',
  when: ({ jobs }) => has(jobs, 'failed'),
  do(state, pick) {
    state.jobs[which(state, pick, 'failed')] = 'unfinished';
  },
});
/** The hash of a job disappears, and its key stays. */
const lose = queue.fault({
  name: 'lose',
  when: ({ jobs }) => has(jobs, 'unfinished'),
  do(state, pick) {
    state.jobs[which(state, pick, 'unfinished')] = 'gone';
  },
});

const doubled = 'an add doubles an unfinished job';
const ignored = 'an add is ignored for nothing';

export const bullmqDeduplication = queue.scenario({
  name: 'bullmq-deduplication',
  about: 'Three jobs with one deduplication id are added, finish, are retried and removed.',
  parameters: {
    fix: choice(['none', 'own-key', 'recover']),
    retry: choice(['no', 'yes']),
    lost: choice(['no', 'yes']),
  },
  system: ({ fix, retry: retries, lost }) => ({
    init: () => ({ jobs: {}, key: null, add: 'none' }),
    actions: [add(fix), fail(fix), remove(fix), ...(retries === 'yes' ? [retry] : [])],
    faults: lost === 'yes' ? [lose] : [],
    final: 'anywhere',
    properties: [
      queue.never(doubled, (state) => state.add === 'doubled'),
      queue.never(ignored, (state) => state.add === 'swallowed'),
      queue.reachable('an add is accepted again', ({ jobs }) => jobs.j2 !== undefined),
    ],
  }),
  expect: [
    {
      given: { fix: 'none', retry: 'no', lost: 'no' },
      violates: { [doubled]: 5 },
      reason: 'bullmq#3232: removeJob deletes the key of a newer job',
    },
    {
      given: { fix: 'own-key', retry: 'no', lost: 'no' },
      reason: 'bullmq PR#3236: a job deletes the key that names it, and no other one',
    },
    {
      given: { fix: 'none', retry: 'no', lost: 'yes' },
      violates: { [doubled]: 5, [ignored]: 3 },
      reason: 'bullmq#3232 and #4311',
    },
    {
      given: { fix: 'own-key', retry: 'no', lost: 'yes' },
      violates: { [ignored]: 3 },
      reason: 'bullmq#4311: a key whose job is gone swallows each later add',
    },
    ...(['no', 'yes'] as const).map((lost) => ({
      given: { fix: 'recover', retry: 'no', lost } as const,
      reason: 'bullmq PR#4762: an add takes over a key whose job is gone',
    })),
    ...(['none', 'own-key', 'recover'] as const).flatMap((fix) => [
      {
        given: { fix, retry: 'yes', lost: 'no' } as const,
        violates: { [doubled]: 4 },
        reason:
          'found by this model: reprocessJob-8.lua of bullmq 6.2.0 does not set the key again',
      },
      {
        given: { fix, retry: 'yes', lost: 'yes' } as const,
        violates: fix === 'recover' ? { [doubled]: 4 } : { [doubled]: 4, [ignored]: 3 },
        reason: 'bullmq#4311, and what is found by this model',
      },
    ]),
  ],
});
