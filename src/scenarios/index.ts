import { bugs } from './bugs/index.ts';
import { candidateNumbers, candidates } from './candidates/index.ts';
import { operations } from './operations/index.ts';
import { proofsOfConcept } from './proofs-of-concept/index.ts';
import type { ScenarioTable } from './table/scenario-table.ts';
import { upgrades } from './upgrades/index.ts';

/** The scenarios that come with racewright, by the folder of each file. */
export const scenarioKinds = {
  'proofs-of-concept': proofsOfConcept,
  operations,
  bugs,
  candidates,
  upgrades,
} satisfies { readonly [kind: string]: ScenarioTable };

/** The subject of a scenario. */
export type ScenarioKind = keyof typeof scenarioKinds;

/**
 * Every scenario that comes with racewright, by its name. One is loaded only when it is asked for.
 */
export const scenarios: ScenarioTable = Object.assign({}, ...Object.values(scenarioKinds));

/** The kind of a scenario that comes with racewright; undefined for a name that none has. */
export function kindOf(name: string): ScenarioKind | undefined {
  const kinds = Object.keys(scenarioKinds) as ScenarioKind[];
  return kinds.find((kind) => Object.hasOwn(scenarioKinds[kind], name));
}

/**
 * The name of the scenario that these words ask for; undefined where they ask for none. A candidate
 * also answers to its number: `d12` or `candidate-d12`.
 */
export function scenarioNameOf(words: string): string | undefined {
  if (Object.hasOwn(scenarios, words)) return words;
  const number = /^(?:candidate-)?(d\d+)$/i.exec(words)?.[1] ?? '';
  return candidateNumbers[number.toLowerCase()];
}
