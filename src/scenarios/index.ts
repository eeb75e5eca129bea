import type { Scenario } from '../spec/scenario.ts';

/** Every scenario that comes with racewright, by its name. One is loaded only when it is asked for. */
export const scenarios: { readonly [name: string]: () => Promise<Scenario> } = {
  'seed-race': async () => (await import('./seed-race.ts')).seedRace,
  'shared-connection': async () => (await import('./shared-connection.ts')).sharedConnection,
  'attach-detach': async () => (await import('./attach-detach.ts')).attachDetach,
  'two-deletes': async () => (await import('./two-deletes.ts')).twoDeletes,
  'bug-2048837': async () => (await import('./bug-2048837.ts')).bug2048837,
  'bug-1404867': async () => (await import('./bug-1404867.ts')).bug1404867,
  'bug-1909120': async () => (await import('./bug-1909120.ts')).bug1909120,
  'bug-2004555': async () => (await import('./bug-2004555.ts')).bug2004555,
  'bug-1908075': async () => (await import('./bug-1908075.ts')).bug1908075,
  'boot-from-volume': async () => (await import('./boot-from-volume.ts')).bootFromVolume,
  'candidate-d1': async () => (await import('./candidate-d1.ts')).candidateD1,
  'bug-1327218': async () => (await import('./bug-1327218.ts')).bug1327218,
  'bug-1581230': async () => (await import('./bug-1581230.ts')).bug1581230,
  'bug-1664032': async () => (await import('./bug-1664032.ts')).bug1664032,
  'bug-1662483': async () => (await import('./bug-1662483.ts')).bug1662483,
  'bug-1750680': async () => (await import('./bug-1750680.ts')).bug1750680,
  'bug-1752115': async () => (await import('./bug-1752115.ts')).bug1752115,
  'bug-1947370': async () => (await import('./bug-1947370.ts')).bug1947370,
  'bug-1961102': async () => (await import('./bug-1961102.ts')).bug1961102,
  'candidate-d25': async () => (await import('./candidate-d25.ts')).candidateD25,
  'live-migration': async () => (await import('./live-migration.ts')).liveMigration,
  'migration-second-attachment': async () =>
    (await import('./migration-second-attachment.ts')).migrationSecondAttachment,
  'multiattach-same-host': async () =>
    (await import('./multiattach-same-host.ts')).multiattachSameHost,
  'bug-1935057': async () => (await import('./bug-1935057.ts')).bug1935057,
  'bug-1937084': async () => (await import('./bug-1937084.ts')).bug1937084,
  'candidate-d14': async () => (await import('./candidate-d14.ts')).candidateD14,
  'candidate-d15': async () => (await import('./candidate-d15.ts')).candidateD15,
  'candidate-d23': async () => (await import('./candidate-d23.ts')).candidateD23,
  'bug-2019078': async () => (await import('./bug-2019078.ts')).bug2019078,
  'candidate-d22': async () => (await import('./candidate-d22.ts')).candidateD22,
};
