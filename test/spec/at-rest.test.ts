import { describe, expect, test } from 'vitest';
import { allDone, atRest, check, DEADLOCK, spec } from '../../src/index.ts';

interface Post {
  down: boolean;
  sent: number;
}

const post = spec<Post>();

const letter = post.flow({
  name: 'letter',
  steps: {
    send(state) {
      state.sent += 1;
    },
    deliver: { when: ({ down }) => !down, do() {} },
  },
});

/** Nothing is under way but letters for an office that is down. */
const isQuiet = atRest<{ readonly down: boolean }>(({ at }, { down }) => down && at === 'deliver');

const office = (down: boolean, final?: typeof isQuiet) =>
  post.scenario({
    name: 'office',
    about: 'Two letters for an office that may be down.',
    system: () => ({
      init: () => ({ down, sent: 0 }),
      processes: { one: letter.start(), two: letter.start() },
      properties: [
        post.always(
          'when all is done both were sent',
          post.given(allDone, ({ sent }) => sent === 2),
        ),
        post.always(
          'at rest both were sent',
          post.given(isQuiet, ({ sent }) => sent === 2),
        ),
        post.never('in a body', (state, processes) => isQuiet(state, processes) && state.sent < 2),
      ],
      ...(final === undefined ? {} : { final }),
    }),
  });

const facts = (scenario: ReturnType<typeof office>) => {
  const { properties, ledger } = check(scenario);
  return {
    verdicts: properties.map(({ verdict }) => verdict),
    vacuous: ledger.vacuous.map(({ property }) => property),
  };
};

describe('what is asked of processes that are done', () => {
  test('questions about finished processes are premises and bodies of properties, and are true of no state before the end', () => {
    expect(facts(office(false))).toEqual({
      verdicts: ['holds', 'holds', 'holds', 'holds'],
      vacuous: [],
    });
  });

  test('atRest leaves out the processes that a system excepts, and no others', () => {
    const vacuous = ['when all is done both were sent'];
    expect(facts(office(true))).toEqual({
      verdicts: ['holds', 'holds', 'holds', 'violated'],
      vacuous,
    });
    expect(facts(office(true, isQuiet))).toEqual({
      verdicts: ['holds', 'holds', 'holds', 'holds'],
      vacuous,
    });
    expect(check(office(true, isQuiet)).properties.at(-1)?.name).toBe(DEADLOCK);
  });

  test('allDone is true where there is no process', () => {
    expect([allDone({}, {}), isQuiet({ down: false }, {})]).toEqual([true, true]);
  });
});
