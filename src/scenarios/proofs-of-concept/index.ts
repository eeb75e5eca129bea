import type { ScenarioTable } from '../table/scenario-table.ts';

/** The two proposals of 2016 and the questions that they left open. */
export const proofsOfConcept: ScenarioTable = {
  'seed-race': async () => (await import('./seed-race.ts')).seedRace,
  'shared-connection': async () => (await import('./shared-connection.ts')).sharedConnection,
  'migration-second-attachment': async () =>
    (await import('./migration-second-attachment.ts')).migrationSecondAttachment,
};
