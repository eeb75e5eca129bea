import { describe, expect, test } from 'vitest';
import { check, SpecError, type System, spec } from '../../src/index.ts';

interface State {
  table: { [id: string]: { n: number } };
  n: number;
}
const s = spec<State>();

/** Changes of a view that a later user of it would see. */
const operations: Record<string, (view: object) => unknown> = {
  freeze: Object.freeze,
  seal: Object.seal,
  preventExtensions: Object.preventExtensions,
  setPrototypeOf: (view) => Object.setPrototypeOf(view, { inherited: 1 }),
  defineHidden: (view) => Object.defineProperty(view, 'hidden', { value: 1 }),
};

type Touch = (view: object) => void;

/** The place from which a model gets a view. */
const places: Record<string, (touch: Touch) => Partial<System<State>>> = {
  'the state of a recipe': (touch) => ({ actions: [act((state) => touch(state))] }),
  'a table of a recipe': (touch) => ({ actions: [act((state) => touch(state.table))] }),
  'the state of a guard': (touch) => ({ actions: [guarded((state) => touch(state))] }),
  'a table of a guard': (touch) => ({ actions: [guarded((state) => touch(state.table))] }),
  'the state of a property': (touch) => ({ properties: [asked((state) => touch(state))] }),
  'a table of a property': (touch) => ({ properties: [asked((state) => touch(state.table))] }),
  'the processes of a property': (touch) => ({ properties: [asked((_, all) => touch(all))] }),
  'the processes of a recipe': (touch) => ({ processes: { p: flow(() => {}, touch).start() } }),
  'the variables of a recipe': (touch) => ({ processes: { p: flow(touch, () => {}).start() } }),
  'the variables of a guard': (touch) => ({ processes: { p: waiting(touch).start() } }),
};

function act(recipe: (state: State) => void) {
  return s.action({ name: 'act', when: ({ n }) => n < 2, do: recipe });
}
function guarded(guard: (state: State) => void) {
  return s.action({
    name: 'act',
    when(state) {
      guard(state as State);
      return false;
    },
    do() {},
  });
}
function asked(test: (state: State, processes: object) => void) {
  return s.always('asked', (state, processes) => {
    test(state as State, processes);
    return true;
  });
}
function flow(onVars: Touch, onProcesses: Touch) {
  return s.flow({
    name: 'flow',
    vars: () => ({ x: 0 }),
    steps: {
      go(_state, self, _pick, processes) {
        onVars(self);
        onProcesses(processes);
      },
    },
  });
}
function waiting(onVars: Touch) {
  return s.flow({
    name: 'flow',
    vars: () => ({ x: 0 }),
    steps: {
      go: {
        when(_state, self) {
          onVars(self);
          return true;
        },
        do() {},
      },
    },
  });
}

const scenarioOf = (system: Partial<System<State>>) =>
  s.scenario({
    name: 'views',
    about: '',
    system: () => ({
      init: () => ({ table: { a: { n: 0 } }, n: 0 }),
      final: 'anywhere',
      ...system,
    }),
  });

/** Looks at each view in each way that tells what the others did to it. */
const looker = () =>
  Object.values(places).map((place) =>
    check(
      scenarioOf(
        place((view) => {
          // The processes of a recipe have no keys. Of a frozen target these cannot be listed.
          const isList = Symbol.iterator in view;
          const keys = isList ? [] : Reflect.ownKeys(view);
          const isChanged = 'inherited' in view || keys.includes('hidden');
          if (isChanged) throw new Error('it was changed');
        }),
      ),
    ),
  );

describe.each(Object.keys(places))('%s', (place) => {
  test.each(Object.keys(operations))(
    'a view takes no %s, and the next view is as it was',
    (name) => {
      const touch: Touch = (view) => operations[name]?.(view);
      const system = places[place]?.(touch) ?? {};
      expect(() => check(scenarioOf(system))).toThrow(SpecError);
      // Also where the model catches what it threw.
      const caught: Touch = (view) => {
        try {
          touch(view);
        } catch {}
      };
      try {
        check(scenarioOf(places[place]?.(caught) ?? {}));
      } catch (error) {
        expect(error).toBeInstanceOf(SpecError);
      }
      expect(looker).not.toThrow();
    },
  );
});
