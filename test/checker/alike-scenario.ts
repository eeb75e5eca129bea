import { type Scenario, type StepAction, spec } from '../../src/index.ts';
import type { Immutable } from '../../src/spec/draft.ts';
import {
  type Alike,
  type AlikeModel,
  apply,
  type Condition,
  holds,
  namesOf,
  onesOf,
  othersOf,
  type Plant,
  type Rule,
} from './alike-model.ts';

type Seen = Immutable<Alike>;
type Pick = <T>(name: string, options: readonly T[]) => T;
interface Runner {
  readonly me: string;
  kept: string | null;
}

const alike = spec<Alike>();

/** The scenario of a model. */
export function alikeScenario(model: AlikeModel): Scenario {
  const [ones, others] = [onesOf(model), othersOf(model)];
  const flow = flowOf(model);
  return alike.scenario({
    name: 'alike',
    about: 'made up',
    parameters: {},
    system: () => ({
      symmetry: { ones: ones.map(namesOf), others },
      init: () => ({
        ones: Object.fromEntries(
          ones.map((one) => [one, { at: null, n: isTold(model, 'init', one) ? 1 : 0 }]),
        ),
        others: Object.fromEntries(others.map((one) => [one, { holder: null, seen: {} }])),
        turn: null,
        queue: [],
        locks: {},
      }),
      processes:
        model.flow.length === 0
          ? {}
          : Object.fromEntries(ones.map((one) => [`run ${one}`, flow.start(one)])),
      actions: actionsOf(model),
      properties: propertiesOf(model),
      ...endsOf(model),
    }),
  }) as unknown as Scenario;
}

/** Whether this plant is in the model, and in this member. */
const isTold = (model: AlikeModel, plant: Plant, me: string): boolean =>
  model.plant === plant && me === onesOf(model)[model.who % model.ones];

const ruleFor = (model: AlikeModel, rule: Rule, plant: Plant, me: string): Rule =>
  isTold(model, plant, me) ? model.special : rule;

const ableFor = ({ when }: Rule, model: AlikeModel, state: Seen, me: string): readonly string[] =>
  othersOf(model).filter((other) => holds(when, state, me, other));

function actionsOf(model: AlikeModel) {
  return onesOf(model).flatMap((me) =>
    model.rules.map((given, i) => {
      const rule = ruleFor(model, given, 'step', me);
      return alike.action({
        actor: me,
        name: `rule${i}`,
        do: (state, pick) => {
          const other = pick('other', ableFor(rule, model, state, me));
          for (const operation of rule.does) apply(operation, state, me, other);
        },
      });
    }),
  );
}

function flowOf(model: AlikeModel) {
  // A flow has a step at least.
  const rules = model.flow.length === 0 ? model.rules : model.flow;
  const steps = rules.map((given, i) => [
    `step${i}`,
    {
      when: (state: Seen, { me }: Runner) =>
        ableFor(ruleFor(model, given, 'flow', me), model, state, me).length > 0,
      do: (state: Alike, self: Runner, pick: Pick) => {
        const rule = ruleFor(model, given, 'flow', self.me);
        const other = pick('with', ableFor(rule, model, state, self.me));
        for (const operation of rule.does) apply(operation, state, self.me, other);
        self.kept = self.kept === null ? other : null;
      },
    },
  ]);
  return alike.flow({
    name: 'runs',
    vars: (me: string) => ({ me, kept: null as string | null }),
    // The names of the steps are made up, so the compiler does not know them.
    steps: Object.fromEntries(steps) as never,
  });
}

function propertiesOf(model: AlikeModel) {
  const [ones, others] = [onesOf(model), othersOf(model)];
  return [
    alike.never('some entry fails', (state) =>
      ones.some(
        (one) =>
          (model.plant !== 'property' || isTold(model, 'property', one)) &&
          others.every((other) => holds(model.never, state, one, other)) &&
          state.ones[one]?.n === 1,
      ),
    ),
    alike.always(
      'each entry is whole',
      alike.every('ones', ({ at, n }) => at === null || n < 2),
    ),
    alike.reachable(
      'all get there',
      alike.every('ones', (_one, id, state) =>
        others.some((other) => holds(model.reachable, state, id, other)),
      ),
    ),
    alike.step(
      'no step of one moves the turn of another',
      ({ turn }, { actor = '' }: StepAction, after) =>
        turn === null ||
        turn === after.turn ||
        actor === turn ||
        isTold(model, 'step property', actor),
    ),
  ];
}

function endsOf(model: AlikeModel) {
  const { ends, within } = model;
  const ones = onesOf(model);
  const isAtEnd = (state: Seen, condition: Condition): boolean =>
    ones.every((one) =>
      isTold(model, 'final', one)
        ? state.ones[one]?.n === 1
        : ableFor({ when: condition, does: [] }, model, state, one).length > 0,
    );
  const bounded = (state: Seen): boolean =>
    Object.values(state.ones).filter(({ n }) => n === 1).length <= (within ?? 0);
  return {
    ...(ends === 'all done'
      ? {}
      : { final: ends === 'anywhere' ? ends : (state: Seen) => isAtEnd(state, ends) }),
    ...(within === undefined ? {} : { within: bounded }),
  };
}
