/**
 * The measured cases. `scenario` is a scenario file without its ending, `given` its parameters,
 * `spin` the same model in Promela with the definitions that make it the same; `memo` lists the
 * settings that the benchmark compares.
 */
const twoPhaseCommit = (rms, quick = false) => ({
  name: `two-phase commit, ${rms} resource managers`,
  scenario: 'test/oracles/two-phase-commit',
  given: { rms },
  spin: { model: 'twophase', define: { N: rms } },
  quick,
});

const attachDetach = (hosts, attachments, lock, quick = false) => ({
  name: `attach/detach ${hosts} x ${attachments}, ${lock === 'mutex' ? 'mutex' : 'no mutex'}`,
  scenario: 'test/oracles/attach-detach',
  given: { hosts, attachments, lock },
  spin: {
    model: 'attach',
    define: { NH: hosts, NA: attachments, LOCKED: lock === 'mutex' ? 1 : 0, INV: 1 },
  },
  quick,
});

const philosophers = (seats, quick = false) => ({
  name: `ordered philosophers, ${seats}`,
  scenario: 'test/oracles/philosophers',
  given: { seats, forks: 'ordered' },
  spin: { model: 'phil', define: { N: seats, ORDERED: 1 } },
  quick,
});

const badForTheMemo = (name, scenario, given, quick = false) => ({
  name: `bad for the memo: ${name}`,
  scenario,
  given,
  memo: ['adaptive', 'off'],
  quick,
});

const flagship = (requests, ask, quick = false) => ({
  name: `flagship, ${requests} requests, ${ask} properties`,
  scenario: 'bench/flagship',
  given: { requests, ask },
  quick,
});

export const cases = [
  twoPhaseCommit(5, true),
  // Here the memo pays most: without it each transition shows what one evaluation costs.
  { ...twoPhaseCommit(6, true), memo: ['adaptive', 'off'] },
  twoPhaseCommit(7),
  twoPhaseCommit(8),
  twoPhaseCommit(9),
  attachDetach(1, 5, 'mutex', true),
  attachDetach(1, 5, 'none', true),
  attachDetach(2, 4, 'mutex'),
  attachDetach(2, 5, 'mutex'),
  attachDetach(1, 6, 'none'),
  attachDetach(2, 5, 'none'),
  philosophers(8, true),
  philosophers(10),
  philosophers(12),
  flagship(3, 'none', true),
  flagship(3, 'all', true),
  flagship(4, 'none'),
  flagship(4, 'all'),
  badForTheMemo('a growing set', 'bench/growing-set', { things: 12 }, true),
  badForTheMemo('a growing set', 'bench/growing-set', { things: 16 }),
  badForTheMemo('two growing logs', 'bench/growing-logs', { lines: 7 }, true),
  badForTheMemo('two growing logs', 'bench/growing-logs', { lines: 9 }),
];
