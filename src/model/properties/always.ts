import type { Immutable } from '../../spec/draft.ts';
import { answers, onHost, sessionPath } from '../world/backend.ts';
import { type Cloud, cloud, type Instance } from '../world/cloud.ts';
import { rowsOf } from '../world/statuses.ts';
import { answeredOk, isAboutToUnmap, isEnding, isInsideBrick } from './process-places.ts';

type View = Immutable<Cloud>;

/** S1. The SCSI layer never checks again what it once found at a LUN (CVE-2023-2088). */
export const deviceKeepsItsVolume = cloud.always(
  'a device on a host never turns into another volume',
  cloud.every('devices', (volume, path, state) => {
    const now = answers(state, path);
    return now === undefined || now === volume;
  }),
);

/** S2. A device over an unmapped LUN can turn into another volume. */
export const noUnmapUnderDevice = cloud.always(
  'no volume is unmapped from a host that still has its device',
  cloud.every('devices', (_volume, path, state) => answers(state, path) !== undefined),
);

/** S3. */
export const attachedToOneServer = cloud.always(
  'a volume that is not multiattach has attachments of one server only',
  cloud.every('volumes', ({ multiattach }, id, { attachments }) => {
    if (multiattach) return true;
    const servers = rowsOf(attachments, id).map(([, row]) => row.instance);
    return new Set(servers).size <= 1;
  }),
);

/** S4. Only a move of a server may have two attachments at once. */
export const secondAttachmentOnlyForMove = cloud.always(
  'a volume that is not multiattach has two attachments only while its server moves',
  cloud.every('volumes', ({ multiattach }, id, state) => {
    const rows = rowsOf(state.attachments, id);
    if (multiattach || rows.length <= 1) return true;
    const server = rows[0]?.[1].instance ?? null;
    return rows.length === 2 && server !== null && moves(state, server);
  }),
);

/**
 * S4, of connections: two rows may be reserved for a moment, but Cinder connects the second one
 * only for a move.
 */
export const secondConnectionOnlyForMove = cloud.always(
  'a volume that is not multiattach is connected twice only while its server moves',
  cloud.every('volumes', ({ multiattach }, id, state) => {
    const rows = rowsOf(state.attachments, id).filter(([, { connector }]) => connector !== null);
    if (multiattach || rows.length <= 1) return true;
    const server = rows[0]?.[1].instance ?? null;
    return rows.length === 2 && server !== null && moves(state, server);
  }),
);

/** S5. */
export const writtenByOneGuest = cloud.always(
  'a volume that is not multiattach is written by one guest only',
  cloud.every('volumes', ({ multiattach }, id, state) => {
    if (multiattach) return true;
    const disks = Object.entries(state.disks).filter(([, device]) => answers(state, device) === id);
    return new Set(disks.map(([disk]) => serverOf(disk))).size <= 1;
  }),
);

/** S6. */
export const noDeviceRemovedUnderGuest = cloud.always(
  'os-brick takes no device away that a guest still uses',
  cloud.every('disks', (device, _disk, state) => onHost(state, device) !== undefined),
);

/** S7. A guest that uses a multipath map reaches nothing through one that has lost its paths. */
export const guestReachesItsDisks = cloud.always(
  'a guest reaches the volume of each of its disks',
  cloud.every('disks', (device, disk, state) => {
    const isCut = state.maps[device] === 'without_paths';
    return answers(state, device) === volumeOf(disk) && !isCut;
  }),
);

/** S8. A server moves while Nova migrates it, or while it has two attachments of the volume. */
export const movingServerKeepsAttachment = cloud.step(
  'a server that moves keeps the attachment of the host on which it runs',
  cloud.everyChanged('attachments', (row, now, _id, { before }) => {
    if (row === undefined || now !== undefined || row.instance === null) return true;
    const ofServer = rowsOf(before.attachments, row.volume).filter(
      ([, other]) => other.instance === row.instance,
    );
    const isMigrated = before.instances[row.instance]?.task_state === 'migrating';
    const moves = isMigrated || ofServer.length > 1;
    const device = before.disks[`${row.instance}/${row.volume}`];
    return !moves || device === undefined || device.split('/')[0] !== row.connector;
  }),
);

/** S9. */
export const deletingVolumeIsUnattached = cloud.always(
  'a volume that is being deleted is attached to nothing',
  cloud.every('volumes', ({ status }, id, { attachments }) => {
    if (status !== 'deleting') return true;
    return rowsOf(attachments, id).every(([, row]) => row.status === 'reserved');
  }),
);

/** S9, of errors: nothing is known about the data of such a volume. */
export const errorVolumeIsUnattached = cloud.always(
  'a volume in error is attached to nothing',
  cloud.every('volumes', ({ status }, id, { attachments }) => {
    return status !== 'error' || rowsOf(attachments, id).length === 0;
  }),
);

/**
 * S10. While this very attachment is ended, by attachment_delete or the old way, the two may
 * differ.
 */
export const connectedAttachmentIsMapped = cloud.always(
  'an attachment with a connector has its mapping on the backend',
  cloud.every(
    'attachments',
    cloud.or(
      ({ connector, status }) =>
        connector === null || (status !== 'attached' && status !== 'attaching'),
      (row, _id, { mappings }) => {
        const { connector, connection_info: info } = row;
        if (info !== null)
          return mappings[`${info.host}/${info.target}/${info.lun}`] === row.volume;
        // The host has the part that Nova has not saved yet.
        return Object.entries(mappings).some(
          ([path, volume]) => volume === row.volume && path.startsWith(`${connector}/`),
        );
      },
      cloud.someProcess((process, _pid, _state, _processes, row) => isEnding(process, row)),
    ),
  ),
);

/** S11. */
export const deletedAttachmentIsGone = cloud.always(
  'an attachment is gone when its deletion has been answered with success',
  cloud.everyProcess(
    cloud.implies(
      ({ flow, at, vars }) =>
        flow === 'c-api.attachment_delete' && at === 'done' && answeredOk(vars['reply']),
      cloud.every(
        'attachments',
        (_row, id, _state, _processes, { entry }) => entry.vars['attachment'] !== id,
      ),
    ),
  ),
);

/**
 * S12. L4 ensures it, if every process that uses os-brick on the host takes it; the property asks
 * the processes, not the lock.
 */
export const oneBrickOperationPerHost = cloud.always(
  'only one connect or disconnect of os-brick runs on a host at a time',
  cloud.everyProcess(
    cloud.implies(
      isInsideBrick,
      cloud.everyProcess(
        (other, pid, _state, _processes, { id, entry }) =>
          pid === id || !isInsideBrick(other) || other.vars['host'] !== entry.vars['host'],
      ),
    ),
  ),
);

/**
 * S13. The model has no os-terminate_connection and os-detach of a user, which the gate covers as
 * well.
 */
export const userCannotUnmapUsedVolume = cloud.always(
  'a user cannot make Cinder unmap a volume that Nova still uses',
  cloud.everyProcess(
    cloud.implies(
      isAboutToUnmap,
      cloud.every('bdms', (bdm, _id, { attachments }, _processes, { entry }) => {
        const row = bdm.attachment_id === null ? undefined : attachments[bdm.attachment_id];
        return (
          bdm.attachment_id !== entry.vars['attachment'] || (row?.connection_info ?? null) === null
        );
      }),
    ),
  ),
);

/** S14. */
export const oneBdmPerVolume = cloud.always(
  'a server has one block device mapping of a volume',
  cloud.every('bdms', (bdm, id, { bdms }) =>
    Object.entries(bdms).every(([other, { instance, volume }]) => {
      return other === id || instance !== bdm.instance || volume !== bdm.volume;
    }),
  ),
);

/**
 * S15. A stopped server still needs the volume from which it will start; the kernel knows only
 * running guests.
 */
export const exportMountedWhileConnected = cloud.always(
  'an NFS export is mounted while a server of the host has a volume on it connected',
  cloud.every('mount_users', (_uses, user, { sessions }) => {
    const [host = '', target = ''] = user.split('/');
    return sessions[sessionPath(host, target)] === true;
  }),
);

/** The properties of every state of every scenario (docs/openstack.md 11.1). */
export const alwaysProperties = [
  deviceKeepsItsVolume,
  noUnmapUnderDevice,
  attachedToOneServer,
  secondAttachmentOnlyForMove,
  secondConnectionOnlyForMove,
  writtenByOneGuest,
  noDeviceRemovedUnderGuest,
  guestReachesItsDisks,
  movingServerKeepsAttachment,
  deletingVolumeIsUnattached,
  errorVolumeIsUnattached,
  connectedAttachmentIsMapped,
  deletedAttachmentIsGone,
  oneBrickOperationPerHost,
  userCannotUnmapUsedVolume,
  oneBdmPerVolume,
  exportMountedWhileConnected,
];

/**
 * A server moves with Nova, a rebuild or nova-manage, which locks it. A deletion, which Nova always
 * accepts, may have come over it.
 */
const moves = ({ instances, locks }: View, server: string): boolean =>
  moving.includes(instances[server]?.task_state ?? null) || locks[`locked/${server}`] !== undefined;

const moving: readonly Instance['task_state'][] = [
  'migrating',
  'rebuilding',
  'resizing',
  'resize_migrating',
  'resize_finishing',
  'resize_reverting',
  'shelving',
  'unshelving',
  'converting',
  'deleting',
];

const serverOf = (disk: string): string => disk.split('/')[0] ?? '';
const volumeOf = (disk: string): string => disk.split('/')[1] ?? '';
