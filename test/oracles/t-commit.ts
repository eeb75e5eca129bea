/**
 * Atomic commit, what two-phase commit implements: TCommit of the TLA+ examples (Gray and Lamport).
 * Source of the counts: an independent explorer, and TLC for three resource managers.
 */
import { range, spec } from 'racewright';

interface Decisions {
  readonly rms: { [name: string]: 'working' | 'prepared' | 'committed' | 'aborted' };
}

const decisions = spec<Decisions>();

export const atomicCommit = decisions.scenario({
  name: 't-commit',
  about:
    'Resource managers decide together, seeing one another: the specification of atomic commit.',
  parameters: { rms: range(1, 8, { default: 3, about: 'number of resource managers' }) },
  system: ({ rms }) => {
    const names = Array.from({ length: rms }, (_, i) => `rm${i + 1}`);
    const all = (outcome: 'committed' | 'aborted') => (state: Decisions) =>
      names.every((name) => state.rms[name] === outcome);
    return {
      init: () => ({ rms: Object.fromEntries(names.map((name) => [name, 'working' as const])) }),
      actions: names.flatMap((name) => [
        decisions.action({
          actor: name,
          name: 'prepare',
          when: (state) => state.rms[name] === 'working',
          do: (state) => {
            state.rms[name] = 'prepared';
          },
        }),
        decisions.action({
          actor: name,
          name: 'commit',
          when: (state) =>
            state.rms[name] === 'prepared' &&
            names.every((other) => ['prepared', 'committed'].includes(state.rms[other] ?? '')),
          do: (state) => {
            state.rms[name] = 'committed';
          },
        }),
        decisions.action({
          actor: name,
          name: 'abort',
          when: (state) =>
            ['working', 'prepared'].includes(state.rms[name] ?? '') &&
            names.every((other) => state.rms[other] !== 'committed'),
          do: (state) => {
            state.rms[name] = 'aborted';
          },
        }),
      ]),
      properties: [
        decisions.always(
          'a committed resource manager is never met by an aborted one',
          decisions.every(
            'rms',
            (rm, _name, state) =>
              rm !== 'committed' || names.every((other) => state.rms[other] !== 'aborted'),
          ),
        ),
      ],
      final: (state) => all('committed')(state) || all('aborted')(state),
    };
  },
  expect: (
    [
      [1, 4, 5],
      [2, 12, 23],
      [3, 34, 94],
      [4, 96, 357],
      [5, 274, 1_296],
      [8, 6_816, 53_513],
    ] as const
  ).map(([count, states, generated]) => ({
    given: { rms: count },
    states,
    generated,
    levels: 2 * count + 1,
    reason: 'an independent explorer; TLC for three',
  })),
});
