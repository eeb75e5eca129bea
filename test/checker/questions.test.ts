import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { truthsAt } from '../../src/checker/properties/truths-at.ts';
import { check, type PropertyResult, Search, SpecError } from '../../src/index.ts';
import { objection } from './brute-force.ts';
import { type Cond, type Content, type Form, wrongBodies } from './question-bodies.ts';
import { answerTo, isRefused, means } from './question-judge.ts';
import {
  conditionsOf,
  type Drawing,
  kinds,
  propertyOf,
  type Question,
  runOf,
  scenarioOf,
} from './question-model.ts';

/** Drawings a run of the suite; RACEWRIGHT_RUNS asks for more. */
const numRuns = Number(process.env['RACEWRIGHT_RUNS'] ?? '60');

const digit = fc.nat({ max: 2 });
const id = fc.constantFrom('a', 'b', 'c');
const cond: fc.Arbitrary<Cond> = fc.oneof(
  fc.record({ is: fc.constantFrom('x' as const, 'size' as const), value: digit }),
  fc.record({ is: fc.constant('child' as const) }),
  fc.record({ is: fc.constant('job' as const), id }),
);
const jobCond = fc.constantFrom(
  'done' as const,
  'open' as const,
  'named_a' as const,
  'with_child' as const,
  'as_x' as const,
);
const asks = fc.record({ is: fc.constant('test' as const), cond });
const quantified = (is: 'every' | 'some') =>
  fc.record({ is: fc.constant(is), cond: jobCond, hasPart: fc.boolean() });
const simple: fc.Arbitrary<Form> = fc.oneof(asks, quantified('every'), quantified('some'));
const several = (part: fc.Arbitrary<Form>): fc.Arbitrary<Form> =>
  fc.record({
    is: fc.constant('all' as const),
    parts: fc.array(part, { maxLength: 3 }),
  });
const conditional = (part: fc.Arbitrary<Form>): fc.Arbitrary<Form> =>
  fc.record({ is: fc.constant('given' as const), premise: simple, conclusion: part });
const nested = fc.oneof(several(simple), conditional(simple), simple);
/**
 * Sets of states of which most have most states, so that some steps are in them and some are not.
 */
const set = fc.oneof(
  fc.nat({ max: 63 }),
  fc.constant(63),
  fc.nat({ max: 5 }).map((state) => 63 & ~(1 << state)),
);
const ofSteps = fc.record({
  is: fc.constant('step' as const),
  agents: fc.constantFrom(0, 1, 2, 3, 3, 3),
  from: set,
  to: set,
});

/** One body of each form, with others inside it. */
const forms: fc.Arbitrary<readonly Form[]> = fc.tuple(
  asks,
  quantified('every'),
  quantified('some'),
  several(simple),
  several(nested),
  conditional(nested),
  ofSteps,
);

const content: fc.Arbitrary<Content> = fc.record({
  x: digit,
  jobs: fc.dictionary(id, fc.boolean(), { maxKeys: 3 }),
  child: fc.boolean(),
});

const drawing: fc.Arbitrary<Drawing> = fc.integer({ min: 1, max: 5 }).chain((states) => {
  const state = fc.nat({ max: states - 1 });
  const edge = fc.record({ from: state, agent: fc.nat({ max: 1 }), to: state });
  return fc.record({
    graph: fc.record({
      states: fc.constant(states),
      initial: fc.integer({ min: 1, max: 2 ** states - 1 }),
      edges: fc.array(edge, { minLength: states, maxLength: 3 * states }),
    }),
    contents: fc.array(content, { minLength: states, maxLength: states }),
    fairness: fc.constantFrom(
      'unsaid' as const,
      'none' as const,
      'weak' as const,
      'strong' as const,
    ),
  });
});

/**
 * A child is no part of an initial state, so that no step leads to one with a child either: they
 * would be two states.
 */
const withoutChildAtStart = (drawn: Drawing): Drawing => ({
  ...drawn,
  contents: drawn.contents.map((each, state) => ({
    ...each,
    child: each.child && (drawn.graph.initial & (1 << state)) === 0,
  })),
});

/**
 * Every kind of property with every form of body; what asks with two bodies is asked with each pair
 * of neighbours. A test of states is no test of steps or entries, but a function like any other,
 * which asks what it asks.
 */
const questionsOf = (bodies: readonly Form[]): readonly Question[] =>
  kinds.flatMap((kind) =>
    bodies
      .map((body, i) => ({ kind, body, to: bodies[(i + 1) % bodies.length] ?? body }))
      .filter(({ body }) => kind !== 'step' || !isOpaque(body))
      .filter(({ body, to }) => kind !== 'eachLeadsTo' || ![body, to].some(mayBeOfEntries)),
  );

/** Nothing tells what such functions ask, and a list of parts may have no others. */
const isOpaque = ({ is }: Form): boolean => is === 'test' || is === 'all';
const mayBeOfEntries = (form: Form): boolean => isOpaque(form) || form.is === 'some';

const both = fc.tuple(jobCond, jobCond).map(
  ([from, to]): Question => ({
    kind: 'eachLeadsTo',
    body: { is: 'every', cond: from, hasPart: false },
    to: { is: 'every', cond: to, hasPart: false },
  }),
);

function expectAnswer(
  found: PropertyResult,
  question: Question,
  drawn: Drawing,
  shortest: boolean,
) {
  const { verdict, length, claims } = answerTo(question, drawn);
  const { trace } = found;
  expect([found.name, found.verdict]).toEqual([found.name, verdict]);
  if (length === undefined) {
    expect(trace).toBeUndefined();
    return;
  }
  if (trace === undefined) throw new Error('a verdict without the run that shows it');
  const shown = claims.length === 0 ? trace.steps.length : runOf(trace);
  if (typeof shown === 'number') {
    if (shortest) expect([found.name, shown]).toEqual([found.name, length]);
    return;
  }
  const objections = claims.map((claim) =>
    objection(drawn.graph, conditionsOf(drawn), claim, shown),
  );
  expect(objections).toContain(undefined);
  expect(shown.loopsTo ?? shown.steps.length).toBe(length);
}

/** The claim about a single state agrees with the judge. */
function expectTruths(search: Search, drawn: Drawing, asked: readonly Question[]) {
  const properties = asked.map((question, i) => propertyOf(question, `${i}`));
  const system = scenarioOf(drawn, properties).system({});
  for (const seen of search.states()) {
    const here = drawn.contents[Number(seen.state['at'])] as Content;
    const said = truthsAt(system, seen).map(({ truth }) => truth);
    expect(said).toEqual(asked.map((question) => truthIn(question, here)));
  }
}

function truthIn({ kind, body }: Question, here: Content): string {
  if (kind === 'step' || kind === 'eachLeadsTo' || body.is === 'step') return 'unasked';
  const is = means(here, body);
  if (kind === 'always') return is ? 'holds' : 'fails';
  if (kind === 'never') return is ? 'fails' : 'holds';
  return String(is);
}

const settings = (['breadth_first', 'depth_first'] as const).flatMap((order) =>
  (['adaptive', 'off'] as const).map((memo) => ({ order, memo })),
);

describe('every kind of property with every form of body', () => {
  test('every kind of property with every form of body is judged as its words say, in either order, with and without the memo', () => {
    const meaning = fc.property(drawing, forms, both, (given, bodies, each) => {
      const drawn = withoutChildAtStart(given);
      const asked = [...questionsOf(bodies), each].filter((question) => !isRefused(question));
      const properties = asked.map((question, i) => propertyOf(question, `${i}`));
      for (const options of settings) {
        const search = new Search(scenarioOf(drawn, properties), options).run();
        const result = search.result();
        for (const [i, found] of result.properties.entries()) {
          expectAnswer(found, asked[i] as Question, drawn, options.order === 'breadth_first');
        }
        if (options === settings[0]) expectTruths(search, drawn, asked);
      }
    });
    fc.assert(meaning, { numRuns });
  });

  test('every kind of property with a body that it cannot ask is refused by its name before the search', () => {
    const refusal = fc.property(drawing, forms, (given, bodies) => {
      const drawn = withoutChildAtStart(given);
      for (const question of questionsOf(bodies).filter(isRefused)) {
        expectRefused(question, drawn);
      }
    });
    fc.assert(refusal, { numRuns: 20 });
  });

  const plain: Drawing = {
    graph: { states: 1, initial: 1, edges: [] },
    contents: [{ x: 0, jobs: { a: true }, child: false }],
    fairness: 'unsaid',
  };
  const fine: Form = { is: 'test', cond: { is: 'x', value: 0 } };
  const wrong = wrongBodies.map((_, value): Form => ({ is: 'wrong', value }));
  const around: readonly ((form: Form) => Form)[] = [
    (form) => form,
    (form) => ({ is: 'all', parts: [fine, form] }),
    (form) => ({ is: 'given', premise: fine, conclusion: form }),
    (form) => ({ is: 'given', premise: form, conclusion: fine }),
  ];

  test.each(kinds)('%s refuses a wrong body, wherever it stands', (kind) => {
    for (const form of wrong) {
      for (const wrap of around) expectRefused({ kind, body: wrap(form), to: fine }, plain);
      expectRefused({ kind: 'leadsTo', body: fine, to: form }, plain);
    }
  });
});

/** A message of three parts that names the property. */
function expectRefused(question: Question, drawn: Drawing) {
  const name = 'the one that is asked';
  const ask = () => check(scenarioOf(drawn, [propertyOf(question, name)]));
  try {
    ask();
  } catch (error) {
    if (!(error instanceof SpecError)) throw error;
    expect(error.where).toContain(`property '${name}'`);
    expect([error.what, error.mend]).toEqual([expect.any(String), expect.any(String)]);
    return;
  }
  throw new Error(`it was answered: ${JSON.stringify(question)}`);
}
