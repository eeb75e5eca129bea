import type { AnySystem } from '../spec/system.ts';

/**
 * The slots, as `table.id`, in which the initial states of two systems differ, when they differ in
 * nothing else; undefined when they do, or when it cannot tell. It compares only switches one by
 * one.
 */
function onlySwitchesDiffer(one: AnySystem, other: AnySystem): readonly string[] | undefined {
  const [first, second] = [one.init(), other.init()];
  if (Array.isArray(first) || Array.isArray(second)) return undefined;
  const { switches: before, ...rest } = first as { switches?: Record<string, unknown> };
  const { switches: after, ...otherRest } = second as { switches?: Record<string, unknown> };
  if (before === undefined || after === undefined) return undefined;
  if (JSON.stringify(rest) !== JSON.stringify(otherRest)) return undefined;
  if (!sameBehaviour(one, other)) return undefined;
  return Object.keys({ ...before, ...after })
    .filter((name) => before[name] !== after[name])
    .map((name) => `switches.${name}`);
}

/**
 * Same processes, faults, properties and assumptions: compared by identity, so that a doubt counts
 * as a difference.
 */
function sameBehaviour(one: AnySystem, other: AnySystem): boolean {
  const [processes, others] = [Object.entries(one.processes ?? {}), other.processes ?? {}];
  const sameProcesses =
    processes.length === Object.keys(others).length &&
    processes.every(([pid, { flow, vars }]) => {
      const twin = others[pid];
      return twin?.flow === flow && JSON.stringify(twin.vars) === JSON.stringify(vars);
    });
  const sameFaults = sameItems(
    (one.faults ?? []).flatMap((fault) => [fault.name, fault.times, fault.do, fault.when]),
    (other.faults ?? []).flatMap((fault) => [fault.name, fault.times, fault.do, fault.when]),
  );
  return (
    sameProcesses &&
    sameFaults &&
    sameItems(one.properties ?? [], other.properties ?? []) &&
    sameItems(one.actions ?? [], other.actions ?? []) &&
    sameItems(one.fairness ?? [], other.fairness ?? []) &&
    (one.fairness === undefined) === (other.fairness === undefined) &&
    one.final === other.final &&
    one.within === other.within
  );
}

const sameItems = (one: readonly unknown[], other: readonly unknown[]): boolean =>
  one.length === other.length && one.every((item, i) => item === other[i]);

/**
 * Whether `other` has exactly the runs of `one`, of which a complete search has read the slots
 * `read`: the two differ only in switches that no step and no property ever read.
 */
export function hasSameRuns(one: AnySystem, read: ReadonlySet<string>, other: AnySystem): boolean {
  const differing = onlySwitchesDiffer(one, other);
  return differing?.every((slot) => !read.has(slot)) ?? false;
}
