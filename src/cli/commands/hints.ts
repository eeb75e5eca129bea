import type { Result } from '../../checker/result/result.ts';
import { invocation } from '../arguments/invocation.ts';
import type { Job } from '../searching/jobs.ts';

/** A matrix that seems to need more states than this is not suggested. */
const matrixStatesMax = 1_000_000;

/** The next command to suggest below a result: at most one. */
export function nextSteps(job: Job, result: Result, jobs: number): string[] {
  const command = (...words: readonly string[]): string => [...invocation(), ...words].join(' ');
  const { growing } = result.ledger;
  if (growing !== undefined) {
    const [name = ''] = growing;
    return [
      `bound ${name} in the model: let a guard stop it, count modulo a small number, forget what is not asked for any more, or look no further (\`within\`)`,
    ];
  }
  switch (result.stopReason) {
    case 'states_max':
      return [`look further with --max-states ${10 * result.states}, or leave the bound out`];
    case 'depth_max':
      return ['look further with a larger --max-depth, or leave the bound out'];
    case 'time_max':
      return ['give it more time with --max-time, or fewer processes with --set'];
    case 'memory_max':
      return ['give it more memory with --max-memory, or fewer processes with --set'];
    case 'no_memory':
      return [
        'give Node more memory (NODE_OPTIONS=--max-old-space-size=8192), or take fewer processes with --set',
      ];
    case 'simulated':
      return [`${command('check', job.requestedName)} visits every state, and decides`];
    case 'error':
    case 'interrupted':
      return [];
    case undefined:
      break;
  }
  if (result.asExpected === false) {
    return ['if the change is meant, correct what the scenario expects'];
  }
  const ranging = Object.entries(job.scenario.parameters).filter(([, { advanced }]) => !advanced);
  const points = ranging.reduce((product, [, { values }]) => product * values.length, 1);
  if (jobs > 1 || points < 2 || points * result.states > matrixStatesMax) return [];
  const names = ranging.map(([name]) => name).join(', ');
  return [`${command('matrix', job.requestedName)} shows every combination of ${names}`];
}
