import type { ScenarioTable } from '../table/scenario-table.ts';

/** Old records, old services, and the conversion of both. */
export const upgrades: ScenarioTable = {
  'legacy-live-migration': async () =>
    (await import('./legacy-live-migration.ts')).legacyLiveMigration,
  'upgrade-offline': async () => (await import('./upgrade-offline.ts')).upgradeOffline,
  'upgrade-online': async () => (await import('./upgrade-online.ts')).upgradeOnline,
  'legacy-attach-detach': async () =>
    (await import('./legacy-attach-detach.ts')).legacyAttachDetach,
  'upgrade-mixed': async () => (await import('./upgrade-mixed.ts')).upgradeMixed,
  'mixed-rpc': async () => (await import('./mixed-rpc.ts')).mixedRpc,
};
