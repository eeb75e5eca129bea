/**
 * N clients withdraw 1 from an account that holds 1: each reads the balance, then withdraws or
 * refuses. Source of the counts: an independent explorer.
 */
import { range, spec } from 'racewright';

interface Account {
  balance: number;
}

const account = spec<Account>();

const withdraw = account.flow({
  name: 'withdraw',
  vars: () => ({ seen: 0 }),
  steps: {
    read(state, self) {
      self.seen = state.balance;
    },
    withdraw_or_refuse(state, self) {
      if (self.seen >= 1) state.balance -= 1;
      self.seen = 0; // what was read is forgotten: how the balance came about makes no difference
    },
  },
});

const overdraft = 'the account is never overdrawn';

export const checkThenAct = account.scenario({
  name: 'check-then-act',
  about: 'Whoever checks in one step and acts in another acts on what was true once.',
  parameters: { clients: range(2, 3) },
  system: ({ clients }) => ({
    init: () => ({ balance: 1 }),
    processes: Object.fromEntries(
      Array.from({ length: clients }, (_, i) => [`client${i + 1}`, withdraw.start()]),
    ),
    properties: [account.always(overdraft, (state) => state.balance >= 0)],
  }),
  expect: [
    { given: { clients: 2 }, violates: { [overdraft]: 4 }, states: 12, generated: 15, levels: 5 },
    { given: { clients: 3 }, violates: { [overdraft]: 4 }, states: 59, generated: 100, levels: 7 },
  ],
});
