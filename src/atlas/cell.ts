import type { FaultName } from '../model/faults/faults.ts';
import { newestRelease, type ReleaseName } from '../model/releases/release-names.ts';
import { type AtlasCell, type CellPart, type Finding, statusOf } from './atlas.ts';
import { type Configuration, configurationOfOne, configurationsOf } from './configurations.ts';
import { faultsOf, type WithFaults } from './faults.ts';
import { type Asked, ask, type Bounds, haveMet, type PointResult } from './point.ts';
import { type RequestName, requests } from './requests.ts';
import { type Question, scenarioOf } from './scenario-of.ts';

export interface AtlasOptions extends Bounds {
  readonly release?: ReleaseName;
  /** The faults, one at a time; none when left out. */
  readonly faults?: readonly FaultName[];
}

/** A search visits up to so many states; of a larger one the answer stays undecided. */
export const statesMax = 60_000;

/** Computes cells of one release; it searches each request alone once for all of its cells. */
export class Cells {
  readonly #options: Required<Pick<AtlasOptions, 'release' | 'faults'>> & Bounds;
  readonly #known = new Map<string, Asked>();
  readonly #failures = new Map<string, ReadonlySet<string>>();

  constructor(options: AtlasOptions) {
    this.#options = { release: newestRelease, faults: [], ...options };
  }

  /** The violations of a request without another one. */
  alone(name: RequestName): AtlasCell {
    return this.#cell([name], [configurationOfOne(name)]);
  }

  /** The violations of two requests that neither of them causes alone. */
  pair(one: RequestName, other: RequestName): AtlasCell {
    return this.#cell([one, other], configurationsOf(one, other));
  }

  #cell(names: readonly RequestName[], configurations: readonly Configuration[]): AtlasCell {
    let isOnTwoServers = false;
    const found = configurations.map((configuration) => {
      const isOnOne = configuration.meeting === 'same' || configuration.meeting === 'alone';
      const fails = isOnOne || !isOnTwoServers;
      const one = this.#part(names, configuration, fails);
      if (!isOnOne && one.part.statesWithFaults !== undefined) isOnTwoServers = true;
      return one;
    });
    const parts = found.map(({ part }) => part);
    return {
      requests: names,
      status: statusOf(parts),
      findings: found.flatMap(({ findings }) => findings),
      parts,
    };
  }

  /** `fails`: it also asks with faults, if the requests meet. */
  #part(
    names: readonly RequestName[],
    configuration: Configuration,
    fails: boolean,
  ): { readonly part: CellPart; readonly findings: readonly Finding[] } {
    const question = { names, configuration, release: this.#options.release };
    const asked = this.#ask(question);
    const { name } = configuration;
    if ('refused' in asked) {
      const part = {
        configuration: name,
        status: 'refused',
        reason: asked.refused,
        states: 0,
      } as const;
      return { part, findings: [] };
    }
    const findings = this.#findings(question, asked);
    const failed =
      fails && this.#options.faults.length > 0 && haveMet(asked)
        ? this.#withFaults(question, asked)
        : undefined;
    const all = [...findings, ...(failed?.findings ?? [])];
    const open = failed?.undecidedFaults ?? [];
    return {
      part: {
        configuration: name,
        status: partStatus(asked, all.length > 0, open.length),
        states: asked.states,
        ...(failed === undefined ? {} : { statesWithFaults: failed.states }),
        ...(open.length === 0 ? {} : { undecidedFaults: open }),
      },
      findings: all,
    };
  }

  /** The violations without a fault that no request causes alone. */
  #findings(question: Question, { violated }: PointResult): readonly Finding[] {
    if (violated.size === 0) return [];
    const singles = singlesOf(question).map((one) => this.#ask(one));
    const isAlone = (property: string) =>
      singles.some((one) => !('refused' in one) && one.violated.has(property));
    return [...violated].flatMap(([property, steps]) =>
      isAlone(property)
        ? []
        : [{ property, configuration: question.configuration.name, fault: null, steps }],
    );
  }

  /** The violations with one fault that no request causes alone with it. */
  #withFaults(question: Question, { violated }: PointResult): WithFaults {
    const singles = singlesOf(question);
    const has = (property: string, fault: FaultName) =>
      singles.some((one) => this.#failsAlone(one).has(`${property} ${fault}`));
    const { faults } = this.#options;
    return faultsOf(question, faults, { without: new Set(violated.keys()), has }, this.#options);
  }

  /** The violations of a request alone: properties, each with its fault. */
  #failsAlone(question: Question): ReadonlySet<string> {
    const key = keyOf(question);
    const known = this.#failures.get(key);
    if (known !== undefined) return known;
    const asked = this.#ask(question);
    const without = new Set('refused' in asked ? [] : asked.violated.keys());
    const { faults } = this.#options;
    const { findings } = faultsOf(question, faults, { without, has: () => false }, this.#options);
    const each = [...without].flatMap((name) => faults.map((fault) => `${name} ${fault}`));
    const found = findings.map(({ property, fault }) => `${property} ${fault}`);
    const failures = new Set([...each, ...found]);
    this.#failures.set(key, failures);
    return failures;
  }

  /** Points with the same runs are computed once. */
  #ask(question: Question): Asked {
    const key = keyOf(question);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const asked = ask(scenarioOf(question), this.#options);
    if (question.names.length === 1) this.#known.set(key, asked);
    return asked;
  }
}

const keyOf = ({ names, configuration: { entities, places } }: Question): string =>
  JSON.stringify([names, entities, places]);

/** Each request of a question of two by itself: among the same entities, and among its own. */
const singlesOf = ({ names, configuration, release }: Question): readonly Question[] =>
  names.length === 1
    ? []
    : names.flatMap((name, i) => {
        const place = configuration.places[i];
        const here = place === undefined ? [] : [{ ...configuration, places: [place] }];
        const own = requests[name].only === undefined ? [configurationOfOne(name)] : [];
        return [...here, ...own].map((each) => ({ names: [name], configuration: each, release }));
      });

function partStatus(asked: PointResult, isViolated: boolean, open: number): CellPart['status'] {
  if (isViolated) return 'violated';
  if (!asked.complete || open > 0) return 'undecided';
  return haveMet(asked) ? 'holds' : 'cannot_meet';
}
