import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Property, Search, spec } from '../../src/index.ts';

interface Counters {
  readonly t: { [id: string]: number };
}

const ids = [...'abcde'];
const model = spec<Counters>();

/** What an entry has, and what another entry has at the same time. */
interface Pair {
  readonly is: number;
  readonly other: number;
  readonly has: number;
}

const pair = fc.record({
  is: fc.nat({ max: 2 }),
  other: fc.nat({ max: ids.length - 1 }),
  has: fc.nat({ max: 2 }),
});
const form = fc.record({
  kind: fc.constantFrom('every' as const, 'some' as const, 'count' as const),
  first: pair,
  second: pair,
  bound: fc.nat({ max: 4 }),
  negated: fc.boolean(),
});

function propertyOf(
  { kind, first, second, bound, negated }: typeof form extends fc.Arbitrary<infer F> ? F : never,
  i: number,
): Property<Counters> {
  const meets = (value: number, { t }: Counters, { is, other, has }: Pair) =>
    value === is && t[ids[other] as string] === has;
  const each = (value: number, _id: string, state: Counters) =>
    meets(value, state, first) || meets(value, state, second);
  const body =
    kind === 'every'
      ? model.every('t', (value, id, state) => !each(value, id, state))
      : kind === 'some'
        ? model.some('t', each)
        : model.count('t', { atLeast: bound }, each);
  return model[kind === 'every' || negated ? 'never' : 'reachable'](
    `${i}`,
    kind === 'every' ? model.not(body) : body,
  );
}

/** Counters that appear, rise to 2 and, some of them, go again. */
function scenarioOf(properties: readonly Property<Counters>[], going: readonly string[]) {
  return model.scenario({
    name: 'counters',
    about: 'Counters rise by themselves.',
    system: () => ({
      init: () => ({ t: { a: 0, b: 0 } }),
      actions: ids.flatMap((id) => [
        model.action({
          actor: id,
          name: 'rise',
          when: ({ t }) => (t[id] ?? -1) < 2,
          do: ({ t }) => {
            t[id] = (t[id] ?? -1) + 1;
          },
        }),
        model.action({
          actor: id,
          name: 'go',
          when: ({ t }) => going.includes(id) && t[id] === 2,
          do: ({ t }) => {
            delete t[id];
          },
        }),
      ]),
      final: 'anywhere',
      properties,
    }),
  });
}

test('the kernel judges states as JavaScript does, also where a property fails late', () => {
  const seen = { judged: 0, states: 0 };
  fc.assert(
    fc.property(
      fc.array(form, { minLength: 1, maxLength: 4 }),
      fc.subarray(ids),
      (forms, going) => {
        const scenario = scenarioOf(forms.map(propertyOf), going);
        const known = new Search(scenario, { kernel: 'off', selfCheck: 0 }).run();
        const search = new Search(scenario, {
          kernel: { from: 0, runMin: 0, judgesAfter: 1 },
          selfCheck: 0,
        }).run();
        const { ledger: _, cost: __, ...result } = search.result();
        const { ledger: ___, cost: ____, ...expected } = known.result();
        expect(result).toEqual(expected);
        seen.states += search.underWay.counters.kernel.states;
        seen.judged += search.underWay.counters.kernel.judged;
      },
    ),
    { numRuns: 100 },
  );
  expect(seen.judged).toBeLessThan(seen.states / 2);
});
