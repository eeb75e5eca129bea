import type { Fairness, Unit } from '../../spec/fairness.ts';
import type { AnyFlow } from '../../spec/process.ts';
import type { AnySystem } from '../../spec/system.ts';
import { nameOf } from '../liveness/conditions.ts';
import type { ChangedScenario } from './changed-scenario.ts';
import type { Starving } from './starving.ts';

/** Fairness of one action, of each process of one flow, or of every process. */
export interface Assumed {
  readonly kind: Fairness['kind'];
  readonly of: 'action' | 'flow' | 'processes';
  /** As in schedule entries for an action; empty for all processes. */
  readonly name: string;
}

/** What was found out about fairness that is not assumed. */
export interface MissingFairness {
  /**
   * Sets of assumptions; with all of a set, beside what is assumed already, the property holds in
   * every fair run. A set without one of its members, or with a weak one in place of a strong one,
   * is not enough.
   */
  readonly enough: readonly (readonly Assumed[])[];
  /**
   * True when it fails even where every process and every action is treated with strong fairness.
   */
  readonly neverEnough: boolean;
}

/** Searches, and states that they visit all together. */
const searchesMax = 80;
const statesMax = 1_000_000;

interface Part extends Assumed {
  readonly fairness: Fairness;
}

/**
 * Which fairness would make the property hold: of one action or of the processes of one flow, else
 * the smallest part of the fairness of all of them that is found by taking away one after the
 * other.
 */
export function missingFairness(
  changed: ChangedScenario,
  system: AnySystem,
  flows: readonly AnyFlow[],
  starving: readonly (Starving & { readonly flow: string | undefined })[],
): MissingFairness {
  const units = sorted(unitsOf(system, flows), starving);
  const all = [...units, everyProcess].map((unit) => part('strong', unit));
  const most = verdictOf(changed, all);
  if (most !== 'holds') return { enough: [], neverEnough: most === 'violated' };
  const single = singlesOf(changed, units);
  const wide = single.length > 0 ? single : singlesOf(changed, [everyProcess]);
  const enough = wide.length > 0 ? wide : smallestOf(changed, all);
  return {
    enough: enough.map((parts) => parts.map(({ kind, of, name }) => ({ kind, of, name }))),
    neverEnough: false,
  };
}

const everyProcess = { of: 'processes', name: '', unit: 'processes' } as const;

/** Those of the units whose fairness alone is enough: weak fairness where it does, else strong. */
function singlesOf(
  changed: ChangedScenario,
  units: readonly Named[],
): readonly (readonly Part[])[] {
  return units.flatMap((unit) => {
    if (!isWithin(changed)) return [];
    const weak = verdictOf(changed, [part('weak', unit)]);
    if (weak === 'holds') return [[part('weak', unit)]];
    // Whether strong fairness is needed is not known where the search for weak fairness did not
    // end.
    if (weak === 'undecided') return [];
    const strong = part('strong', unit);
    return verdictOf(changed, [strong]) === 'holds' ? [[strong]] : [];
  });
}

type Named = Omit<Part, 'kind' | 'fairness'> & { readonly unit: Unit };

function part(kind: Fairness['kind'], { of, name, unit }: Named): Part {
  return { kind, of, name, fairness: { kind, unit } };
}

function unitsOf(system: AnySystem, flows: readonly AnyFlow[]): readonly Named[] {
  return [
    ...(system.actions ?? []).map(
      (action): Named => ({
        of: 'action',
        name: nameOf(action),
        unit: action,
      }),
    ),
    ...flows.map((flow): Named => ({ of: 'flow', name: flow.name, unit: flow })),
  ];
}

/** Those that starve first: they are what a reader thinks of. */
function sorted(
  units: readonly Named[],
  starving: readonly (Starving & { readonly flow: string | undefined })[],
): readonly Named[] {
  const isStarving = ({ of, name }: Named): boolean =>
    starving.some(({ who, flow }) =>
      of === 'flow' ? flow === name : flow === undefined && who === name,
    );
  return [...units.filter(isStarving), ...units.filter((unit) => !isStarving(unit))];
}

function isWithin({ searches, states }: ChangedScenario): boolean {
  return searches < searchesMax && states < statesMax;
}

function verdictOf(changed: ChangedScenario, parts: readonly Part[]) {
  return changed.fairer(parts.map(({ fairness }) => fairness));
}

/**
 * Takes one assumption after the other away, or makes it weak, as long as the property holds. No
 * set where a search is not decided or there are too many: then it could be smaller.
 */
function smallestOf(changed: ChangedScenario, all: readonly Part[]): readonly (readonly Part[])[] {
  let parts = all;
  // Those that starve stand first, and are taken away last.
  for (const one of [...all].reverse()) {
    const weak: Part = { ...one, kind: 'weak', fairness: { ...one.fairness, kind: 'weak' } };
    const smaller = [
      parts.filter((each) => each !== one),
      parts.map((each) => (each === one ? weak : each)),
    ];
    for (const set of smaller) {
      if (!isWithin(changed)) return [];
      const verdict = verdictOf(changed, set);
      if (verdict === 'undecided') return [];
      if (verdict !== 'holds') continue;
      parts = set;
      break;
    }
  }
  return [parts];
}
