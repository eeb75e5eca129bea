/**
 * A bounded buffer with one condition: a thread that cannot go on waits, and a thread that has put
 * or taken something wakes one of those that wait. With two producers, one consumer and room for
 * one item, every thread can come to wait at the same time: the one that wakes is of the same
 * side, and waits again.
 *
 * The classic is the bounded buffer of Dijkstra with the `notify` of Java in place of two
 * semaphores. It deadlocks where there are more than twice as many threads as places.
 */
import { choice, DEADLOCK, type Pick, range, spec } from 'racewright';

interface Buffer {
  items: number;
  /** Which threads wait to be woken. */
  waits: Record<string, boolean>;
}
const buffer = spec<Buffer>();

type Wakes = 'one' | 'all';

function wake(state: Buffer, wakes: Wakes, pick: Pick): void {
  const waiting = Object.keys(state.waits).filter((thread) => state.waits[thread]);
  if (waiting.length === 0) return;
  const woken = wakes === 'all' ? waiting : [pick('thread', waiting)];
  for (const thread of woken) state.waits[thread] = false;
}

const producer = (capacity: number, wakes: Wakes) =>
  buffer.flow({
    name: 'producer',
    steps: {
      put: {
        when: (state, self) => state.waits[self.pid] === false,
        do(state, self, pick) {
          if (state.items === capacity) {
            state.waits[self.pid] = true;
          } else {
            state.items += 1;
            wake(state, wakes, pick);
          }
          return 'put';
        },
      },
    },
  });

const consumer = (wakes: Wakes) =>
  buffer.flow({
    name: 'consumer',
    steps: {
      take: {
        when: (state, self) => state.waits[self.pid] === false,
        do(state, self, pick) {
          if (state.items === 0) {
            state.waits[self.pid] = true;
          } else {
            state.items -= 1;
            wake(state, wakes, pick);
          }
          return 'take';
        },
      },
    },
  });

export const boundedBuffer = buffer.scenario({
  name: 'bounded-buffer',
  about: 'Two producers and one consumer share a buffer and one condition to wait for.',
  parameters: { wakes: choice(['one', 'all']), capacity: range(1, 2) },
  system: ({ wakes, capacity }) => {
    const putting = producer(capacity, wakes);
    return {
      init: () => ({ items: 0, waits: { ann: false, bob: false, cat: false } }),
      processes: { ann: putting.start(), bob: putting.start(), cat: consumer(wakes).start() },
      properties: [
        buffer.always(
          'the buffer never holds more than its capacity',
          ({ items }) => items <= capacity,
        ),
        buffer.reachable('the buffer is full', ({ items }) => items === capacity),
      ],
    };
  },
  expect: [
    {
      given: { wakes: 'one', capacity: 1 },
      violates: { [DEADLOCK]: 8 },
      reason: 'a producer wakes a producer, and both wait',
    },
    { given: { wakes: 'all' }, reason: 'a thread that can go on is among those that wake' },
    { given: { wakes: 'one', capacity: 2 }, reason: 'three threads are fewer than four' },
  ],
});
