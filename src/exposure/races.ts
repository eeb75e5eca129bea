import { kindOf } from '../scenarios/index.ts';
import type { AnyPoint } from '../spec/parameters.ts';
import type { Expectation, Scenario } from '../spec/scenario.ts';

/**
 * A race as its scenario states it, under one setting of the parameters that are not the release.
 */
export interface Race {
  readonly scenario: Scenario;
  readonly setting: AnyPoint;
  /**
   * The race itself: the violations that the scenario expects, without those that it says the fix
   * leaves.
   */
  readonly own: ReadonlySet<string>;
  /**
   * All violations that the scenario expects under this setting: more than `own` where a fix leaves
   * some.
   */
  readonly listed: ReadonlySet<string>;
}

/**
 * The meaning of a value of a switch: 'site' where no release changes it, 'nothing' where every
 * release has that value anyway, 'change' where releases differ in it.
 */
export type Meaning = (name: string, value: AnyPoint[string]) => 'site' | 'nothing' | 'change';

/**
 * The races of a scenario of a bug or a candidate: one for each setting with which it expects a
 * violation, by its own parameters and by switches that no release changes. An expectation that
 * sets another switch says which change mends the race, and is left out. Empty for a scenario of
 * another kind, or without releases.
 */
export function racesOf(scenario: Scenario, meaning: Meaning): readonly Race[] {
  const kind = kindOf(scenario.name);
  const isRace = kind === 'bugs' || kind === 'candidates';
  if (!isRace || !('release' in scenario.parameters)) return [];
  const plain = scenario.expect.flatMap((expectation) => {
    const stated = statedBy(scenario, expectation);
    const means = (kind: ReturnType<Meaning>) =>
      Object.entries(stated.site).filter(([name, value]) => meaning(name, value) === kind);
    const blames = means('change').length > 0;
    return blames ? [] : [{ ...stated, site: Object.fromEntries(means('site')) }];
  });
  const settings = new Map<string, AnyPoint>();
  for (const { own, site } of plain.filter(({ violated }) => violated.length > 0)) {
    for (const setting of [own, { ...own, ...site }]) settings.set(keyOf(setting), setting);
  }
  return [...settings].map(([key, setting]) => {
    const points = plain.filter(({ own, site }) => keyOf({ ...own, ...site }) === key);
    const about = points.some(({ violated }) => violated.length > 0) ? points : plain;
    return { scenario, setting, ...propertiesOf(about, kind === 'bugs') };
  });
}

interface Stated {
  readonly own: AnyPoint;
  readonly site: AnyPoint;
  /** The place of the release among those that the scenario knows. */
  readonly age: number;
  readonly violated: readonly string[];
}

/**
 * An expectation with its parameters apart: the release, the scenario's own, and the switches that
 * it sets.
 */
function statedBy({ parameters }: Scenario, expectation: Expectation): Stated {
  const { given = {}, violates = {} } = expectation;
  const values = Object.entries(parameters).map(
    ([name, parameter]) => [name, given[name] ?? parameter.default] as const,
  );
  const release = parameters['release'];
  return {
    own: Object.fromEntries(
      values.filter(([name]) => name !== 'release' && !parameters[name]?.advanced),
    ),
    site: Object.fromEntries(
      values.filter(([name, value]) => {
        const parameter = parameters[name];
        return parameter?.advanced === true && value !== parameter.default;
      }),
    ),
    age: release?.values.indexOf(given['release'] ?? release.default) ?? 0,
    violated: Object.keys(violates),
  };
}

/**
 * A fix leaves the violations that the scenario still expects at the next point after the first
 * violation; a candidate has no fix.
 */
function propertiesOf(points: readonly Stated[], isBug: boolean): Pick<Race, 'own' | 'listed'> {
  const listed = new Set(points.flatMap(({ violated }) => violated));
  const inTime = [...points].sort((one, other) => one.age - other.age);
  const first = inTime.find(({ violated }) => violated.length > 0);
  const next = inTime.find(({ age }) => first !== undefined && age > first.age);
  const left = new Set(isBug ? next?.violated : []);
  const gone = [...listed].filter((name) => !left.has(name));
  return { own: new Set(gone.length > 0 ? gone : listed), listed };
}

const keyOf = (point: AnyPoint): string => JSON.stringify(Object.entries(point).sort());
