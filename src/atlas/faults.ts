import { DEADLOCK } from '../checker/result/end-questions.ts';
import { type FaultName, faultNames } from '../model/faults/faults.ts';
import { type Cloud, cloud } from '../model/world/cloud.ts';
import type { Property } from '../spec/questions.ts';
import { hasHappened } from './any-fault.ts';
import type { Finding } from './atlas.ts';
import { ask, type Bounds } from './point.ts';
import { happens, propertiesOf, type Question, withAnyFault } from './scenario-of.ts';

/** The violations of a question with one fault. */
export interface WithFaults {
  readonly findings: readonly Finding[];
  readonly undecidedFaults: readonly FaultName[];
  readonly states: number;
}

/** The known violations: those without a fault, and those that a part shows with a fault. */
export interface Known {
  readonly without: ReadonlySet<string>;
  readonly has: (property: string, fault: FaultName) => boolean;
}

/**
 * A crash at any time has more states than all other faults together: each is searched by itself.
 */
const apart: readonly FaultName[] = ['crash', 'compute-down'];

/**
 * The violations with any single fault, without the known ones. One search covers the faults that
 * share most of their runs; only where it finds a violation, each of them is searched.
 */
export function faultsOf(
  question: Question,
  faults: readonly FaultName[],
  known: Known,
  bounds: Bounds,
): WithFaults {
  const together = faults.filter((name) => !apart.includes(name));
  const single = faults.filter((name) => apart.includes(name)).map((name) => [name]);
  const pieces = [...(together.length === 0 ? [] : [together]), ...single].map((names) =>
    pieceOf(question, names, known, bounds),
  );
  return {
    findings: pieces.flatMap(({ findings }) => findings),
    undecidedFaults: pieces.flatMap(({ undecidedFaults }) => undecidedFaults),
    states: pieces.reduce((sum, { states }) => sum + states, 0),
  };
}

function pieceOf(
  question: Question,
  faults: readonly FaultName[],
  known: Known,
  bounds: Bounds,
): WithFaults {
  const isOpen = (name: string) =>
    !known.without.has(name) && faults.some((fault) => !known.has(name, fault));
  const open = propertiesOf(question).filter(({ name }) => isOpen(name));
  const news = open.map((property) => {
    const expected = faults.filter((fault) => known.has(property.name, fault));
    return expected.length === 0 ? property : onlyWith(property, property.name, faults, expected);
  });
  const asksStuck = isOpen(DEADLOCK) ? 'asked' : 'not_asked';
  const asked = ask(
    withAnyFault(question, faults, [...news, ...faults.map(happens)], asksStuck),
    bounds,
  );
  if ('refused' in asked) return { findings: [], undecidedFaults: faults, states: 0 };
  const { complete, states, violated } = asked;
  const happened = complete ? faults.filter((fault) => asked.reached.has(fault)) : faults;
  const found = open.filter(({ name }) => violated.has(name));
  const [fault, ...others] = faults;
  const findings =
    fault !== undefined && others.length === 0
      ? [...violated].map(([property, steps]) => findingOf(question, property, fault, steps))
      : [
          ...eachOf(question, happened, found, known, bounds),
          ...(violated.has(DEADLOCK) ? stuckOf(question, happened, known, bounds) : []),
        ];
  return { findings, undecidedFaults: complete ? [] : faults, states };
}

const findingOf = (
  { configuration }: Question,
  property: string,
  fault: FaultName,
  steps: number,
): Finding => ({ property, configuration: configuration.name, fault, steps });

/** The faults with which properties are violated, and the number of steps. */
function eachOf(
  question: Question,
  faults: readonly FaultName[],
  properties: readonly Property<Cloud>[],
  known: Known,
  bounds: Bounds,
): readonly Finding[] {
  const cases = properties.flatMap((property) =>
    faults
      .filter((fault) => !known.has(property.name, fault))
      .map((fault) => ({ property, fault, name: `${property.name} @ ${fault}` })),
  );
  if (cases.length === 0) return [];
  const asking = cases.map(({ property, fault, name }) => {
    const others = faultNames.filter((one) => one !== fault);
    return onlyWith(property, name, faultNames, others);
  });
  const asked = ask(withAnyFault(question, faults, asking, 'not_asked'), bounds);
  if ('refused' in asked) return [];
  return cases.flatMap(({ property, fault, name }) => {
    const steps = asked.violated.get(name);
    return steps === undefined ? [] : [findingOf(question, property.name, fault, steps)];
  });
}

/** Whether a run can get stuck is no question about states: each fault is searched by itself. */
function stuckOf(
  question: Question,
  faults: readonly FaultName[],
  known: Known,
  bounds: Bounds,
): readonly Finding[] {
  return faults.flatMap((fault): Finding[] => {
    if (known.has(DEADLOCK, fault)) return [];
    const asked = ask(withAnyFault(question, [fault], [], 'asked'), bounds);
    const steps = 'refused' in asked ? undefined : asked.violated.get(DEADLOCK);
    return steps === undefined ? [] : [findingOf(question, DEADLOCK, fault, steps)];
  });
}

/** The property, asked only where one of `faults` has happened that is not among `expected`. */
function onlyWith(
  property: Property<Cloud>,
  name: string,
  faults: readonly FaultName[],
  expected: readonly FaultName[],
): Property<Cloud> {
  const asked = faults.filter((fault) => !expected.includes(fault));
  const isAsked = (state: object) => asked.some((fault) => hasHappened(state, fault));
  // The type of the property has lost those of its body.
  if (property.kind === 'step') {
    return cloud.step(name, cloud.implies(cloud.after(isAsked), property.holds as never));
  }
  if (property.kind === 'always') {
    return cloud.always(name, cloud.implies(isAsked, property.body as never));
  }
  throw new Error(`the atlas does not ask '${property.name}', which is no question about states`);
}
