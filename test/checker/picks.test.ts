import { describe, expect, test } from 'vitest';
import { check, replay, SpecError, spec } from '../../src/index.ts';
import type { Pick } from '../../src/spec/pick.ts';

interface State {
  /** The pick, as JSON; NaN and the like by their names. */
  got: string;
  accounts: Record<string, { readonly owner: string; sum: number }>;
}

const s = spec<State>();

/** A process that takes one step, which puts its pick into the state. */
const drawing = (draw: (pick: Pick, state: State) => unknown) =>
  s.scenario({
    name: 'drawing',
    about: '',
    system: () => ({
      init: () => ({
        got: '',
        accounts: { a: { owner: 'ann', sum: 1 }, b: { owner: 'bob', sum: 2 } },
      }),
      processes: {
        p: s
          .flow({
            name: 'draw',
            steps: {
              go(state, _self, pick) {
                state.got = JSON.stringify(draw(pick, state));
              },
            },
          })
          .start(),
      },
      properties: [
        s.step('a property about steps sees all picks', (_before, { picks }, after) => {
          const values: unknown = JSON.parse(after.got);
          return !Array.isArray(values) || Object.values(picks).length === values.length;
        }),
      ],
    }),
  });

/** From the words of the first steps to what each put into the state. */
function drawn(scenario: ReturnType<typeof drawing>): { readonly [word: string]: unknown } {
  let enabled: readonly string[] = [];
  try {
    replay(scenario, ['']);
  } catch (error) {
    enabled = (error as { enabled: readonly string[] }).enabled;
  }
  const got = enabled.map((word) => replay(scenario, [word]).steps[0]?.state.state['got']);
  return Object.fromEntries(enabled.map((word, i) => [word, JSON.parse(String(got[i]))]));
}

function complaint(draw: (pick: Pick, state: State) => unknown): string {
  try {
    check(drawing(draw));
  } catch (error) {
    if (error instanceof SpecError) return `${error.what}\n${error.mend}`;
    throw error;
  }
  throw new Error('the system was not refused');
}

describe('picks of one name in one step', () => {
  test('picks of one name in one step are all kept, the second as name#2', () => {
    const scenario = drawing((pick) => ['a', 'b'].map(() => pick('v', [1, 2])));
    expect(drawn(scenario)).toEqual({
      'p.go[v=1,v#2=1]': [1, 1],
      'p.go[v=1,v#2=2]': [1, 2],
      'p.go[v=2,v#2=1]': [2, 1],
      'p.go[v=2,v#2=2]': [2, 2],
    });
    expect(check(scenario).verdict).toBe('holds');
    expect(replay(scenario, ['p.go[v=2,v#2=1]']).steps[0]?.picks).toEqual({ v: 2, 'v#2': 1 });
  });

  test('picks of one name in one step are refused where another pick has the name of the second', () => {
    const both = "pick 2 of the name 'v' and pick 1 of the name 'v#2' are both called 'v#2'";
    expect(complaint((pick) => ['v', 'v#2', 'v'].map((name) => pick(name, [1])))).toMatch(both);
    expect(complaint((pick) => ['v', 'v', 'v#2'].map((name) => pick(name, [1])))).toMatch(
      "pick 1 of the name 'v#2' and pick 1 of the name 'v' are both called 'v#2'",
    );
  });
});

test('options that only look alike have different schedule entries', () => {
  const options = [1, '1', true, 'true', null, 'null', 'NaN', '', ' ', '-0', 0, 'a,v=1', 'h1'];
  expect(drawn(drawing((pick) => pick('v', options)))).toMatchInlineSnapshot(`
    {
      "p.go[v=" "]": " ",
      "p.go[v=""]": "",
      "p.go[v="-0"]": "-0",
      "p.go[v="1"]": "1",
      "p.go[v="a,v=1"]": "a,v=1",
      "p.go[v="null"]": "null",
      "p.go[v="true"]": "true",
      "p.go[v=0]": 0,
      "p.go[v=1]": 1,
      "p.go[v=NaN]": "NaN",
      "p.go[v=h1]": "h1",
      "p.go[v=null]": null,
      "p.go[v=true]": true,
    }
  `);
});

test('options that are given twice are one option', () => {
  expect(drawn(drawing((pick) => pick('v', [1, 2, 1])))).toEqual({
    'p.go[v=1]': 1,
    'p.go[v=2]': 2,
  });
});

test('options may be records and arrays, which schedule entries have as JSON', () => {
  const options = [{ size: 1, name: 'a b' }, [1, '1'], [], 'h1'];
  expect(drawn(drawing((pick) => pick('v', options)))).toEqual({
    'p.go[v={"name":"a b","size":1}]': options[0],
    'p.go[v=[1,"1"]]': options[1],
    'p.go[v=[]]': [],
    'p.go[v=h1]': 'h1',
  });
});

test('options that are entries of a table are these entries, so a step can change the picked one', () => {
  const scenario = drawing((pick, state) => {
    const account = pick('account', Object.values(state.accounts));
    account.sum += 10;
    return [account.owner];
  });
  const trace = replay(scenario, ['p.go[account={"owner":"bob","sum":2}]']);
  expect(trace.steps[0]?.state.state['accounts']).toEqual({
    a: { owner: 'ann', sum: 1 },
    b: { owner: 'bob', sum: 12 },
  });
  expect(trace.steps[0]?.picks).toEqual({ account: { owner: 'bob', sum: 2 } });
  expect(check(scenario).verdict).toBe('holds');
});

test('different options with the same text are refused', () => {
  expect(complaint((pick) => pick('v', [{ n: 1 }, 'x', { n: 1 }]))).toMatchInlineSnapshot(`
    "options 1 and 3 of the pick 'v' are different and are both written {"n":1}
    Pick an id and look the record up, or leave one out."
  `);
  expect(complaint((pick) => pick('v', [0, -0]))).toMatch('are both written 0');
});

test.for<[string, unknown]>([
  ['the number NaN', Number.NaN],
  ['the number Infinity', Number.POSITIVE_INFINITY],
  ['undefined', undefined],
  ['a bigint', 1n],
  ['a Date', new Date(0)],
  ['a symbol', Symbol('x')],
])('options that are no plain data are refused with their type: %s', ([what, option]) => {
  // A file that is not type-checked may hold values that the types forbid.
  expect(complaint((pick) => pick('v', [1, option as number]))).toBe(
    `option 2 of the pick 'v' was given ${what}\nAn option is plain data, so that a schedule entry can say it: a string, a finite number, a boolean, null, or an array or record of these.`,
  );
});

test('options that are no array are refused, and so are names that JavaScript uses', () => {
  expect(complaint((pick) => pick('v', 'abc' as unknown as string[]))).toMatch(
    "the pick 'v' was given 'abc', which is no array of options",
  );
  expect(complaint((pick) => pick('__proto__', [1]))).toMatch("cannot have the name '__proto__'");
  expect(complaint((pick) => pick(1 as unknown as string, [1]))).toMatch('cannot have the name 1');
});

test('a run does not look at all of very many options', () => {
  const many = 2_000;
  let looks = 0;
  const options = new Proxy(
    Array.from({ length: many }, (_, i) => i),
    {
      get(target, key) {
        looks += 1;
        return Reflect.get(target, key);
      },
    },
  );
  expect(check(drawing((pick) => pick('v', options))).states).toBe(many + 1);
  expect(looks).toBeLessThan(100 * many);
});

test('a step with fewer options in its next run is impure', () => {
  let runs = 0;
  const fewer = complaint((pick) => {
    const first = pick('v', [1]);
    runs += 1;
    return runs === 1 ? [first, pick('w', [1, 2])] : first;
  });
  expect(fewer).toMatch("it asked for 'w' in one run and for nothing in the next");
});

test('a pick with the name of another part of a step hides nothing of it', () => {
  const scenario = drawing((pick) => ['actor', 'label', 'picks'].map((name) => pick(name, [7])));
  const step = replay(scenario, ['p.go[actor=7,label=7,picks=7]']).steps[0];
  expect(step).toMatchObject({ actor: 'p', label: 'go', picks: { actor: 7, label: 7, picks: 7 } });
  expect(check(scenario).verdict).toBe('holds');
});
