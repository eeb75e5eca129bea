import { expectTypeOf, test } from 'vitest';
import { type Immutable, type Plain, spec, stronglyFair, weaklyFair } from '../../src/index.ts';

interface Store {
  /** Any data, as a document that is only passed on. */
  body: Plain;
  rows: Record<string, Plain>;
  nested: { deep: { list: Plain[] } };
  optional?: Plain;
  pair: readonly [id: number, name: string];
  queue: readonly { readonly id: number }[];
  tree: Tree;
}
interface Tree {
  readonly value: number;
  readonly children: readonly Tree[];
}
const store = spec<Store>();

test('a state of nested plain data has a type in steps, guards and properties', () => {
  store.action({
    name: 'write',
    when: (state) => state.body === null,
    do: (state) => {
      expectTypeOf(state.body).toEqualTypeOf<Plain>();
      state.body = { a: [1, { b: 'x' }] };
      state.rows['x'] = [1, { b: 2 }];
      state.nested.deep.list.push('x');
      // @ts-expect-error: a function is no plain data
      state.body = () => 1;
    },
  });
  store.always('a', (state) => state.body === null);
  store.always(
    'b',
    store.every('rows', (row) => row === null),
  );
  store.step('c', (before, _action, after) => before.body === after.body);
  store.leadsTo(
    'd',
    ({ nested }) => nested.deep.list.length === 0,
    ({ body }) => body === 1,
  );
  const flow = store.flow({
    name: 'f',
    vars: (body: Plain) => ({ body }),
    steps: {
      go(state, self) {
        self.body = state.body;
      },
    },
  });
  flow.start({ a: [1, null] });
});

test('a tuple that is read-only is replaced as a whole', () => {
  store.action({
    name: 'write',
    do: (state) => {
      const pair: Store['pair'] = [1, 'a'];
      state.pair = pair;
      // @ts-expect-error: the tuple is declared read-only
      state.pair[0] = 2;
      // @ts-expect-error: the name is a string
      state.pair = [1, 2];
    },
  });
});

test('a list can be changed in place, and a guard sees it read-only', () => {
  store.action({
    name: 'write',
    // @ts-expect-error: a guard only reads
    when: ({ queue }) => queue.push({ id: 1 }) > 0,
    do: (state) => {
      state.queue.push({ id: 1 });
      // @ts-expect-error: the field is called id
      state.queue.push({ idd: 1 });
      const [first] = state.tree.children;
      expectTypeOf(first?.children[0]?.value).toEqualTypeOf<number | undefined>();
    },
  });
  expectTypeOf<Immutable<Tree>['children'][number]>().toEqualTypeOf<Immutable<Tree>>();
});

test('a misspelt option, unit or label does not compile', () => {
  const flow = store.flow({ name: 'f', steps: { ask() {}, hold() {} } });
  store.action({
    name: 'choose',
    do: (state, pick) => {
      const who = pick('who', ['ann', 'bob']);
      // @ts-expect-error: 'anne' is no option
      if (who === 'anne') state.body = who;
      const job = pick('job', [{ id: 1 }, { id: 2 }]);
      // @ts-expect-error: the field is called id
      state.body = job.idd;
    },
  });
  // @ts-expect-error: 'hodl' is no label
  weaklyFair(flow.at('hodl'));
  // @ts-expect-error: 'proceses' is no unit
  stronglyFair('proceses');
  store.scenario({
    name: 'n',
    about: 'A field that a system does not have.',
    system: () => ({
      init: (): Store => ({
        body: null,
        rows: {},
        nested: { deep: { list: [] } },
        pair: [1, 'a'],
        queue: [],
        tree: { value: 1, children: [] },
      }),
      // @ts-expect-error: the field is called body
      within: (state) => state.bdy === null,
    }),
  });
});
