import type { Immutable } from '../../spec/draft.ts';
import { isRunning } from '../nova/lookup.ts';
import { nfsExport, onHost, sessionPath } from '../world/backend.ts';
import { type Attachment, type BlockDeviceMapping, type Cloud, cloud } from '../world/cloud.ts';
import { nothingInFlight } from '../world/services.ts';
import { attachStatusFrom, rowsOf, volumeStatusFrom } from '../world/statuses.ts';

type View = Immutable<Cloud>;

/**
 * Q1. The status of a volume in error no longer follows its attachments; the status of an action of
 * Cinder that has ended is wrong.
 */
export const volumeStatusFitsAttachments = cloud.always(
  'at rest, a volume has the status that its attachments give it',
  cloud.implies(
    nothingInFlight,
    cloud.every('volumes', ({ status }, id, state) => {
      if (status.startsWith('error')) return true;
      const rows = rowsOf(state.attachments, id).map(([, row]) => row.status);
      return status === volumeStatusFrom(attachStatusFrom(rows));
    }),
  ),
);

/** Q2, seen from Nova. */
export const everyBdmHasAttachment = cloud.always(
  'at rest, Cinder knows the attachment of every block device mapping',
  cloud.implies(
    nothingInFlight,
    cloud.every('bdms', (bdm, _id, state) => {
      const { attachment_id: id, instance, volume } = bdm;
      // nova-compute has not made the volume yet.
      if (volume === '') return true;
      const row = id === null ? undefined : state.attachments[id];
      const fits = row?.instance === instance && row.volume === volume;
      return fits || isOldStyle(bdm, state);
    }),
  ),
);

/** Q2, seen from Cinder. */
export const everyAttachmentHasBdm = cloud.always(
  'at rest, every attachment of a server has one block device mapping',
  cloud.implies(
    nothingInFlight,
    cloud.every('attachments', ({ instance, volume }, id, state) => {
      if (instance === null) return true;
      const referring = Object.values(state.bdms).filter((bdm) => {
        const isMeant = bdm.instance === instance && bdm.volume === volume;
        return bdm.attachment_id === id || (isMeant && isOldStyle(bdm, state));
      });
      return referring.length === 1;
    }),
  ),
);

/**
 * Q3. An old-style attachment has no connector; a row that is not connected yet names no host; and
 * the BDM of a volume that is reserved holds an old connection that no step uses.
 */
export const connectionsNameHostOfServer = cloud.always(
  'at rest, Nova and Cinder name the host of the server',
  cloud.implies(
    nothingInFlight,
    cloud.every('bdms', (bdm, _id, state) => {
      const row = bdm.attachment_id === null ? undefined : state.attachments[bdm.attachment_id];
      const host = state.instances[bdm.instance]?.host ?? null;
      const isReserved = row !== undefined && row.connector === null && row.status === 'reserved';
      const named = [
        isReserved ? null : (bdm.connection_info?.host ?? null),
        row?.connection_info?.host ?? null,
        row?.connector ?? null,
      ].filter((name) => name !== null);
      return named.every((name) => name === host);
    }),
  ),
);

/** Q4. */
export const attachedVolumeIsWorkingDisk = cloud.always(
  'at rest, an attached volume is a disk of its guest, over a device that works',
  cloud.implies(
    nothingInFlight,
    cloud.every('attachments', (row, _id, state) => {
      const server = row.instance === null ? undefined : state.instances[row.instance];
      const isOn = isRunning(state, row.instance) && hostOf(row, state) === server?.host;
      if (row.status !== 'attached' || !isOn) return true;
      const device = state.disks[`${row.instance}/${row.volume}`];
      const isHere = device?.startsWith(`${server?.host}/`) === true;
      const works = device !== undefined && isHere && onHost(state, device) === row.volume;
      const isCut = device !== undefined && state.maps[device] === 'without_paths';
      return works && !isCut;
    }),
  ),
);

/** Q5. */
export const noDeviceWithoutAttachment = cloud.always(
  'at rest, no device is left on a host without an attachment',
  cloud.implies(
    nothingInFlight,
    cloud.every('devices', (volume, path, state) => {
      const host = path.split('/')[0] ?? '';
      return isConnectedTo(volume, host, state);
    }),
  ),
);

/** Q6. A mount has no devices: it serves the volumes that Cinder has connected to the host. */
export const noSessionWithoutDevice = cloud.always(
  'at rest, no session is left on a host without a device',
  cloud.implies(
    nothingInFlight,
    cloud.every('sessions', (_up, session, state) => {
      const served = session.endsWith(`/${nfsExport}`) ? state.mappings : state.devices;
      const used = Object.keys(served).some((path) => sessionOf(path) === session);
      return used;
    }),
  ),
);

/** Q7, mappings. */
export const noMappingWithoutAttachment = cloud.always(
  'at rest, no volume is left mapped to a host without an attachment',
  cloud.implies(
    nothingInFlight,
    cloud.every('mappings', (volume, path, state) => {
      const host = path.split('/')[0] ?? '';
      return isConnectedTo(volume, host, state);
    }),
  ),
);

/** Q7, exports. */
export const noExportWithoutAttachment = cloud.always(
  'at rest, no volume is left exported without an attachment',
  cloud.implies(
    nothingInFlight,
    cloud.every('exports', (_exported, volume, state) => {
      const used = rowsOf(state.attachments, volume).some(([, row]) => hostOf(row, state) !== null);
      return used;
    }),
  ),
);

/** Q8. */
export const noErrorAttachmentOnFreeVolume = cloud.always(
  'at rest, no attachment in error is left on a volume that is available',
  cloud.implies(
    nothingInFlight,
    cloud.every('attachments', ({ status, volume }, _id, state) => {
      const zombie = status.startsWith('error') && state.volumes[volume]?.status === 'available';
      return !zombie;
    }),
  ),
);

/** Q9. */
export const allAgreeOnAttachments = cloud.always(
  'at rest, Nova, Cinder and the guest agree on what is attached',
  cloud.implies(nothingInFlight, (state) => {
    const views = [seenByNova(state), seenByCinder(state), Object.keys(state.disks)];
    const [nova, cinder, guest] = views.map((pairs) => [...pairs].sort().join(' '));
    return nova === cinder && cinder === guest;
  }),
);

/** The properties of every state at rest, with nothing in flight (docs/openstack.md 11.2). */
export const atRestProperties = [
  volumeStatusFitsAttachments,
  everyBdmHasAttachment,
  everyAttachmentHasBdm,
  connectionsNameHostOfServer,
  attachedVolumeIsWorkingDisk,
  noDeviceWithoutAttachment,
  noSessionWithoutDevice,
  noMappingWithoutAttachment,
  noExportWithoutAttachment,
  noErrorAttachmentOnFreeVolume,
  allAgreeOnAttachments,
];

/**
 * The host that a row connects: its connector's. An attached row without a connector is old-style,
 * and means the host of its server; a server that is shelved-offloaded has none.
 */
function hostOf(row: Immutable<Attachment>, { instances }: View): string | null {
  if (row.connector !== null || row.status !== 'attached') return row.connector;
  return instances[row.instance ?? '']?.host ?? null;
}

const isConnectedTo = (volume: string, host: string, state: View): boolean =>
  rowsOf(state.attachments, volume).some(([, row]) => hostOf(row, state) === host);

function sessionOf(path: string): string {
  const [host = '', target = ''] = path.split('/');
  return sessionPath(host, target);
}

/**
 * An attachment from before the attachments API has no id in its BDM. Neither has one whose id was
 * not saved, but that one is not connected: on a host, an old-style one is.
 */
const isOldStyle = (bdm: Immutable<BlockDeviceMapping>, { instances }: View): boolean => {
  const isOnHost = (instances[bdm.instance]?.host ?? null) !== null;
  return bdm.attachment_id === null && (bdm.connection_info !== null || !isOnHost);
};

const seenByNova = (state: View): string[] =>
  Object.values(state.bdms)
    .filter((bdm) => isRunning(state, bdm.instance))
    .map((bdm) => `${bdm.instance}/${bdm.volume}`);

const seenByCinder = (state: View): string[] =>
  Object.values(state.attachments)
    .filter((row) => row.status === 'attached' && isRunning(state, row.instance))
    .map((row) => `${row.instance}/${row.volume}`);
