import { addPath } from '../brick/uevents.ts';
import { rowsToTell } from '../cinder/notify.ts';
import { bindingOf } from '../neutron/port-binding.ts';
import { diskOf } from '../nova/lookup.ts';
import { mountUser } from '../nova/mount.ts';
import type { Switches } from '../releases/switches.ts';
import {
  hasOwnTarget,
  lunPath,
  mapVolume,
  nfsExport,
  sdcPool,
  secondSession,
  sessionPath,
} from '../world/backend.ts';
import type { Cloud, ConnectionInfo, Instance, Migration, Volume } from '../world/cloud.ts';
import type { DetachedVolumeOptions, Entities, VolumeOptions } from './entities.ts';

/**
 * The state in which a scenario begins: every server runs, and every volume that is not attached is
 * free.
 */
export function cloudWith(switches: Switches, entities: Entities): Cloud {
  const cloud: Cloud = { switches, ...nothingYet() };
  for (const [id, options] of Object.entries(entities.volumes)) {
    const isAttached = (entities.attached ?? []).some(([, volume]) => volume === id);
    cloud.volumes[id] = newVolume(id, options, isAttached);
  }
  for (const [id, host] of Object.entries(entities.servers)) cloud.instances[id] = newServer(host);
  for (const [server, volume] of entities.attached ?? []) {
    attachProperly(cloud, server, volume, styleOf(switches, entities, server, volume));
  }
  remember(cloud, entities);
  bindPorts(cloud, entities.ports ?? {});
  for (const session of entities.twice ?? []) logInAgain(cloud, session);
  for (const host of entities.down ?? []) cloud.down[host] = true;
  Object.assign(cloud.services, entities.versions);
  Object.assign(cloud.running, entities.versions);
  putServers(cloud, entities);
  return cloud;
}

/** Puts those servers into their states that do not simply run. */
function putServers(cloud: Cloud, entities: Entities): void {
  const { stopped = [], inError = [], lost = [], fenced = [] } = entities;
  const { busy = {}, resized = {}, evacuated = {} } = entities;
  for (const server of stopped) endGuest(cloud, server, 'stopped');
  for (const server of inError) endGuest(cloud, server, 'error');
  for (const server of lost) serverOf(cloud, server).host = null;
  for (const [server, task] of Object.entries(busy)) serverOf(cloud, server).task_state = task;
  for (const [server, source] of Object.entries(resized)) {
    serverOf(cloud, server).vm_state = 'resized';
    rememberMove(cloud, server, source, { type: 'resize', status: 'finished' });
  }
  for (const [server, source] of Object.entries(evacuated)) {
    rememberMove(cloud, server, source, { type: 'evacuation', status: 'done' });
  }
  for (const server of fenced) fence(cloud, server);
}

/**
 * An attachment is old-style if the release has no others, or if the scenario says that it is left
 * from before.
 */
function styleOf(
  switches: Switches,
  { oldStyle = [] }: Entities,
  server: string,
  volume: string,
): 'old' | 'new' {
  const isLeft = oldStyle.some((pair) => pair[0] === server && pair[1] === volume);
  return switches.attach_api === 'legacy' || isLeft ? 'old' : 'new';
}

const nothingYet = (): Omit<Cloud, 'switches'> => ({
  volumes: {},
  attachments: {},
  instances: {},
  bdms: {},
  migrations: {},
  ports: {},
  bindings: {},
  deleted_bdms: {},
  heard: {},
  events: {},
  services: {},
  running: {},
  down: {},
  mappings: {},
  exports: {},
  sessions: {},
  devices: {},
  mount_users: {},
  stale_links: {},
  monitored: {},
  maps: {},
  connectors: {},
  disks: {},
  serials: {},
  locks: {},
  cuts: {},
});

/** A second session with the same target: it finds the LUNs of the first one. */
function logInAgain(cloud: Cloud, session: string): void {
  cloud.sessions[secondSession(session)] = true;
  for (const [path, volume] of Object.entries(cloud.devices)) {
    if (!path.startsWith(`${session}/`)) continue;
    cloud.devices[path.replace(session, secondSession(session))] = volume;
  }
}

/** Binds each port to the host of its server. */
function bindPorts(cloud: Cloud, ports: { readonly [port: string]: string }): void {
  for (const [port, server] of Object.entries(ports)) {
    cloud.ports[port] = server;
    cloud.bindings[bindingOf(port, cloud.instances[server]?.host ?? '')] = 'active';
  }
}

/** Nova's records of earlier volumes, and the listeners to Cinder, who know the present state. */
function remember(cloud: Cloud, { heard = [], detachedBefore = [] }: Entities): void {
  for (const options of detachedBefore) rememberDetached(cloud, options);
  for (const volume of heard) {
    cloud.heard[volume] = { event: 'nothing', rows: rowsToTell(cloud, volume) };
  }
}

/** The record in Nova's database of a volume that was detached without a fault. */
function rememberDetached(cloud: Cloud, options: DetachedVolumeOptions): void {
  const { server, volume, lun, delete_on_termination } = options;
  const host = cloud.instances[server]?.host ?? null;
  const target = cloud.volumes[volume]?.target;
  if (host === null || target === undefined) {
    throw new Error(`the scenario once had '${volume}' on '${server}', but has no such pair`);
  }
  cloud.deleted_bdms[`bdm-${server}-${volume}`] = {
    instance: server,
    volume,
    attachment_id: `attachment-${server}-${volume}`,
    connection_info: { host, target, lun },
    delete_on_termination,
  };
}

function serverOf(cloud: Cloud, server: string): Instance {
  const instance = cloud.instances[server];
  if (instance === undefined) throw new Error(`the scenario has no server '${server}'`);
  return instance;
}

/** Stops a server as its user does, or as a failure does. */
function endGuest(cloud: Cloud, server: string, vm_state: 'stopped' | 'error'): void {
  serverOf(cloud, server).vm_state = vm_state;
  for (const disk of Object.keys(cloud.disks)) {
    if (disk.startsWith(`${server}/`)) delete cloud.disks[disk];
  }
}

/** Nova's record of a finished move. */
function rememberMove(
  cloud: Cloud,
  server: string,
  source: string,
  { type, status }: Pick<Migration, 'type' | 'status'>,
): void {
  cloud.migrations[`migration-${server}`] = {
    type,
    instance: server,
    source,
    dest: serverOf(cloud, server).host ?? '',
    status,
    abort: false,
  };
}

/** Ends a guest with its devices, as a fencing agent does before an evacuation. */
function fence(cloud: Cloud, server: string): void {
  for (const [disk, device] of Object.entries(cloud.disks)) {
    if (!disk.startsWith(`${server}/`)) continue;
    delete cloud.disks[disk];
    if (Object.values(cloud.disks).includes(device)) continue;
    delete cloud.devices[device];
    const session = device.slice(0, device.lastIndexOf('/'));
    const isUsed = Object.keys(cloud.devices).some((other) => other.startsWith(`${session}/`));
    if (!isUsed) delete cloud.sessions[session];
  }
}

const newServer = (host: string | null): Instance => ({
  host,
  vm_state: host === null ? 'shelved_offloaded' : 'active',
  task_state: null,
});

function newVolume(id: string, options: VolumeOptions, isAttached: boolean): Volume {
  const { multiattach = false, target = 'array', status, migrating = false, moved } = options;
  const ended = moved === true ? 'success' : null;
  return {
    status: status ?? (migrating === 'retype' ? 'retyping' : 'available'),
    attach_status: 'detached',
    migration_status: migrating === false ? ended : 'migrating',
    multiattach,
    target: target === 'own' ? id : target,
    // A volume that is attached at the start was so when its migration began.
    ...(migrating === false ? {} : { previous_status: isAttached ? 'in-use' : 'available' }),
  };
}

/**
 * The ids of the entities at the start: attachment and BDM are named after server and volume. An
 * old-style attachment has no connector and no id in the BDM; one of a server on no host has no
 * connector either.
 */
function attachProperly(cloud: Cloud, server: string, volume: string, style: 'old' | 'new'): void {
  const row = cloud.volumes[volume];
  const host = cloud.instances[server]?.host;
  if (row === undefined || host === undefined) {
    throw new Error(`the scenario attaches '${volume}' to '${server}', but has no such pair`);
  }
  const oldStyle = style === 'old';
  const info = host === null ? null : mapVolume(cloud, host, volume);
  const attachment = `attachment-${server}-${volume}`;
  if (row.status !== 'retyping') row.status = 'in-use';
  row.attach_status = 'attached';
  cloud.attachments[attachment] = {
    volume,
    instance: server,
    status: 'attached',
    connector: oldStyle ? null : host,
    connection_info: oldStyle ? null : info,
  };
  cloud.bdms[`bdm-${server}-${volume}`] = {
    instance: server,
    volume,
    attachment_id: oldStyle ? null : attachment,
    connection_info: info,
    delete_on_termination: false,
  };
  if (info !== null) connectProperly(cloud, server, volume, info);
}

/** The device of a volume on the host, and the disk of the guest. */
function connectProperly(cloud: Cloud, server: string, volume: string, info: ConnectionInfo): void {
  const { host, target, lun } = info;
  const device = lunPath(host, target, lun);
  if (hasOwnTarget(volume, target)) cloud.exports[volume] = true;
  if (target !== sdcPool) cloud.sessions[sessionPath(host, target)] = true;
  if (target === nfsExport) cloud.mount_users[mountUser(info, volume, server)] = true;
  else cloud.devices[device] = volume;
  if (target !== nfsExport) addPath(cloud, device);
  cloud.disks[diskOf(server, volume)] = device;
}
