import type { Scenario } from '../spec/scenario.ts';

/** Every scenario that comes with racewright, by its name. One is loaded only when it is asked for. */
export const scenarios: { readonly [name: string]: () => Promise<Scenario> } = {
  'seed-race': async () => (await import('./seed-race.ts')).seedRace,
  'shared-connection': async () => (await import('./shared-connection.ts')).sharedConnection,
  'attach-detach': async () => (await import('./attach-detach.ts')).attachDetach,
  'two-deletes': async () => (await import('./two-deletes.ts')).twoDeletes,
  'bug-2048837': async () => (await import('./bug-2048837.ts')).bug2048837,
  'candidate-d1': async () => (await import('./candidate-d1.ts')).candidateD1,
};
