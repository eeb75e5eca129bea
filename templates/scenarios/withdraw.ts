import { choice, spec } from 'racewright';

interface Bank {
  balance: number;
  locks: { account: string | null };
}
const bank = spec<Bank>();

const withdraw = (locked: boolean) =>
  bank.flow({
    name: 'withdraw',
    vars: () => ({ seen: 0 }),
    steps: {
      lock: {
        when: (state) => !locked || state.locks.account === null,
        do: (state, self) => {
          if (locked) state.locks.account = self.pid;
        },
      },
      read(state, self) {
        self.seen = state.balance;
      },
      withdraw(state, self) {
        if (self.seen >= 1) state.balance -= 1;
      },
      unlock(state) {
        state.locks.account = null;
      },
    },
  });

export const withdrawals = bank.scenario({
  name: 'withdrawals',
  about: 'Two clerks withdraw the last coin.',
  parameters: { lock: choice(['no', 'yes']) },
  system: ({ lock }) => {
    const flow = withdraw(lock === 'yes');
    return {
      init: () => ({ balance: 1, locks: { account: null } }),
      processes: { ann: flow.start(), bob: flow.start() },
      properties: [bank.always('the account is never overdrawn', (state) => state.balance >= 0)],
    };
  },
  expect: [
    { given: { lock: 'no' }, violates: { 'the account is never overdrawn': 6 } },
    { given: { lock: 'yes' } },
  ],
});
