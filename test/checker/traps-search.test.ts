/**
 * Traps of the search itself: going on, stopping, doing it again, ends. See traps.test.ts.
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
import { philosophers } from '../oracles/philosophers.ts';
import { twoPhaseCommit } from '../oracles/two-phase-commit.ts';
import { answers, arrows, drawing, drawn } from './drawn.ts';
import { is, orders } from './orders.ts';

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
  test.each(orders)(
    'S33: a search in pieces, asked after every state, comes to the same end, %s',
    (order) => {
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
    },
  );

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

  test.each(orders)(
    'S23: a search that has found a violation goes on, and its verdict stays violated, %s',
    (order) => {
      const { verdict, complete, states, properties } = check(model, { order });
      expect({ verdict, complete, states }).toEqual({
        verdict: 'violated',
        complete: true,
        states: 5,
      });
      expect(
        properties.filter((each) => each.verdict === 'violated').map(({ name }) => name),
      ).toEqual(['one', 'four', 'six']);
    },
  );

  test('S37: a search that has found a violation judges every other property to the end', () => {
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
    'S35: a state in which nothing changes is an end only if the options say so',
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
  /** The number of messages in flight after one is delivered or dropped. */
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
      return replay(carrying(delivers), words).schedule.join(' ');
    } catch (error) {
      if (error instanceof ReplayError) return `step ${error.step} is refused`;
      throw error;
    }
  };

  test('S31: two equal messages in a net are two, unless the net makes as many as it likes', () => {
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

/** The cost of a search depends on its interruptions: an answer in between evaluates once more. */
function withoutCost({ cost: _, ...rest }: Result) {
  return rest;
}
