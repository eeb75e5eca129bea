/**
 * A sign-out while a refresh is in flight. The refresh must not write its tokens into a storage
 * that the sign-out has cleared. The guard of PR#2392 compares the storage before and after the
 * fetch, and a counter of removals around the write.
 *
 * Source: supabase-js packages/core/auth-js at 54ec2b69, GoTrueClient._callRefreshToken,
 * _saveSession, _removeSession (_sessionRemovalEpoch), _signOut.
 */
import { choice, spec } from 'racewright';

interface World {
  /** The session in the storage, which all tabs share. */
  stored: 'old' | 'new' | null;
  /** The removals that ann's tab has begun. */
  epoch: number;
  revoked: boolean;
  locked: boolean;
}
const world = spec<World>();

const tabs = ['same', 'other'] as const;
type Guard = 'lock' | 'none' | 'snapshot' | 'epoch' | 'epoch-first';

const refresh = (guard: Guard) =>
  world.flow({
    name: 'refresh',
    vars: () => ({
      start: null as 'old' | 'new' | null,
      after: null as 'old' | 'new' | null,
      epoch: 0,
    }),
    steps: {
      lock: {
        when: ({ locked }) => guard !== 'lock' || !locked,
        do(state) {
          if (guard === 'lock') state.locked = true;
        },
      },
      snapshot(state, self) {
        self.start = state.stored;
        if (guard === 'epoch-first') self.epoch = state.epoch;
        if (self.start === null) return 'unlock';
      },
      fetch(state) {
        if (state.revoked) return 'unlock';
        if (guard === 'lock' || guard === 'none') return 'save';
      },
      read_again(state, self) {
        self.after = state.stored;
      },
      // The answer of the storage is awaited: others run between the read and what follows.
      compare(state, self) {
        if (self.after !== self.start) return 'unlock';
        if (guard === 'epoch') self.epoch = state.epoch;
      },
      save(state) {
        state.stored = 'new';
        if (guard === 'lock' || guard === 'none' || guard === 'snapshot') return 'unlock';
      },
      compare_epochs(state, self) {
        if (state.epoch === self.epoch) return 'unlock';
      },
      undo(state) {
        state.stored = null;
      },
      unlock(state) {
        if (guard === 'lock') state.locked = false;
        return 'done';
      },
    },
  });

const signOut = (guard: Guard, tab: (typeof tabs)[number]) =>
  world.flow({
    name: 'sign-out',
    steps: {
      lock: {
        when: ({ locked }) => guard !== 'lock' || !locked,
        do(state) {
          if (guard === 'lock') state.locked = true;
        },
      },
      // admin.signOut: the server revokes the session.
      revoke(state) {
        state.revoked = true;
      },
      // _removeSession counts first; the counter is a field of the client of its tab.
      count(state) {
        if (tab === 'same') state.epoch += 1;
      },
      remove(state) {
        state.stored = null;
        if (guard === 'lock') state.locked = false;
        return 'done';
      },
    },
  });

const cleared = 'after a sign-out, no session is stored';

export const supabaseSignOut = world.scenario({
  name: 'supabase-sign-out',
  about: 'ann refreshes her session while she signs out, in the same tab or in another one.',
  parameters: {
    guard: choice(['lock', 'none', 'snapshot', 'epoch', 'epoch-first']),
    tab: choice(tabs),
  },
  system: ({ guard, tab }) => ({
    init: () => ({ stored: 'old', epoch: 0, revoked: false, locked: false }),
    processes: { refresh: refresh(guard).start(), signOut: signOut(guard, tab).start() },
    properties: [
      world.always(
        cleared,
        world.implies(
          (_state, processes) =>
            processes['refresh']?.at === 'done' && processes['signOut']?.at === 'done',
          ({ stored }) => stored === null,
        ),
      ),
    ],
  }),
  expect: [
    ...tabs.flatMap((tab) => [
      {
        given: { guard: 'lock', tab } as const,
        reason: 'supabase-js PR#2392: before it, a sign-out waited for the refresh',
      },
      {
        given: { guard: 'none', tab } as const,
        violates: { [cleared]: 9 },
        reason: 'supabase-js PR#2392: what the guard is for',
      },
      {
        given: { guard: 'snapshot', tab } as const,
        violates: { [cleared]: 11 },
        reason: 'supabase-js PR#2392: the sign-out comes between the comparison and the write',
      },
      {
        given: { guard: 'epoch', tab } as const,
        violates: { [cleared]: 12 },
        reason: 'found by this model: the epoch is read after the storage, and counts one tab only',
      },
    ]),
    {
      given: { guard: 'epoch-first', tab: 'same' },
      reason: 'found by this model: with the epoch read before the fetch, every removal is seen',
    },
    {
      given: { guard: 'epoch-first', tab: 'other' },
      violates: { [cleared]: 12 },
      reason: 'found by this model: the removals of another tab do not count in this one',
    },
  ],
});
