import { type FaultName, faults } from '../model/faults/faults.ts';
import { type Cloud, cloud } from '../model/world/cloud.ts';
import type { Fault } from '../spec/action.ts';
import type { Pick } from '../spec/pick.ts';
import type { Processes } from '../spec/process.ts';

/** A cloud that remembers what has failed: '' as long as nothing has. No flow reads it. */
export interface Remembering {
  happened: { fault: FaultName | '' };
}

/**
 * Any one of several faults, once. One search covers all runs with at most one fault: they share
 * the steps before it.
 */
export const anyFault = (names: readonly FaultName[]): Fault<Cloud> =>
  cloud.fault({
    name: 'any-fault',
    times: 1,
    do(state, pick, processes) {
      const name = pick('fault', names);
      remembering(state).happened.fault = name;
      const happen = faults[name].do as (cloud: object, pick: Pick, processes: Processes) => void;
      happen(state, pick, processes);
    },
  });

/** Only the clouds of the atlas have this field, so the vocabulary of the model lacks it. */
const remembering = (state: object): Remembering => state as Remembering;

/** Whether this is the fault that happened. */
export const hasHappened = (state: object, fault: FaultName): boolean =>
  remembering(state).happened.fault === fault;
