/**
 * The model of OpenStack, for scenarios of one's own: `cloudScenario` makes one of entities, of
 * what is asked of them, and of what may fail. docs/adding-a-scenario.md tells how; every operation
 * cites the code that it was written from.
 *
 * @module racewright/openstack
 */

// A scenario: what there is when it begins. `cloud` is the vocabulary of properties and flows of
// one's own.

export { type AlikeServer, alikeNames } from './model/cloud-scenario/alike-names.ts';
export { cloudScenario } from './model/cloud-scenario/cloud-scenario.ts';
export type {
  CloudScenarioOptions,
  Liveness,
} from './model/cloud-scenario/cloud-scenario-options.ts';
export type {
  DetachedVolumeOptions,
  Entities,
  VolumeOptions,
} from './model/cloud-scenario/entities.ts';
export { type Ids, idsOf, type MadeIds, madeBy } from './model/cloud-scenario/ids.ts';
export {
  type Attachment,
  type BlockDeviceMapping,
  type Cloud,
  type ConnectionInfo,
  cloud,
  type Instance,
  type Migration,
  type Volume,
} from './model/world/cloud.ts';

// Why a release does not have what a scenario is about, for `refuses`.

export { lacksMultiattach } from './model/cloud-scenario/refusals.ts';

// Releases, and the mechanisms in which they and their sites differ.

export { newestRelease, type ReleaseName, releaseNames } from './model/releases/release-names.ts';
export { switchesOf } from './model/releases/releases.ts';
export {
  type Switches,
  type SwitchName,
  switchDefinitions,
  switchNames,
} from './model/releases/switches.ts';

// What operators do; those called `later` wait until nothing happens any more.

export { forceDetach, resetStatus } from './model/cinder/operator.ts';
export type { ConversionRules } from './model/nova/conversion-guards.ts';
export {
  type ConversionOrder,
  conversionOrders,
  convertOffline,
  convertOnline,
} from './model/nova/convert-bdm.ts';
export { convertLater, laterActions } from './model/nova/convert-later.ts';
export { evacuate, restartCompute } from './model/nova/evacuate.ts';
export { refreshAttachment } from './model/nova/refresh.ts';
export { askLater } from './model/operator/later.ts';
export { type Repair, repairLater, repairs, startCompute } from './model/operator/operator.ts';
export { redeployCompute } from './model/operator/redeploy-compute.ts';

// What services do with a request, for `crashes`: a service dies at
// `attachVolumeOnCompute.at('connect_to_iscsi_portal')`.

export { attachmentDelete, volumeAttachmentDelete } from './model/cinder/attachment-delete.ts';
export { volumeAttachmentUpdate } from './model/cinder/attachment-update.ts';
export { volumeReimage } from './model/cinder/reimage.ts';
export { attachVolumeOnCompute } from './model/nova/attach-compute.ts';
export { buildAndRunInstance } from './model/nova/build.ts';
export { resizeInstance } from './model/nova/cold-migrate.ts';
export { liveMigrationOnSource } from './model/nova/live-migration-source.ts';
export { rebootInstance } from './model/nova/reboot.ts';
export { rebuildInstance } from './model/nova/rebuild.ts';

// What users and other clients ask of Cinder.

export { attach } from './model/cinder/attach.ts';
export { attachmentCreate } from './model/cinder/attachment-create.ts';
export { backUpVolume } from './model/cinder/backup.ts';
export { useVolume } from './model/cinder/client.ts';
export { extendVolume } from './model/cinder/extend.ts';
export { uploadToImage } from './model/cinder/upload.ts';
export { volumeCreate } from './model/cinder/volume-create.ts';
export { volumeDelete } from './model/cinder/volume-delete.ts';

// What users ask of Nova.

export { attachVolume, attachVolumeOnConductor } from './model/nova/attach.ts';
export { createServer } from './model/nova/boot.ts';
export { endResize, resizeServer } from './model/nova/cold-migrate.ts';
export { deleteServer, terminateInstance } from './model/nova/delete.ts';
export { detachVolume, detachVolumeOnCompute } from './model/nova/detach.ts';
export { legacyAttachVolume } from './model/nova/legacy-attach.ts';
export { legacyDetachVolume } from './model/nova/legacy-detach.ts';
export { liveMigrate, liveMigrateAbort } from './model/nova/live-migration.ts';
export { attachVolumeV1, attachVolumeV2 } from './model/nova/poc-attach.ts';
export { detachVolumePoc } from './model/nova/poc-detach.ts';
export { rebootServer } from './model/nova/reboot.ts';
export { rebuildServer } from './model/nova/rebuild.ts';
export { attachOf, detachOf } from './model/nova/requests.ts';
export { shelveServer, unshelveServer } from './model/nova/shelve.ts';
export {
  attachVolumeShelvedOffloaded,
  detachVolumeShelvedOffloaded,
} from './model/nova/shelved.ts';
export { swapVolume } from './model/nova/swap-volume.ts';

// What may fail.

export { type FaultName, faultNames } from './model/faults/faults.ts';

// The properties of every scenario: always, at rest and in the end. An expectation names them:
// `[noUnmapUnderDevice.name]: 43`.

export {
  attachedToOneServer,
  connectedAttachmentIsMapped,
  deletedAttachmentIsGone,
  deletingVolumeIsUnattached,
  deviceKeepsItsVolume,
  errorVolumeIsUnattached,
  exportMountedWhileConnected,
  guestReachesItsDisks,
  movingServerKeepsAttachment,
  noDeviceRemovedUnderGuest,
  noUnmapUnderDevice,
  oneBdmPerVolume,
  oneBrickOperationPerHost,
  secondAttachmentOnlyForMove,
  secondConnectionOnlyForMove,
  userCannotUnmapUsedVolume,
  writtenByOneGuest,
} from './model/properties/always.ts';
export {
  allAgreeOnAttachments,
  attachedVolumeIsWorkingDisk,
  connectionsNameHostOfServer,
  everyAttachmentHasBdm,
  everyBdmHasAttachment,
  noDeviceWithoutAttachment,
  noErrorAttachmentOnFreeVolume,
  noExportWithoutAttachment,
  noMappingWithoutAttachment,
  noSessionWithoutDevice,
  volumeStatusFitsAttachments,
} from './model/properties/at-rest.ts';
export { noneGivenWithoutDevice } from './model/properties/guests.ts';
export {
  attachCompletesOrRollsBack,
  attachingVolumeSettles,
  deletedServerLeavesNothing,
  detachCompletesOrRollsBack,
  detachingVolumeSettles,
  locksAreReleased,
  migrationLeavesOneAttachment,
} from './model/properties/liveness.ts';

// Of ports, for `reachable` of a scenario that has some.

export {
  oneActiveBinding,
  portAndVolumesOnOneHost,
  portBoundToOwnHostOnly,
  portProperties,
} from './model/properties/ports.ts';

// For properties of one's own: what is going on.

export { rowsToTell } from './model/cinder/notify.ts';
export { isAtRest, isInFlight } from './model/world/services.ts';
export { runsOlder } from './model/world/versions.ts';

// The scenarios that come with racewright.

export { scenarios } from './scenarios/index.ts';
