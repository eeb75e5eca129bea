import type {
  Attachment,
  AttachmentStatus,
  AttachStatus,
  Cloud,
  Volume,
  VolumeStatus,
} from './cloud.ts';

/** The live attachment rows of a volume with their ids, in the order of the table. */
export function rowsOf(
  attachments: { readonly [id: string]: Readonly<Attachment> | undefined },
  volume: string,
): readonly (readonly [id: string, row: Readonly<Attachment>])[] {
  const rows: (readonly [string, Readonly<Attachment>])[] = [];
  for (const [id, row] of Object.entries(attachments)) {
    if (row?.volume === volume) rows.push([id, row]);
  }
  return rows;
}

/**
 * The attach status that the live rows of a volume require: the smallest word in alphabetical
 * order, without rows in error. Source: cinder:cinder/db/api.py@_get_statuses_from_attachments.
 */
export function attachStatusFrom(statuses: readonly AttachmentStatus[]): AttachStatus {
  if (statuses.includes('attached')) return 'attached';
  if (statuses.includes('attaching')) return 'attaching';
  if (statuses.includes('reserved')) return 'reserved';
  return 'detached';
}

/** The volume status that goes with an attach status. */
export function volumeStatusFrom(attachStatus: AttachStatus): VolumeStatus {
  if (attachStatus === 'attached') return 'in-use';
  if (attachStatus === 'detached') return 'available';
  return attachStatus;
}

/**
 * Cinder is moving the volume, so its status belongs to the move. Source:
 * cinder:cinder/db/api.py@volume_detached.
 */
function statusIsKept(volume: Readonly<Volume>): boolean {
  const { migration_status: migration } = volume;
  const migrating = migration === 'migrating';
  return migrating || (volume.status === 'uploading' && migration === null);
}

/**
 * Recomputes both statuses of a volume from its live rows, as the end of attachment_delete does. A
 * volume that is gone is left alone. Source: cinder:cinder/db/api.py@volume_detached.
 */
export function recomputeStatuses(cloud: Cloud, id: string): void {
  const volume = cloud.volumes[id];
  if (volume === undefined) return;
  const attached = attachStatusFrom(rowsOf(cloud.attachments, id).map(([, row]) => row.status));
  const kept = attached === 'detached' && statusIsKept(volume);
  volume.attach_status = attached;
  if (!kept) volume.status = volumeStatusFrom(attached);
}
