/**
 * Traps of the search itself: going on, stopping, doing it again, long chains, ends. See
 * traps.test.ts.
 */
import { describe, expect, test } from 'vitest';
import {
  check,
  ReplayError,
  type Result,
  replay,
  Search,
  type System,
  spec,
  weaklyFair,
} from '../../src/index.ts';
import { hanoi } from '../oracles/hanoi.ts';
import { philosophers } from '../oracles/philosophers.ts';
import { twoPhaseCommit } from '../oracles/two-phase-commit.ts';
import { answers, arrows, drawing, drawn } from './drawn.ts';

const orders = ['breadth_first', 'depth_first'] as const;
const is =
  (value: number) =>
  ({ x }: { readonly x: number }) =>
    x === value;

interface Commit {
  readonly rms: { [name: string]: string };
}
const commit = spec<Commit>();
const decided = ({ rms }: { readonly rms: Readonly<Record<string, string>> }) =>
  Object.values(rms).every((state) => state === 'committed' || state === 'aborted');
const haveCommitted = ({ rms }: { readonly rms: Readonly<Record<string, string>> }) =>
  Object.values(rms).every((state) => state === 'committed');

/** Two-phase commit with questions about what comes to be. */
const live = commit.scenario({
  name: 'live-two-phase-commit',
  about: 'Two-phase commit with three resource managers, in which something goes on happening.',
  system: () => {
    // Its state has more fields than Commit says, of which nothing here makes use.
    const given = twoPhaseCommit.system({ rms: 3 }) as unknown as System<Commit>;
    return {
      ...given,
      properties: [
        commit.eventually('all have decided', decided),
        commit.eventuallyAlways('all have decided for good', decided),
        commit.reachable('all have committed', haveCommitted),
        commit.eventually('all commit', haveCommitted),
      ],
      fairness: weaklyFair('anything'),
    };
  },
});

describe('a search that is done in pieces or again', () => {
  test.each(orders)('S33: asked after every state it comes to the same end, %s', (order) => {
    const whole = check(live, { order });
    const pieces = new Search(live, { order });
    let answered = 0;
    while (!pieces.advance(1)) {
      const { complete, stopReason, properties } = pieces.result();
      expect({ complete, stopReason }).toEqual({ complete: false, stopReason: 'interrupted' });
      for (const [i, { kind, verdict }] of properties.entries()) {
        if (kind === 'reachable' || verdict === 'undecided') continue;
        // A lasso in what was visited so far decides at once (S46); nothing holds before the end.
        expect([verdict, whole.properties[i]?.verdict]).toEqual(['violated', 'violated']);
      }
      answered += 1;
    }
    expect(answered).toBe(whole.states);
    expect(withoutCost(pieces.result())).toEqual(withoutCost(whole));
    expect(whole.properties.map(({ verdict }) => verdict)).toEqual([
      'holds',
      'holds',
      'holds',
      'violated',
      'holds',
    ]);
  });

  test.each(orders)('S36: twenty searches are the same search, %s', (order) => {
    for (const scenario of [live, philosophers]) {
      const first = check(scenario, { order });
      for (let run = 1; run < 20; run++) expect(check(scenario, { order })).toEqual(first);
    }
  });
});

describe('a search that has found something', () => {
  const model = drawn({
    actions: [arrows('next', [0, 1], [1, 2], [2, 3], [3, 4])],
    properties: [
      drawing.never('one', is(1)),
      drawing.never('four', is(4)),
      drawing.never('five', is(5)),
      drawing.reachable('three', is(3)),
      drawing.reachable('six', is(6)),
      drawing.step('never down', ({ x }, _, after) => after.x >= x),
      drawing.eventually('four at last', is(4)),
    ],
    fairness: weaklyFair('anything'),
  });

  test.each(orders)('S23: goes on, and its verdict stays violated, %s', (order) => {
    const { verdict, complete, states, properties } = check(model, { order });
    expect({ verdict, complete, states }).toEqual({
      verdict: 'violated',
      complete: true,
      states: 5,
    });
    expect(
      properties.filter((each) => each.verdict === 'violated').map(({ name }) => name),
    ).toEqual(['one', 'four', 'six']);
  });

  test('S37: judges every other property to the end', () => {
    expect(answers(model)).toEqual([
      'violated: 0 1 stops',
      'violated: 0 1 2 3 4 stops',
      'holds',
      'holds',
      'violated: no trace',
      'holds',
      'holds',
    ]);
  });
});

describe('an end', () => {
  const standing = (isProcess: boolean) => {
    const stand = drawing.flow({
      name: 'stand',
      steps: {
        still() {
          return 'still';
        },
      },
    });
    return drawing.scenario({
      name: 'standing',
      about: 'A state whose only successor is itself.',
      system: () => ({
        init: () => ({ x: 0 }),
        ...(isProcess
          ? { processes: { p: stand.start() } }
          : { actions: [arrows('still', [0, 0])] }),
      }),
    });
  };

  test.each([true, false])(
    'S35: is where nothing changes only if it is asked for so',
    (isProcess) => {
      const verdictWhen = (deadlock: 'stuck' | 'stuttering') =>
        check(standing(isProcess), { deadlock }).properties.at(-1)?.verdict;
      expect([verdictWhen('stuck'), verdictWhen('stuttering')]).toEqual(['holds', 'violated']);
      expect(check(standing(isProcess)).properties.at(-1)?.verdict).toBe('holds');
    },
  );

  test.each(orders)(
    'S35: two-phase commit has 28 states that lead only to themselves, %s',
    (order) => {
      const { ledger, properties } = check(twoPhaseCommit, { order });
      expect(ledger.ends).toEqual({ stuck: 0, onlySelfLoops: 28 });
      expect(properties.at(-1)?.verdict).toBe('holds');
      const strict = check(twoPhaseCommit, { order, deadlock: 'stuttering' });
      expect(strict.properties.at(-1)?.verdict).toBe('violated');
    },
  );
});

describe('a net', () => {
  interface Net {
    readonly inFlight: { [message: string]: number };
    received: number;
  }
  const net = spec<Net>();
  /** How many messages are under way after one is delivered or dropped. */
  const left = {
    once: { deliver: (count: number) => count - 1, drop: (count: number) => count - 1 },
    'any number of times': { deliver: (count: number) => count, drop: () => 0 },
  };
  const carrying = (delivers: keyof typeof left) =>
    net.scenario({
      name: 'net',
      about: 'Two identical messages in an unordered net.',
      system: () => ({
        init: () => ({ inFlight: { ping: 2 }, received: 0 }),
        actions: (['deliver', 'drop'] as const).map((name) =>
          net.action({
            name,
            when: ({ inFlight, received }) => inFlight['ping'] !== 0 && received < 3,
            do: (state) => {
              state.inFlight['ping'] = left[delivers][name](state.inFlight['ping'] ?? 0);
              state.received += name === 'deliver' ? 1 : 0;
            },
          }),
        ),
        final: 'anywhere',
      }),
    });
  const outcome = (delivers: keyof typeof left, words: readonly string[]) => {
    try {
      return replay(carrying(delivers), words).words.join(' ');
    } catch (error) {
      if (error instanceof ReplayError) return `step ${error.step} is refused`;
      throw error;
    }
  };

  test('S31: two equal messages are two, unless the net makes as many as it likes', () => {
    expect([
      outcome('once', ['deliver', 'deliver']),
      outcome('once', ['deliver', 'deliver', 'deliver']),
      outcome('once', ['drop', 'deliver']),
      outcome('any number of times', ['deliver', 'deliver', 'deliver']),
      outcome('any number of times', ['drop', 'deliver']),
    ]).toEqual([
      'deliver deliver',
      'step 3 is refused',
      'drop deliver',
      'deliver deliver deliver',
      'step 2 is refused',
    ]);
  });
});

describe('a long chain', () => {
  const counter = (most: number, isRing: boolean) =>
    drawing.scenario({
      name: 'counter',
      about: 'A number that goes up to a bound, and back to 0 if it is a ring.',
      system: () => ({
        init: () => ({ x: 0 }),
        actions: [
          drawing.action({
            name: 'count',
            when: ({ x }) => isRing || x < most,
            do: (place) => {
              place.x = place.x === most ? 0 : place.x + 1;
            },
          }),
        ],
        properties: [
          drawing.eventually('it arrives', is(most)),
          drawing.eventuallyAlways('it stays', is(most)),
        ],
        fairness: weaklyFair('anything'),
        final: 'anywhere',
      }),
    });
  const facts = ({ states, levels, properties }: Result) => ({
    states,
    levels,
    verdicts: properties.map(({ verdict }) => verdict),
  });

  test.each(orders)('S38: of a million steps is searched and cut into components, %s', (order) => {
    const figures = { states: 1_000_001, levels: 1_000_001 };
    const chain = check(counter(1_000_000, false), { order });
    expect(facts(chain)).toEqual({ ...figures, verdicts: ['holds', 'holds'] });
  });

  test.each(orders)('S38: of a hundred thousand steps is a counterexample, %s', (order) => {
    const { properties } = check(counter(100_000, true), { order });
    expect(properties.map(({ verdict }) => verdict)).toEqual(['holds', 'violated']);
    const { steps = [], loopsTo } = properties[1]?.trace ?? {};
    expect([steps.length, loopsTo, steps.at(-1)?.state.state]).toEqual([100_001, 0, { x: 0 }]);
  });

  test('S38: of two hundred thousand steps is gone along for what a shorter loop lacks', () => {
    const most = 200_000;
    const ring = drawing.action({
      name: 'on',
      do: (place) => {
        place.x = (place.x + 1) % most;
      },
    });
    const scenario = drawn({
      actions: [arrows('back', [1, 0]), ring],
      properties: [drawing.eventuallyAlways('never the last', ({ x }) => x !== most - 1)],
      fairness: weaklyFair('anything'),
    });
    const { trace } = check(scenario).properties[0] ?? {};
    expect([trace?.loopsTo, trace?.steps.length]).toEqual([0, most]);
  });

  test.each(orders)(
    'S38: the tower of twelve discs is solved in 4,095 moves and for ever, %s',
    (order) => {
      interface Tower {
        readonly discs: { [name: string]: string };
      }
      const tower = spec<Tower>();
      const names = Array.from({ length: 12 }, (_, i) => `disc${12 - i}`);
      const isSolved = ({ discs }: { readonly discs: Readonly<Record<string, string>> }) =>
        names.every((name) => discs[name] === 'c');
      const live = tower.scenario({
        name: 'live-hanoi',
        about: 'The tower of Hanoi, asked whether it is ever solved for good.',
        system: () => {
          const given = hanoi.system({ discs: 12 }) as unknown as System<Tower>;
          return {
            ...given,
            properties: [
              tower.never('it is solved', isSolved),
              tower.eventuallyAlways('it is solved for good', isSolved),
              tower.infinitelyOften('a disc moves', { step: () => true }),
            ],
            fairness: weaklyFair('anything'),
          };
        },
      });
      const { states, levels, properties } = check(live, { order });
      expect({ states, levels }).toEqual({ states: 3 ** 12, levels: 4_096 });
      expect(properties.map(({ verdict }) => verdict)).toEqual([
        'violated',
        'violated',
        'holds',
        'holds',
      ]);
      const solution = properties[0]?.trace;
      if (order === 'breadth_first') expect(solution?.steps.length).toBe(4_095);
      expect(solution?.steps.at(-1)?.state.state['discs']).toEqual(
        Object.fromEntries(names.map((name) => [name, 'c'])),
      );
    },
  );
});

/**
 * What a search costs depends on how it is interrupted: an answer in between evaluates once more.
 */
function withoutCost({ cost: _, ...rest }: Result) {
  return rest;
}
