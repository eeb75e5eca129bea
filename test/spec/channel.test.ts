import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Bag, check, product, type Scenario, SpecError, spec } from '../../src/index.ts';

const ids = ['a', 'b', 'c', 'd'];

interface Sent {
  post: string[];
  net: Bag<{ readonly from: string }>;
  sent: Record<string, true>;
}

const sent = spec<Sent>();

/** Each of `count` senders sends one message, and each message is received once. */
function sending(ordered: boolean, count: number, capacity?: number): Scenario {
  const post = sent.channel('post', capacity === undefined ? {} : { capacity });
  const net = sent.channel('net', capacity === undefined ? {} : { capacity });
  return sent.scenario({
    name: 'sending',
    about: 'Senders, one message each.',
    system: () => ({
      init: () => ({ post: [], net: {}, sent: {} }),
      actions: [
        ...ids.slice(0, count).map((id) =>
          sent.action({
            name: `send_${id}`,
            when: (state) => state.sent[id] === undefined,
            do(state) {
              state.sent[id] = true;
              if (ordered) post.send(state, id);
              else net.send(state, { from: id });
            },
          }),
        ),
        sent.action({
          name: 'receive',
          do(state, pick) {
            if (ordered) post.receive(state, pick);
            else net.receive(state, pick);
          },
        }),
      ],
      final: 'anywhere',
    }),
  });
}

const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));
const choose = (n: number, k: number): number => factorial(n) / factorial(k) / factorial(n - k);

test.each(product({ ordered: [true, false], count: [1, 2, 3, 4], capacity: [1, 2, 9] }))(
  'messages on their way make as many states as there are orders of them: %j',
  (point) => {
    const { ordered, count, capacity } = point;
    // Some messages are on their way, in some order or none; each other one is unsent or received.
    const states = Array.from({ length: Math.min(count, capacity) + 1 }, (_, onWay) => {
      const orders = ordered ? factorial(onWay) : 1;
      return choose(count, onWay) * orders * 2 ** (count - onWay);
    }).reduce((sum, each) => sum + each);
    expect(check(sending(ordered, count, capacity)).states).toBe(states);
  },
);

interface Wire {
  forth: ({ readonly bit: 0 | 1; readonly n: number } | null)[];
  forthBag: Bag<{ readonly bit: 0 | 1; readonly n: number }>;
  back: number[];
  backBag: Bag<number>;
  sender: { bit: 0 | 1; n: number };
  receiver: { bit: 0 | 1; got: number[] };
}

const wire = spec<Wire>();
const most = 3;

/** The alternating bit protocol (Bartlett, Scantlebury and Wilkinson, 1969). */
function alternatingBit(isOrdered: boolean): Scenario {
  const forth = isOrdered
    ? wire.channel('forth', { capacity: 2 })
    : wire.channel('forthBag', { capacity: 2 });
  const back = isOrdered
    ? wire.channel('back', { capacity: 2 })
    : wire.channel('backBag', { capacity: 2 });
  return wire.scenario({
    name: 'alternating-bit',
    about: 'Messages get lost and arrive again, and the sender repeats what was not confirmed.',
    system: () => ({
      init: () => ({
        forth: [],
        forthBag: {},
        back: [],
        backBag: {},
        sender: { bit: 0, n: 0 },
        receiver: { bit: 0, got: [] },
      }),
      actions: [
        wire.action({
          name: 'send',
          when: ({ sender }) => sender.n < most,
          do: (state) => forth.send(state, { ...state.sender }),
        }),
        wire.action({
          name: 'deliver',
          do(state, pick) {
            const message = forth.receive(state, pick);
            if (message !== null && message.bit === state.receiver.bit) {
              state.receiver.got.push(message.n);
              state.receiver.bit = state.receiver.bit === 0 ? 1 : 0;
            }
            back.send(state, message?.bit ?? 0);
          },
        }),
        wire.action({
          name: 'confirm',
          do(state, pick) {
            const bit = back.receive(state, pick);
            if (bit !== state.sender.bit) return;
            state.sender.bit = bit === 0 ? 1 : 0;
            state.sender.n += 1;
          },
        }),
      ],
      faults: [forth.loses(), forth.repeats(), back.loses(), back.repeats()],
      properties: [
        wire.always('what was received is what was sent, in order', ({ receiver }) =>
          receiver.got.every((n, i) => n === i),
        ),
        wire.reachable('all was received', ({ receiver }) => receiver.got.length === most),
      ],
      final: ({ sender }) => sender.n === most,
    }),
  });
}

describe('the alternating bit protocol', () => {
  test('delivers each message once and in order over a channel that loses and repeats', () => {
    expect(check(alternatingBit(true)).verdict).toBe('holds');
  });

  test('is wrong over a channel that changes the order', () => {
    const [first] = check(alternatingBit(false)).properties;
    expect([first?.name, first?.verdict]).toEqual([
      'what was received is what was sent, in order',
      'violated',
    ]);
  });
});

const scalar = fc.oneof(fc.string({ maxLength: 4 }), fc.integer(), fc.boolean(), fc.constant(null));
const message = fc.oneof(
  scalar,
  fc.array(scalar, { maxLength: 3 }),
  fc.dictionary(fc.string({ maxLength: 3 }), scalar, { maxKeys: 3, noNullPrototype: true }),
  fc.constantFrom('true', 'null', '1', 'a b', '{a:b}', '[a]'),
);

test('two messages of a bag are one exactly if they are equal', () => {
  const open = spec<{ net: Bag<unknown> }>();
  const net = open.channel('net');
  fc.assert(
    fc.property(fc.array(message, { maxLength: 8 }), (messages) => {
      const state: { net: Bag<unknown> } = { net: {} };
      for (const each of messages) net.send(state, each);
      const texts = messages.map((each) => JSON.stringify(sortedKeys(each)));
      expect(net.messages(state).length).toBe(new Set(texts).size);
      expect(Object.values(state.net).reduce((sum, { copies }) => sum + copies, 0)).toBe(
        messages.length,
      );
    }),
  );
});

function sortedKeys(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

test('a receiver takes what is meant for it, and waits for it where another message is first', () => {
  const { receive, has } = sent.channel('net');
  const state: Sent = { post: [], net: {}, sent: {} };
  const net = sent.channel('net');
  net.send(state, { from: 'a' });
  net.send(state, { from: 'b' });
  expect(has(state, ({ from }) => from === 'b')).toBe(true);
  const first = ((_name: string, options: readonly unknown[]) => options[0]) as never;
  expect(receive(state, first, ({ from }) => from === 'b')).toEqual({ from: 'b' });
  const post = sent.channel('post');
  post.send(state, 'a');
  post.send(state, 'b');
  expect(post.has(state, (each) => each === 'b')).toBe(false);
  expect(post.receive(state, first)).toBe('a');
  expect(post.has(state, (each) => each === 'b')).toBe(true);
});

test('a channel without room, or over a field that holds none, is refused', () => {
  expect(() => sent.channel('post', { capacity: 0 })).toThrow(SpecError);
  const lost = sent.channel('post');
  expect(() => lost.messages({ post: 3 } as never)).toThrow(
    "channel 'post': the state has neither a list nor a bag there",
  );
});
