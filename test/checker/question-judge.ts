import { type Claim, type Edge, type Graph, has, inSteps, refutations } from './brute-force.ts';
import { type Content, type Form, meansIn, meansOf } from './question-bodies.ts';
import { conditionsOf, type Drawing, type Question } from './question-model.ts';

/**
 * Says what a question means on a drawn graph, straight from the words, and what no words can mean.
 */

/** Whether a question has no meaning, so that it has to be refused. */
export function isRefused({ kind, body, to }: Question): boolean {
  switch (kind) {
    case 'always':
      return isOdd(body, true);
    case 'never':
      return isOdd(body, false);
    case 'step':
      return body.is !== 'step';
    case 'leadsTo':
      return isOdd(body, false) || isOdd(to, false);
    case 'eachLeadsTo':
      return body.is !== 'every' || to.is !== 'every';
    default:
      return body.is !== 'step' && isOdd(body, false);
  }
}

/** A premise is asked for only where the whole must be true; a step is no state. */
function isOdd(form: Form, mustBeTrue: boolean): boolean {
  switch (form.is) {
    case 'wrong':
    case 'step':
      return true;
    case 'all':
      return form.parts.some((part) => isOdd(part, mustBeTrue));
    case 'given':
      return !mustBeTrue || isOdd(form.premise, false) || isOdd(form.conclusion, true);
    default:
      return false;
  }
}

/** Whether a body is true in a state. */
export function means(content: Content, form: Form): boolean {
  const ids = Object.keys(content.jobs);
  switch (form.is) {
    case 'test':
      return meansIn(content, form.cond);
    case 'every':
      return ids.filter((id) => meansOf(content, id, form.cond)).length === ids.length;
    case 'some':
      return ids.filter((id) => meansOf(content, id, form.cond)).length > 0;
    case 'all':
      return form.parts.filter((part) => !means(content, part)).length === 0;
    case 'given':
      return means(content, form.premise) ? means(content, form.conclusion) : true;
    default:
      throw new Error(`'${form.is}' is true of no state`);
  }
}

/**
 * The answer to a question, and the length of what shows it: of the run to a state, or of the way
 * into a loop.
 */
export interface Answer {
  readonly verdict: 'holds' | 'violated';
  readonly length: number | undefined;
  /**
   * The claim that a counterexample has to refute; undefined for a question about single states and
   * steps.
   */
  readonly claims: readonly Claim[];
}

export function answerTo(question: Question, drawing: Drawing): Answer {
  const { kind, body, to } = question;
  const { graph, contents } = drawing;
  const where = (is: (content: Content) => boolean) =>
    contents.reduce((set, content, state) => (is(content) ? set | (1 << state) : set), 0);
  const all = 2 ** graph.states - 1;
  const met = (form: Form) => where((content) => means(content, form));
  switch (kind) {
    case 'always':
      return decided(nearest(graph, all & ~met(body)), 'violated');
    case 'never':
      return decided(nearest(graph, met(body)), 'violated');
    case 'reachable':
      return body.is === 'step'
        ? decided(
            nearestStep(graph, (edge) => inSteps(body, edge)),
            'holds',
          )
        : decided(nearest(graph, met(body)), 'holds');
    case 'step':
      if (body.is !== 'step') throw new Error('no question about steps');
      return decided(
        nearestStep(graph, (edge) => !inSteps(body, edge)),
        'violated',
      );
    case 'leadsTo':
      return lasting([{ kind: 'leadsTo', from: met(body), to: met(to) }], drawing);
    case 'eachLeadsTo':
      return lasting(claimsOfEach(question, where), drawing);
    default:
      return body.is === 'step'
        ? lasting([{ kind: `${kind}Step`, step: body }], drawing)
        : lasting([{ kind, holds: met(body) }], drawing);
  }
}

/** One claim for each job. One that is gone has arrived. */
function claimsOfEach(
  { body, to }: Question,
  where: (is: (content: Content) => boolean) => number,
): readonly Claim[] {
  if (body.is !== 'every' || to.is !== 'every') throw new Error('no question about entries');
  return ['a', 'b', 'c'].map((id) => ({
    kind: 'leadsTo',
    from: where((content) => id in content.jobs && meansOf(content, id, body.cond)),
    to: where((content) => !(id in content.jobs) || meansOf(content, id, to.cond)),
  }));
}

/** `found` is the verdict when something is found after so many steps. */
function decided(length: number | undefined, found: Answer['verdict']): Answer {
  const other = found === 'holds' ? 'violated' : 'holds';
  return { verdict: length === undefined ? other : found, length, claims: [] };
}

function lasting(claims: readonly Claim[], drawing: Drawing): Answer {
  const stems = refutations(drawing.graph, conditionsOf(drawing), claims);
  const first = stems.find((stem) => stem !== undefined);
  return { verdict: first === undefined ? 'holds' : 'violated', length: first, claims };
}

/** The fewest steps from an initial state up to one of these steps, and with it. */
function nearestStep(graph: Graph, is: (edge: Edge) => boolean): number | undefined {
  const from = graph.edges.filter(is).reduce((set, edge) => set | (1 << edge.from), 0);
  const before = nearest(graph, from);
  return before === undefined ? undefined : before + 1;
}

/** The fewest steps from an initial state to one of these. */
function nearest({ initial, edges, states }: Graph, goals: number): number | undefined {
  let level = initial;
  for (let taken = 0; taken <= states; taken++) {
    if ((level & goals) !== 0) return taken;
    level = edges.reduce((set, { from, to }) => (has(level, from) ? set | (1 << to) : set), 0);
  }
  return undefined;
}
