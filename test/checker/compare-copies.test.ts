import { describe, expect, test } from 'vitest';
import { Search } from '../../src/checker/search/search.ts';
import { type Scenario, spec } from '../../src/index.ts';

interface State {
  n: number;
  seen: boolean;
  list: number[];
}
const s = spec<State>();
const init = () => ({ n: 0, seen: false, list: [0] });

const looking = (read: () => boolean) =>
  s.action({
    name: 'look',
    when: ({ n }) => n < 9,
    do(state) {
      state.seen = read();
    },
  });

const counting = (more: () => void) =>
  s.action({
    name: 'count',
    when: ({ n }) => n < 9,
    do(state) {
      more();
      state.n += 1;
    },
  });

const scenario = (parts: object): Scenario =>
  s.scenario({
    name: 'copied',
    about: 'It depends on more than the state.',
    system: () => ({ init, final: 'anywhere', ...parts }) as never,
  });

/** A module: each call has variables of its own. */
type Module = () => Scenario;

let loads = 0;
const impure: { readonly [what: string]: readonly [module: Module, where: string] } = {
  'a constant that is drawn while the file is loaded': [
    () => {
      loads += 1;
      const drawn = loads % 2 === 0;
      return scenario({ actions: [looking(() => drawn)] });
    },
    "action 'look'",
  ],
  'a flag that a step sets before another is evaluated': [
    () => {
      let flag = false;
      return scenario({
        actions: [
          counting(() => {
            flag = true;
          }),
          looking(() => flag),
        ],
      });
    },
    "action 'look'",
  ],
  'a list outside that is put into the state and grows': [
    () => {
      const template = [0];
      const grow = s.action({ name: 'grow', do: () => void template.push(1) });
      const put = s.action({
        name: 'put',
        do(state) {
          state.list = [...template].slice(0, 2);
        },
      });
      return scenario({ actions: [grow, put] });
    },
    "action '(grow|put)'",
  ],
  'a flag that a property looks at': [
    () => {
      loads += 1;
      const drawn = loads % 2 === 0;
      return scenario({
        actions: [counting(() => undefined)],
        properties: [s.never('p', ({ n }) => drawn && n === 100), s.always('q', () => !drawn)],
      });
    },
    "property 'q'",
  ],
  'a name that is drawn while the file is loaded': [
    () => {
      loads += 1;
      return scenario({ actions: [s.action({ name: `a${loads}`, do() {} })] });
    },
    'system',
  ],
};

const told = (module: Module): string => {
  loads = 0;
  const search = new Search(module());
  try {
    search.run();
    search.compareWith(module());
    return 'none';
  } catch (error) {
    return String((error as Error).message);
  }
};

describe('a second copy of the module', () => {
  test.each(Object.entries(impure))(
    'a second copy of the module notices %s',
    (_what, [module, where]) => {
      expect(told(module)).toMatch(
        new RegExp(`^(scenario 'copied', ${where}|${where}): uncontrolled nondeterminism`),
      );
    },
  );

  test('a second copy of the module does the same as the first where nothing outside matters', () => {
    const flow = s.flow({
      name: 'f',
      vars: (start: number) => ({ start }),
      steps: {
        begin(state, self) {
          state.n = self.start;
        },
        spawn(_state, self, pick, processes) {
          if (self.pid === 'p') processes.start(pick('id', ['q', 'r']), flow.start(2));
        },
      },
    });
    const module = () =>
      scenario({
        processes: { p: flow.start(1) },
        faults: [s.fault({ name: 'crash', times: 2, do: (_s, _p, all) => all.stop('p') })],
        properties: [
          s.always('p', ({ n }) => n < 3),
          s.step('q', (before, _action, after) => after.n >= before.n || after.n < 3),
          s.eventually('r', ({ n }) => n > 0),
        ],
      });
    expect(told(module)).toBe('none');
  });
});
