/**
 * Peterson's algorithm for two processes: the labels of the TLA+ example `locks_auxiliary_vars`.
 * Source of the counts: the manifest of the TLA+ examples (42 states, 11 levels), and an
 * independent explorer for generated and for the variant in which the turn is given away before the
 * flag is raised.
 */
import { choice, spec } from 'racewright';

interface Peterson {
  readonly flags: { [pid: string]: boolean };
  turn: string;
}

const peterson = spec<Peterson>();

/** What both variants wait for, and what they do after it. */
const rest = {
  a3_await: {
    when: (state: Peterson, self: { readonly other: string; readonly pid: string }) =>
      !state.flags[self.other] || state.turn === self.pid,
    do: () => {},
  },
  critical_section() {},
  a4_unflag(state: Peterson, self: { readonly pid: string }) {
    state.flags[self.pid] = false;
    return 'a0_skip' as const;
  },
};

const flagFirst = peterson.flow({
  name: 'peterson',
  vars: (other: string) => ({ other }),
  steps: {
    a0_skip() {},
    a1_flag(state, self) {
      state.flags[self.pid] = true;
    },
    a2_turn(state, self) {
      state.turn = self.other;
    },
    ...rest,
  },
});

const turnFirst = peterson.flow({
  name: 'peterson',
  vars: (other: string) => ({ other }),
  steps: {
    a0_skip() {},
    a2_turn(state, self) {
      state.turn = self.other;
    },
    a1_flag(state, self) {
      state.flags[self.pid] = true;
    },
    ...rest,
  },
});

export const petersonMutex = peterson.scenario({
  name: 'peterson',
  about:
    'Mutual exclusion from two flags and a turn. The flag must be raised before the turn is given away.',
  parameters: {
    first: choice(['flag', 'turn'], {
      about: 'raise the flag first (correct) or set the turn first',
    }),
  },
  system: ({ first }) => {
    const flow = first === 'flag' ? flagFirst : turnFirst;
    return {
      init: () => ({ flags: { p0: false, p1: false }, turn: 'p0' }),
      processes: { p0: flow.start('p1'), p1: flow.start('p0') },
      properties: [
        peterson.never(
          'both processes are in their critical sections',
          (_state, processes) =>
            processes['p0']?.at === 'critical_section' &&
            processes['p1']?.at === 'critical_section',
        ),
      ],
    };
  },
  expect: [
    { given: { first: 'flag' }, states: 42, generated: 77, levels: 11, reason: 'TLA+ examples' },
    {
      given: { first: 'turn' },
      violates: { 'both processes are in their critical sections': 8 },
      states: 72,
      generated: 139,
      levels: 13,
      reason: 'an independent explorer',
    },
  ],
});
