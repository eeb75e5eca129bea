/**
 * Two-phase commit after Gray and Lamport, state for state the graph of the TLA+ example TwoPhase:
 * the transaction manager may abort spontaneously, there is no request to prepare, messages are a
 * set and are never removed. Source of the counts: TLC, Stateright and SPIN agree, and the manifest
 * of the TLA+ examples.
 */
import { type Action, range, spec } from 'racewright';

interface Commit {
  readonly rms: { [name: string]: 'working' | 'prepared' | 'committed' | 'aborted' };
  tm: 'init' | 'committed' | 'aborted';
  /** From which resource managers the transaction manager has received 'prepared'. */
  readonly tmPrepared: { [name: string]: boolean };
  /** A message that was sent is there for ever. */
  readonly messages: { [name: string]: 'sent' };
}

const commit = spec<Commit>();

/** The transaction manager decides, and receives what the resource managers have sent. */
function transactionManager(names: readonly string[]): readonly Action<Commit>[] {
  return [
    commit.action({
      actor: 'tm',
      name: 'decide',
      when: (state) => state.tm === 'init',
      do: (state, pick) => {
        const mayCommit = names.every((name) => state.tmPrepared[name]);
        const decision = pick('decision', mayCommit ? ['committed', 'aborted'] : ['aborted']);
        state.tm = decision;
        state.messages[decision] = 'sent';
      },
    }),
    ...names.map((name) =>
      commit.action({
        actor: 'tm',
        name: `receive_prepared_${name}`,
        when: (state) => state.tm === 'init' && state.messages[`prepared_${name}`] === 'sent',
        do: (state) => {
          state.tmPrepared[name] = true;
        },
      }),
    ),
  ];
}

/**
 * A resource manager decides while it works. It may receive an outcome at any time, also when it
 * knows it.
 */
function resourceManager(name: string): readonly Action<Commit>[] {
  return [
    commit.action({
      actor: name,
      name: 'decide',
      when: (state) => state.rms[name] === 'working',
      do: (state, pick) => {
        const decision = pick('decision', ['prepared', 'aborted']);
        state.rms[name] = decision;
        if (decision === 'prepared') state.messages[`prepared_${name}`] = 'sent';
      },
    }),
    commit.action({
      actor: name,
      name: 'receive',
      do: (state, pick) => {
        const sent = (['committed', 'aborted'] as const).filter(
          (outcome) => state.messages[outcome] === 'sent',
        );
        state.rms[name] = pick('outcome', sent);
      },
    }),
  ];
}

const rows = [
  [1, 12, 20],
  [2, 56, 154],
  [3, 288, 1_146],
  [4, 1_568, 8_258],
  [5, 8_832, 58_146],
  [6, 50_816, 402_306],
  [7, 296_448, 2_744_706],
  [8, 1_745_408, 18_507_778],
  [9, 10_340_352, 123_558_402],
] as const;

export const twoPhaseCommit = commit.scenario({
  name: 'two-phase-commit',
  about: 'Gray and Lamport: no resource manager aborts a transaction that another one commits.',
  parameters: { rms: range(1, 20, { default: 3, about: 'number of resource managers' }) },
  system: ({ rms }) => {
    const names = Array.from({ length: rms }, (_, i) => `rm${i + 1}`);
    const each = <T>(value: T) => Object.fromEntries(names.map((name) => [name, value]));
    return {
      symmetry: {
        managers: names.map((name) => [name, `prepared_${name}`, `receive_prepared_${name}`]),
      },
      init: () => ({
        rms: each('working' as const),
        tm: 'init',
        tmPrepared: each(false),
        messages: {},
      }),
      actions: [...transactionManager(names), ...names.flatMap(resourceManager)],
      properties: [
        commit.always(
          'a committed resource manager is never met by an aborted one',
          commit.every(
            'rms',
            (rm, _name, state) =>
              rm !== 'committed' || names.every((other) => state.rms[other] !== 'aborted'),
          ),
        ),
        commit.reachable('all have committed', (state) =>
          names.every((name) => state.rms[name] === 'committed'),
        ),
        commit.reachable('all have aborted', (state) =>
          names.every((name) => state.rms[name] === 'aborted'),
        ),
      ],
    };
  },
  expect: rows.map(([count, states, generated]) => ({
    given: { rms: count },
    states,
    generated,
    levels: 3 * count + 2,
    reason: 'TLC, Stateright, SPIN',
  })),
});
