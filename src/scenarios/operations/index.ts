import type { ScenarioTable } from '../table/scenario-table.ts';

/** Requests of users and operators: alone, together, and with faults. */
export const operations: ScenarioTable = {
  'attach-detach': async () => (await import('./attach-detach.ts')).attachDetach,
  refused: async () => (await import('./refused.ts')).refused,
  'starts-again': async () => (await import('./starts-again.ts')).startsAgain,
  'dies-midway': async () => (await import('./dies-midway.ts')).diesMidway,
  'status-is-the-lock': async () => (await import('./status-is-the-lock.ts')).statusIsTheLock,
  'two-deletes': async () => (await import('./two-deletes.ts')).twoDeletes,
  'refused-attach': async () => (await import('./refused-attach.ts')).refusedAttach,
  'deleted-twice': async () => (await import('./deleted-twice.ts')).deletedTwice,
  'deleted-while-shelved': async () =>
    (await import('./deleted-while-shelved.ts')).deletedWhileShelved,
  'local-delete': async () => (await import('./local-delete.ts')).localDelete,
  'force-detach': async () => (await import('./force-detach.ts')).forceDetached,
  'force-detach-again': async () => (await import('./force-detach-again.ts')).forceDetachAgain,
  'shared-lifecycle': async () => (await import('./shared-lifecycle.ts')).sharedLifecycle,
  'boot-from-volume': async () => (await import('./boot-from-volume.ts')).bootFromVolume,
  'live-migration': async () => (await import('./live-migration.ts')).liveMigration,
  'swap-and-reboot': async () => (await import('./swap-and-reboot.ts')).swapAndReboot,
  'swap-and-delete': async () => (await import('./swap-and-delete.ts')).swapAndDelete,
  'delete-during-attach': async () =>
    (await import('./delete-during-attach.ts')).deleteDuringAttach,
  'deleted-while-shared': async () =>
    (await import('./deleted-while-shared.ts')).deletedWhileShared,
  'port-binding': async () => (await import('./port-binding.ts')).portBinding,
  'moved-while-stopped': async () => (await import('./moved-while-stopped.ts')).movedWhileStopped,
  'cold-migration': async () => (await import('./cold-migration.ts')).coldMigration,
  'multiattach-moves': async () => (await import('./multiattach-moves.ts')).multiattachMoves,
  'connects-at-once': async () => (await import('./connects-at-once.ts')).connectsAtOnce,
  'host-fails': async () => (await import('./host-fails.ts')).hostFails,
  'attach-while-shelved': async () =>
    (await import('./attach-while-shelved.ts')).attachWhileShelved,
  'reset-and-delete': async () => (await import('./reset-and-delete.ts')).resetAndDelete,
  'reset-and-attach': async () => (await import('./reset-and-attach.ts')).resetAndAttach,
  'detach-while-shelved': async () =>
    (await import('./detach-while-shelved.ts')).detachWhileShelved,
  shelve: async () => (await import('./shelve.ts')).shelve,
  'busy-refresh': async () => (await import('./busy-refresh.ts')).busyRefresh,
  'multiattach-same-host': async () =>
    (await import('./multiattach-same-host.ts')).multiattachSameHost,
  'client-without-server': async () =>
    (await import('./client-without-server.ts')).clientWithoutServer,
  'late-attachment-update': async () =>
    (await import('./late-attachment-update.ts')).lateAttachmentUpdate,
  'timeout-destroys-bdm': async () =>
    (await import('./timeout-destroys-bdm.ts')).timeoutDestroysBdm,
  'crash-windows': async () => (await import('./crash-windows.ts')).crashWindows,
  'late-status-write': async () => (await import('./late-status-write.ts')).lateStatusWrite,
  'extend-while-moved': async () => (await import('./extend-while-moved.ts')).extendWhileMoved,
  'busy-server': async () => (await import('./busy-server.ts')).busyServer,
  'deleted-on-the-way': async () => (await import('./deleted-on-the-way.ts')).deletedOnTheWay,
  'aborted-migration': async () => (await import('./aborted-migration.ts')).abortedMigration,
  'swap-of-what-has-changed': async () =>
    (await import('./swap-of-what-has-changed.ts')).swapOfWhatHasChanged,
  'lost-reimage': async () => (await import('./lost-reimage.ts')).lostReimage,
  'host-comes-back': async () => (await import('./host-comes-back.ts')).hostComesBack,
  'two-servers-one-volume': async () =>
    (await import('./two-servers-one-volume.ts')).twoServersOneVolume,
  'failed-start': async () => (await import('./failed-start.ts')).failedStart,
  'failing-reboot': async () => (await import('./failing-reboot.ts')).failingReboot,
  'given-up-build': async () => (await import('./given-up-build.ts')).givenUpBuild,
  'failed-swap': async () => (await import('./failed-swap.ts')).failedSwap,
  'late-port': async () => (await import('./late-port.ts')).latePort,
  'deleted-while-reverted': async () =>
    (await import('./deleted-while-reverted.ts')).deletedWhileReverted,
};
