/**
 * The lock around every call of the auth client. A call takes the web lock, runs its operation,
 * awaits its subscribers and releases. Two calls, of two tabs or of two clients in one page.
 *
 * Source: supabase-js packages/core/auth-js, navigatorLock at bfa55bb3 (PR#1962), b7911785
 * (PR#2106), 0d766a2b (PR#2178) and 54ec2b69 (PR#2392); GoTrueClient._acquireLock and
 * _notifyAllSubscribers. Web Locks: a stolen lock rejects its holder, whose callback goes on.
 */
import { choice, DEADLOCK, spec } from 'racewright';

/** A call; `again` is its operation where it runs a second time. */
type RunId = 'ann' | 'bob' | 'ann again' | 'bob again';

interface Locks {
  holder: RunId | null;
  /** Requests that wait, in order. */
  queue: RunId[];
  /** Runs whose lock was stolen and whose promise was not rejected yet. */
  stolen: RunId[];
  running: RunId[];
  /** The second run of a call was started. */
  again: RunId[];
  /** Operations of ann's client inside the lock that are not done: pendingInLock. */
  pending: string[];
  vanished: boolean;
  failed: boolean;
}
const locks = spec<Locks>();

type Fix = 'wait' | 'timeout' | 'steal' | 'cause' | 'no-lock';
const holders = ['returns', 'vanishes'] as const;
type Subscriber = 'quiet' | 'asks' | 'deferred';

function take(state: Locks, run: RunId): void {
  if (state.holder !== null) state.stolen.push(state.holder);
  state.holder = run;
}
const without = (runs: readonly RunId[], run: RunId) => runs.filter((other) => other !== run);

const call = (fix: Fix, subscriber: Subscriber) =>
  locks.flow({
    name: 'call',
    steps: {
      request: {
        when: (state, self) =>
          !self.pid.endsWith('again') || state.again.includes(self.pid as RunId),
        do(state, self) {
          const run = self.pid as RunId;
          if (fix === 'no-lock') return 'run';
          if (run.endsWith('again')) {
            take(state, run);
            return 'run';
          }
          state.queue.push(run);
        },
      },
      wait: {
        when: ({ holder, queue }, self) =>
          holder === null ? queue[0] === self.pid : fix !== 'wait',
        do(state, self) {
          const run = self.pid as RunId;
          const granted = state.holder === null;
          state.queue = without(state.queue, run);
          if (!granted && fix === 'timeout') {
            state.failed = true;
            return 'done';
          }
          take(state, run);
        },
      },
      run(state, self) {
        state.running.push(self.pid as RunId);
        if (self.pid === 'ann' && subscriber === 'asks') state.pending.push('operation');
        else return 'end';
      },
      // The operation awaits a subscriber, which calls getUser: that waits for what is pending.
      notify(state) {
        if (fix !== 'no-lock') state.pending.push('getUser');
      },
      get_user: {
        when: ({ pending }) => fix === 'no-lock' || pending[0] === 'getUser',
        do(state) {
          state.pending = [];
        },
      },
      end: {
        when: ({ vanished }, self) => !(vanished && self.pid === 'ann'),
        do(state, self) {
          const run = self.pid as RunId;
          state.running = without(state.running, run);
          state.stolen = without(state.stolen, run);
          if (state.holder === run) state.holder = null;
          return 'done';
        },
      },
    },
  });

/** The promise of a run whose lock was stolen is rejected with an AbortError, and caught. */
const abort = (fix: Fix) =>
  locks.action({
    name: 'abort',
    when: ({ stolen }) => stolen.length > 0,
    do(state) {
      const [run] = state.stolen;
      state.stolen = state.stolen.slice(1);
      // PR#2178 tells its own time-out from a theft. Before, both led to a theft.
      const again = run === 'ann' ? 'ann again' : run === 'bob' ? 'bob again' : undefined;
      if (fix === 'steal' && again !== undefined) state.again.push(again);
      if (fix === 'cause') state.failed = true;
    },
  });

/** ann's callback never returns, as where React unmounts a component under it. */
const vanish = locks.fault({
  name: 'vanish',
  when: ({ running }) => running.includes('ann'),
  do(state) {
    state.vanished = true;
  },
});

const together = 'one operation runs at a time';
const twice = 'an operation runs twice';
const failing = 'a call fails because of the lock';

export const supabaseLock = locks.scenario({
  name: 'supabase-lock',
  about: 'Two calls of the auth client take one lock. ann has a subscriber, and may vanish.',
  parameters: {
    fix: choice(['wait', 'timeout', 'steal', 'cause', 'no-lock']),
    subscriber: choice(['quiet', 'asks', 'deferred']),
    holder: choice(holders),
  },
  system: ({ fix, subscriber, holder }) => {
    const flow = call(fix, subscriber);
    return {
      init: () => ({
        holder: null,
        queue: [],
        stolen: [],
        running: [],
        again: [],
        pending: [],
        vanished: false,
        failed: false,
      }),
      processes: {
        ann: flow.start(),
        bob: flow.start(),
        'ann again': flow.start(),
        'bob again': flow.start(),
      },
      actions: [abort(fix)],
      faults: holder === 'vanishes' ? [vanish] : [],
      final: ({ vanished, again }, processes) =>
        (processes['ann']?.at === 'done' || vanished) &&
        processes['bob']?.at === 'done' &&
        (['ann again', 'bob again'] as const).every(
          (run) => processes[run]?.at === 'done' || !again.includes(run),
        ),
      properties: [
        locks.always(together, ({ running }) => running.length <= 1),
        locks.never(twice, (_state, processes) =>
          (['ann again', 'bob again'] as const).some(
            (run) => !flow.isAt(processes[run], 'request'),
          ),
        ),
        locks.never(failing, ({ failed }) => failed),
      ],
    };
  },
  expect: [
    ...holders.flatMap((holder) => [
      ...(['quiet', 'deferred'] as const).flatMap((subscriber) => [
        {
          given: { fix: 'wait', subscriber, holder } as const,
          violates: holder === 'vanishes' ? { [DEADLOCK]: 5 } : {},
          reason: 'supabase-js#2111: a holder that vanishes blocks all; PR#2014 defers subscribers',
        },
        {
          given: { fix: 'timeout', subscriber, holder } as const,
          violates: { [failing]: 4 },
          reason: 'supabase-js PR#1962: a call that waits too long fails, and so do all after it',
        },
        {
          given: { fix: 'steal', subscriber, holder } as const,
          violates: { [together]: 6, [twice]: 6 },
          reason:
            'supabase-js PR#2106: the victim goes on, takes the theft for a time-out, and steals',
        },
        {
          given: { fix: 'cause', subscriber, holder } as const,
          violates: { [together]: 6, [failing]: 5 },
          reason:
            'supabase-js PR#2178: the victim fails, and its operation goes on beside the thief',
        },
        {
          given: { fix: 'no-lock', subscriber, holder } as const,
          violates: { [together]: 4 },
          reason: 'supabase-js PR#2392: operations run together, and what they write is guarded',
        },
      ]),
      {
        given: { fix: 'wait', subscriber: 'asks', holder } as const,
        violates: { [DEADLOCK]: 5 },
        reason: 'supabase-js PR#1580, #2344: the subscriber waits for the call that awaits it',
      },
      {
        given: { fix: 'timeout', subscriber: 'asks', holder } as const,
        violates: { [failing]: 4, [DEADLOCK]: 6 },
        reason:
          'supabase-js#2013: the inner call waits inside the client, where no time-out counts',
      },
      {
        given: { fix: 'steal', subscriber: 'asks', holder } as const,
        violates: { [together]: 6, [twice]: 6, [DEADLOCK]: 8 },
        reason:
          'supabase-js#2013: others steal the lock, and the first call still waits for itself',
      },
      {
        given: { fix: 'cause', subscriber: 'asks', holder } as const,
        violates: { [together]: 6, [failing]: 5, [DEADLOCK]: 8 },
        reason: 'supabase-js#2344: PR#2178 does not change what the first call waits for',
      },
      {
        given: { fix: 'no-lock', subscriber: 'asks', holder } as const,
        violates: { [together]: 4 },
        reason: 'supabase-js PR#2392: a subscriber that asks waits for no lock',
      },
    ]),
  ],
});
