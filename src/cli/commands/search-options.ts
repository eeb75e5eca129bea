import type { CheckOptions } from '../../checker/result/options.ts';
import type { AnyPoint } from '../../spec/parameters.ts';
import type { Scenario } from '../../spec/scenario.ts';
import { faultBudgets } from '../arguments/fault-budgets.ts';
import type { CheckFlags } from './check.ts';

/**
 * The flags for the order and the bounds of a search. `maxTime` is in seconds, `maxMemory` in
 * megabytes.
 */
export type SearchFlags = Partial<
  Pick<
    CheckFlags,
    | 'depthFirst'
    | 'maxStates'
    | 'maxDepth'
    | 'maxTime'
    | 'maxMemory'
    | 'faults'
    | 'counterexamples'
    | 'deadlock'
    | 'stopAtViolation'
    | 'symmetry'
    | 'profile'
  >
>;

const bytesPerMegabyte = 1e6;

/**
 * The same as options of the checker, for one point. `secondsMax` is separate, because the checker
 * has no clock. Throws CliUsageError.
 */
export function searchOptions(
  flags: SearchFlags,
  scenario: Scenario,
  parameters: AnyPoint,
): CheckOptions & { readonly secondsMax?: number | undefined } {
  const { maxStates, maxDepth, maxTime, maxMemory, faults } = flags;
  return {
    parameters,
    order: flags.depthFirst ? 'depth_first' : 'breadth_first',
    secondsMax: maxTime,
    ...(maxStates === undefined ? {} : { statesMax: maxStates }),
    ...(maxDepth === undefined ? {} : { depthMax: maxDepth }),
    ...(flags.counterexamples === undefined ? {} : { counterexamples: flags.counterexamples }),
    ...(flags.deadlock === undefined ? {} : { deadlock: flags.deadlock }),
    ...(flags.stopAtViolation === true ? { stopAtViolation: true } : {}),
    ...(flags.symmetry === true ? { symmetry: true } : {}),
    // Reading the clock takes time, so only a profile asks for it.
    ...(flags.profile === true ? { clock: () => performance.now() } : {}),
    ...(maxMemory === undefined ? {} : { memoryMaxBytes: maxMemory * bytesPerMegabyte }),
    ...(faults === undefined ? {} : { faults: faultBudgets(scenario, parameters, faults) }),
  };
}

/** The flags that change the system. A replay of one of its runs must repeat them. */
export function faultFlags({ faults }: SearchFlags): string[] {
  return faults === undefined ? [] : ['--faults', faults];
}
