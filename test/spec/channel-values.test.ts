import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Bag, Search, spec } from '../../src/index.ts';

interface Letter {
  inner: { list: number[] };
  n: number;
}

interface Desk {
  draft: Letter;
  list: Letter[];
  bag: Bag<Letter>;
  isWritten: boolean;
  read: Letter | null;
}

const desk = spec<Desk>();

/** What a step does to the letter on the desk, before and after it is sent. */
const writes = {
  count: (letter: Letter) => {
    letter.n += 1;
  },
  append: (letter: Letter) => {
    letter.inner.list.push(letter.n);
  },
  replace: (letter: Letter) => {
    letter.inner = { list: [7] };
  },
  empty: (letter: Letter) => {
    letter.inner.list.length = 0;
  },
};
type Act = keyof typeof writes | 'send';

const program = fc.array(
  fc.constantFrom<Act>('send', 'send', 'count', 'append', 'replace', 'empty'),
  { minLength: 2, maxLength: 9 },
);

const fresh = (): Letter => ({ inner: { list: [] }, n: 0 });

/** From the definition: the letters as they were when they were sent, in order. */
function sentBy(acts: readonly Act[]): readonly string[] {
  const letter = fresh();
  return acts.flatMap((act) => {
    if (act === 'send') return [JSON.stringify(letter)];
    writes[act](letter);
    return [];
  });
}

/** The letters that can be read first. */
function readFirst(
  field: 'list' | 'bag',
  acts: readonly Act[],
  memo: 'adaptive' | 'off',
): ReadonlySet<string> {
  const { send, receive } = desk.channel(field);
  const scenario = desk.scenario({
    name: 'letters',
    about: 'A letter is sent, and more is written on it.',
    system: () => ({
      init: () => ({ draft: fresh(), list: [], bag: {}, isWritten: false, read: null }),
      actions: [
        desk.action({
          name: 'write',
          when: ({ isWritten }) => !isWritten,
          do(state) {
            state.isWritten = true;
            for (const act of acts) {
              if (act === 'send') send(state, state.draft);
              else writes[act](state.draft);
            }
          },
        }),
        desk.action({
          name: 'read',
          when: ({ isWritten, read }) => isWritten && read === null,
          do(state, pick) {
            state.read = receive(state, pick);
          },
        }),
      ],
      final: 'anywhere',
    }),
  });
  const search = new Search(scenario, { memo, selfCheck: 1 }).run();
  const read = [...search.states()].map(({ state }) => (state as unknown as Desk).read);
  return new Set(read.flatMap((letter) => (letter === null ? [] : JSON.stringify(letter))));
}

test('a message is received as it was sent, whatever is written on it in the same step', () => {
  const seed = Number(process.env['RACEWRIGHT_SEED'] ?? 20_261_201);
  const memos = fc.constantFrom('adaptive' as const, 'off' as const);
  fc.assert(
    fc.property(program, memos, (acts, memo) => {
      const sent = sentBy(acts);
      expect(readFirst('list', acts, memo)).toEqual(new Set(sent.slice(0, 1)));
      expect(readFirst('bag', acts, memo)).toEqual(new Set(sent));
    }),
    { seed, numRuns: 100 },
  );
});

const oddities: readonly (readonly [what: string, message: unknown])[] = [
  ['a Date', new Date(0)],
  ['a Map in a record', { at: new Map() }],
  ['a record with a getter', Object.defineProperty({}, 'n', { get: () => 1, enumerable: true })],
  ['a record with a hidden key', Object.defineProperty({}, 'n', { value: 1 })],
  ['a record with a symbol', { [Symbol('n')]: 1 }],
  ['a hole in a list', Object.assign(new Array(2), { 1: 1 })],
  ['undefined in a list', [undefined]],
  ['a list with a key', Object.assign([1], { more: 2 })],
  ['a list of a class', new (class Letters extends Array<number> {})(1)],
  ['a number without a value', { n: Number.NaN }],
];

test.each(oddities)('%s is refused as a message, and not made plain', (_what, message) => {
  const open = spec<{ list: unknown[] }>();
  const { send } = open.channel('list');
  const scenario = open.scenario({
    name: 'odd',
    about: 'One message.',
    system: () => ({
      init: () => ({ list: [] }),
      actions: [open.action({ name: 'send', do: (state) => send(state, message) })],
      final: 'anywhere',
    }),
  });
  expect(() => new Search(scenario, { statesMax: 9 }).run()).toThrow(/was given/);
});

test.each([0, -1, 2.5, Number.NaN, '3' as never, null as never])(
  'a channel has no capacity of %s',
  (capacity) => {
    expect(() => desk.channel('list', { capacity })).toThrow("channel 'list': its capacity is");
  },
);
