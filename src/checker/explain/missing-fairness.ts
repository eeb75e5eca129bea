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
  /** The name of an action as in schedule entries; empty for all processes. */
  readonly name: string;
}

/** What more fairness would change. */
export interface MissingFairness {
  /**
   * Sets of assumptions. With a whole set, beside the present assumptions, the property holds in
   * every fair run. Without one member, or with a weak one in place of a strong one, it does not.
   */
  readonly enough: readonly (readonly Assumed[])[];
  /** True when the property fails even with strong fairness of every process and every action. */
  readonly neverEnough: boolean;
}

/** The largest number of searches, and of states that all of them visit together. */
const searchesMax = 80;
const statesMax = 1_000_000;

interface Part extends Assumed {
  readonly fairness: Fairness;
}

/**
 * The fairness that would make the property hold: that of one action or of the processes of one
 * flow. Where none is enough alone, it removes one after another from all of them, and returns the
 * small set that is left.
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

/** The units whose fairness alone is enough: weak fairness if that does, else strong. */
function singlesOf(
  changed: ChangedScenario,
  units: readonly Named[],
): readonly (readonly Part[])[] {
  return units.flatMap((unit) => {
    if (!isWithin(changed)) return [];
    const weak = verdictOf(changed, [part('weak', unit)]);
    if (weak === 'holds') return [[part('weak', unit)]];
    // Without an answer for weak fairness it is unknown whether strong fairness is needed.
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

/** The starving units first, because a reader expects them. */
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
 * Removes one assumption after another, or makes it weak, as long as the property holds. Returns no
 * set where a search is undecided or there are too many, because then the set could be smaller.
 */
function smallestOf(changed: ChangedScenario, all: readonly Part[]): readonly (readonly Part[])[] {
  let parts = all;
  // The starving ones stand first, and so are removed last.
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
