import type { Scenario } from '../../spec/scenario.ts';

/** Scenarios by name. One is loaded only when it is asked for. */
export type ScenarioTable = { readonly [name: string]: () => Promise<Scenario> };
