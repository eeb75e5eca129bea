import type { Fairness } from '../../src/index.ts';
import type { AnyAction } from '../../src/spec/action.ts';
import type { AnyFlow } from '../../src/spec/process.ts';
import type { AnySystem } from '../../src/spec/system.ts';
import type { Condition } from './brute-force.ts';
import type { Done } from './interpreter.ts';

/** The units of fairness. */
interface Unit {
  readonly unit: Fairness['unit'];
  /** What a action is taken together with; undefined for one that is not spoken of. */
  readonly share: (action: Done) => string | undefined;
}

export const PROCESSES: Unit = {
  unit: 'processes',
  share: ({ kind, actor }) => (kind === 'process' ? actor : undefined),
};

export function unitsOf(system: AnySystem): readonly Unit[] {
  const flows = [...new Set(Object.values(system.processes ?? {}).map(({ flow }) => flow))];
  const ofLabel = (flow: AnyFlow, label: string): Unit => ({
    unit: { kind: 'label', flow, label },
    share: (action) =>
      action.flow === flow.name && action.label === label ? action.actor : undefined,
  });
  const ofFlow = (flow: AnyFlow): Unit => ({
    unit: flow,
    share: (action) => (action.flow === flow.name ? action.actor : undefined),
  });
  const ofAction = (action: AnyAction): Unit => ({
    unit: action,
    share: ({ kind, label }) => (kind === action.kind && label === action.name ? 'all' : undefined),
  });
  return [
    { unit: 'anything', share: ({ kind }) => (kind === 'fault' ? undefined : 'all') },
    PROCESSES,
    ...flows.flatMap((flow) => [ofFlow(flow), ...flow.labels.map((label) => ofLabel(flow, label))]),
    ...[...(system.actions ?? []), ...(system.faults ?? [])].map(ofAction),
  ];
}

export function conditionsOf(
  strong: boolean,
  share: Unit['share'],
  actions: readonly Done[],
): Condition[] {
  const together = new Map<string, number>();
  for (const [i, action] of actions.entries()) {
    const name = share(action);
    if (name !== undefined) together.set(name, (together.get(name) ?? 0) | (1 << i));
  }
  return [...together.values()].map((agents) => ({ kind: strong ? 'strong' : 'weak', agents }));
}
