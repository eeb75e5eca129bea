import type { ScenarioTable } from '../table/scenario-table.ts';

/**
 * Races that no bug report describes. Reading the code showed the first of them, the atlas the last
 * three.
 */
export const candidates: ScenarioTable = {
  'detach-and-delete-both-skip': async () =>
    (await import('./detach-and-delete-both-skip.ts')).detachAndDeleteBothSkip,
  'encryptor-skips-count': async () =>
    (await import('./encryptor-skips-count.ts')).encryptorSkipsCount,
  'request-meets-migration': async () =>
    (await import('./request-meets-migration.ts')).requestMeetsMigration,
  'source-stops-waiting': async () =>
    (await import('./source-stops-waiting.ts')).sourceStopsWaiting,
  'rollback-ignores-timeout': async () =>
    (await import('./rollback-ignores-timeout.ts')).rollbackIgnoresTimeout,
  'wrong-host-counted': async () => (await import('./wrong-host-counted.ts')).wrongHostCounted,
  'failed-disconnect-unmaps': async () =>
    (await import('./failed-disconnect-unmaps.ts')).failedDisconnectUnmaps,
  'sharing-servers-migrate': async () =>
    (await import('./sharing-servers-migrate.ts')).sharingServersMigrate,
  'rollback-cancels-detach': async () =>
    (await import('./rollback-cancels-detach.ts')).rollbackCancelsDetach,
  'late-ports-leave-device': async () =>
    (await import('./late-ports-leave-device.ts')).latePortsLeaveDevice,
  'returning-host-wrong-device': async () =>
    (await import('./returning-host-wrong-device.ts')).returningHostWrongDevice,
  'reboot-deletes-attachment': async () =>
    (await import('./reboot-deletes-attachment.ts')).rebootDeletesAttachment,
  'rebuild-disconnects-twice': async () =>
    (await import('./rebuild-disconnects-twice.ts')).rebuildDisconnectsTwice,
  'swap-fails-after-pivot': async () =>
    (await import('./swap-fails-after-pivot.ts')).swapFailsAfterPivot,
  'cleanup-by-old-mappings': async () =>
    (await import('./cleanup-by-old-mappings.ts')).cleanupByOldMappings,
  'migration-drops-attachment': async () =>
    (await import('./migration-drops-attachment.ts')).migrationDropsAttachment,
  'source-attachment-deleted': async () =>
    (await import('./source-attachment-deleted.ts')).sourceAttachmentDeleted,
  'unshelve-passes-gate': async () =>
    (await import('./unshelve-passes-gate.ts')).unshelvePassesGate,
  'shelved-attached-twice': async () =>
    (await import('./shelved-attached-twice.ts')).shelvedAttachedTwice,
  'queued-rebuild-runs': async () => (await import('./queued-rebuild-runs.ts')).queuedRebuildRuns,
  'evacuated-twice': async () => (await import('./evacuated-twice.ts')).evacuatedTwice,
  'detach-without-attachment': async () =>
    (await import('./detach-without-attachment.ts')).detachWithoutAttachment,
  'attach-undone-under-guest': async () =>
    (await import('./attach-undone-under-guest.ts')).attachUndoneUnderGuest,
  'extend-by-stale-lun': async () => (await import('./extend-by-stale-lun.ts')).extendByStaleLun,
  'unguarded-disconnect': async () =>
    (await import('./unguarded-disconnect.ts')).unguardedDisconnect,
  'detach-never-rolled-back': async () =>
    (await import('./detach-never-rolled-back.ts')).detachNeverRolledBack,
  'connection-not-saved': async () =>
    (await import('./connection-not-saved.ts')).connectionNotSaved,
  'reimage-admits-server': async () =>
    (await import('./reimage-admits-server.ts')).reimageAdmitsServer,
  'crash-before-save': async () => (await import('./crash-before-save.ts')).crashBeforeSave,
  'mapping-after-timeout': async () =>
    (await import('./mapping-after-timeout.ts')).mappingAfterTimeout,
  'attachment-create-too-late': async () =>
    (await import('./attachment-create-too-late.ts')).attachmentCreateTooLate,
  'failed-connect-drops-target': async () =>
    (await import('./failed-connect-drops-target.ts')).failedConnectDropsTarget,
  'target-counted-without-lock': async () =>
    (await import('./target-counted-without-lock.ts')).targetCountedWithoutLock,
  'conductor-leaves-attachment': async () =>
    (await import('./conductor-leaves-attachment.ts')).conductorLeavesAttachment,
  'delete-during-connect': async () =>
    (await import('./delete-during-connect.ts')).deleteDuringConnect,
  'connects-under-two-locks': async () =>
    (await import('./connects-under-two-locks.ts')).connectsUnderTwoLocks,
};

/** The scenario of each candidate, by its number in docs/openstack.md 9.3. */
export const candidateNumbers: { readonly [number: string]: string } = {
  d1: 'detach-and-delete-both-skip',
  d3: 'target-counted-without-lock',
  d4: 'conductor-leaves-attachment',
  d5: 'reboot-deletes-attachment',
  d6: 'delete-during-connect',
  d7: 'connects-under-two-locks',
  d9: 'request-meets-migration',
  d10: 'source-stops-waiting',
  d11: 'rollback-ignores-timeout',
  d12: 'wrong-host-counted',
  d13: 'returning-host-wrong-device',
  d14: 'unguarded-disconnect',
  d15: 'detach-never-rolled-back',
  d16: 'mapping-after-timeout',
  d17: 'attachment-create-too-late',
  d18: 'failed-disconnect-unmaps',
  d19: 'extend-by-stale-lun',
  d20: 'sharing-servers-migrate',
  d21: 'reimage-admits-server',
  d22: 'crash-before-save',
  d23: 'connection-not-saved',
  d24: 'failed-connect-drops-target',
  d25: 'encryptor-skips-count',
  d26: 'rebuild-disconnects-twice',
  d27: 'swap-fails-after-pivot',
  d28: 'rollback-cancels-detach',
  d29: 'late-ports-leave-device',
  d30: 'cleanup-by-old-mappings',
  d31: 'migration-drops-attachment',
  d32: 'source-attachment-deleted',
  d33: 'unshelve-passes-gate',
  d34: 'shelved-attached-twice',
  d35: 'queued-rebuild-runs',
  d36: 'evacuated-twice',
  d37: 'detach-without-attachment',
  d38: 'attach-undone-under-guest',
};
