/**
 * Two-phase commit for the cost of liveness: the same model is asked for safety only, or also
 * whether every resource manager decides, with each step of each actor weakly fair.
 */
import { choice, type Property, range, spec, weaklyFair } from 'racewright';

interface Commit {
  readonly rms: { [name: string]: 'working' | 'prepared' | 'committed' | 'aborted' };
  tm: 'init' | 'committed' | 'aborted';
  readonly tmPrepared: { [name: string]: boolean };
  readonly messages: { [name: string]: 'sent' };
}

const commit = spec<Commit>();

function actionsOf(names: readonly string[]) {
  const tm = [
    commit.action({
      actor: 'tm',
      name: 'commit',
      when: ({ tm, tmPrepared }) => tm === 'init' && names.every((name) => tmPrepared[name]),
      do: (state) => {
        state.tm = 'committed';
        state.messages['commit'] = 'sent';
      },
    }),
    commit.action({
      actor: 'tm',
      name: 'abort',
      when: ({ tm }) => tm === 'init',
      do: (state) => {
        state.tm = 'aborted';
        state.messages['abort'] = 'sent';
      },
    }),
  ];
  const rms = names.flatMap((name) => [
    commit.action({
      actor: 'tm',
      name: `receive_prepared_${name}`,
      when: ({ tm, messages }) => tm === 'init' && messages[`prepared_${name}`] === 'sent',
      do: (state) => {
        state.tmPrepared[name] = true;
      },
    }),
    commit.action({
      actor: name,
      name: 'prepare',
      when: (state) => state.rms[name] === 'working',
      do: (state) => {
        state.rms[name] = 'prepared';
        state.messages[`prepared_${name}`] = 'sent';
      },
    }),
    commit.action({
      actor: name,
      name: 'choose_to_abort',
      when: (state) => state.rms[name] === 'working',
      do: (state) => {
        state.rms[name] = 'aborted';
      },
    }),
    ...(['commit', 'abort'] as const).map((message) =>
      commit.action({
        actor: name,
        name: `receive_${message}`,
        when: ({ messages }) => messages[message] === 'sent',
        do: (state) => {
          state.rms[name] = message === 'commit' ? 'committed' : 'aborted';
        },
      }),
    ),
  ]);
  return [...tm, ...rms];
}

export const liveTwoPhaseCommit = commit.scenario({
  name: 'live-two-phase-commit',
  about: 'What does it cost to ask whether every resource manager decides?',
  parameters: { rms: range(1, 8, { default: 7 }), ask: choice(['safety', 'liveness']) },
  system: ({ rms, ask }) => {
    const names = Array.from({ length: rms }, (_, i) => `rm${i + 1}`);
    const each = <T>(value: T) => Object.fromEntries(names.map((name) => [name, value]));
    const actions = actionsOf(names);
    const isDecided = (rm: string | undefined) => rm === 'committed' || rm === 'aborted';
    const safety: Property<Commit>[] = [
      commit.always(
        'a committed resource manager is never met by an aborted one',
        commit.every(
          'rms',
          (rm, _name, state) =>
            rm !== 'committed' || names.every((other) => state.rms[other] !== 'aborted'),
        ),
      ),
    ];
    const liveness = commit.eventually('every resource manager decides', (state) =>
      names.every((name) => isDecided(state.rms[name])),
    );
    return {
      init: () => ({
        rms: each('working' as const),
        tm: 'init',
        tmPrepared: each(false),
        messages: {},
      }),
      actions,
      fairness: weaklyFair(...actions),
      properties: ask === 'liveness' ? [...safety, liveness] : safety,
      final: 'anywhere',
    };
  },
});
