/**
 * Can two tabs redeem one refresh token? They share the storage, and the server knows which token
 * is active. A token is a number; its parent is the number before.
 *
 * Source: supabase-js packages/core/auth-js, GoTrueClient._callRefreshToken at 54ec2b69 (PR#2392)
 * and before; supabase/auth internal/tokens/service.go (RefreshTokenGrant), PR#226, PR#1278.
 */
import { choice, spec } from 'racewright';

interface World {
  /** The refresh token in the storage; null after a removal. */
  stored: number | null;
  active: number;
  /** The server has revoked the whole session. */
  revoked: boolean;
  /** A token was redeemed that had been redeemed before. */
  twice: boolean;
  holder: string | null;
}
const world = spec<World>();

type Client = 'lock' | 'stolen-lock' | 'none' | 'guard';
type Server = 'single-use' | 'parent-of-active';

/** What the server answers to a token: the next token, or null and the end of the session. */
function redeem(state: World, token: number, server: Server): number | null {
  if (state.revoked) return null;
  if (token === state.active) {
    state.active += 1;
    return state.active;
  }
  state.twice = true;
  if (server === 'parent-of-active' && token === state.active - 1) return state.active;
  state.revoked = true;
  return null;
}

const refresh = (client: Client, server: Server) =>
  world.flow({
    name: 'refresh',
    vars: (refreshes: number) => ({
      left: refreshes,
      token: null as number | null,
      answer: null as number | null,
    }),
    steps: {
      lock: {
        when: ({ holder }) => !client.endsWith('lock') || holder === null,
        do(state, self) {
          if (client.endsWith('lock')) state.holder = self.pid;
        },
      },
      read(state, self) {
        self.token = state.stored;
        if (self.token === null) return 'unlock';
      },
      fetch(state, self) {
        if (self.token !== null) self.answer = redeem(state, self.token, server);
      },
      save(state, self) {
        const changed = state.stored !== self.token;
        if (self.answer === null) state.stored = null;
        else if (client !== 'guard' || !changed) state.stored = self.answer;
        self.token = null;
        self.answer = null;
      },
      unlock(state, self) {
        if (state.holder === self.pid) state.holder = null;
        self.left -= 1;
        return self.left > 0 ? 'lock' : 'done';
      },
    },
  });

/** PR#2106: another call waited too long, and takes the lock while its holder goes on. */
const steal = world.fault({
  name: 'steal',
  when: ({ holder }) => holder !== null,
  do(state) {
    state.holder = null;
  },
});

const rounds = ['1', '2'] as const;
const twice = 'a token is redeemed twice';
const revoked = 'the session is revoked';
const signedOut = 'the user is signed out';
const stale = 'at rest, the active token is stored';

export const supabaseRefresh = world.scenario({
  name: 'supabase-refresh',
  about: 'Two tabs refresh one session: ann once, bob once or twice.',
  parameters: {
    client: choice(['lock', 'stolen-lock', 'none', 'guard']),
    server: choice(['single-use', 'parent-of-active']),
    refreshes: choice(rounds),
  },
  system: ({ client, server, refreshes }) => {
    const flow = refresh(client, server);
    return {
      init: () => ({ stored: 1, active: 1, revoked: false, twice: false, holder: null }),
      processes: { ann: flow.start(1), bob: flow.start(Number(refreshes)) },
      faults: client === 'stolen-lock' ? [steal] : [],
      properties: [
        world.never(twice, (state) => state.twice),
        world.never(revoked, (state) => state.revoked),
        world.never(signedOut, ({ stored }) => stored === null),
        world.always(
          stale,
          world.implies(
            (_state, processes) => ['ann', 'bob'].every((tab) => processes[tab]?.at === 'done'),
            (state) => state.revoked || state.stored === state.active,
          ),
        ),
      ],
    };
  },
  expect: [
    ...rounds.flatMap((refreshes) => [
      ...(['single-use', 'parent-of-active'] as const).map((server) => ({
        given: { client: 'lock', server, refreshes } as const,
        reason:
          'auth-js PR#757: a tab reads the token under the lock, after the other one saved it',
      })),
      {
        given: { client: 'stolen-lock', server: 'single-use', refreshes } as const,
        violates: { [twice]: 7, [revoked]: 7, [signedOut]: 8 },
        reason: 'supabase-js PR#2106: with a stolen lock, two tabs redeem one token',
      },
      ...(['none', 'guard'] as const).map((client) => ({
        given: { client, server: 'single-use', refreshes } as const,
        violates: { [twice]: 6, [revoked]: 6, [signedOut]: 7 },
        reason: 'auth-js#213: two tabs redeem one token; a guard at the write comes too late',
      })),
    ]),
    ...(['stolen-lock', 'none', 'guard'] as const).map((client) => ({
      given: { client, server: 'parent-of-active', refreshes: '1' } as const,
      violates: client === 'stolen-lock' ? { [twice]: 7 } : { [twice]: 6 },
      reason:
        'supabase/auth PR#1278: the parent of the active token is answered with the active one',
    })),
    {
      given: { client: 'stolen-lock', server: 'parent-of-active', refreshes: '2' },
      violates: { [twice]: 7, [revoked]: 12, [signedOut]: 13, [stale]: 16 },
      reason: 'found by this model: a stolen lock, and then as without a lock',
    },
    {
      given: { client: 'none', server: 'parent-of-active', refreshes: '2' },
      violates: { [twice]: 6, [revoked]: 11, [signedOut]: 12, [stale]: 15 },
      reason: 'found by this model: a token that is two behind is no parent of the active one',
    },
    {
      given: { client: 'guard', server: 'parent-of-active', refreshes: '2' },
      violates: { [twice]: 6, [revoked]: 11, [signedOut]: 12 },
      reason: 'found by this model: the guard of PR#2392 acts after the token was redeemed',
    },
  ],
});
