import { known } from '../brick/connect-volume.ts';
import type { Disconnecting } from '../brick/disconnect-volume.ts';
import { stepFragment } from '../calls/step-fragment.ts';
import { nfsExport, sessionPath } from '../world/backend.ts';
import type { Cloud, ConnectionInfo } from '../world/cloud.ts';
import { free, mountLock, release, take } from '../world/locks.ts';

/** The variables of nova-compute for a volume on an NFS export: its id, and its server. */
export interface Mounting extends Disconnecting {
  readonly server: string;
  readonly volume: string;
}

/** The id of a user of a mount. */
export const mountUser = (
  { host }: Pick<ConnectionInfo, 'host'>,
  volume: string,
  server: string,
): string => `${host}/${nfsExport}/${volume}/${server}`;

/**
 * nova-compute connects a volume on an NFS export: it mounts the export unless it is mounted, and,
 * since nova 16, remembers who uses it, both under L6. Goes on at `mounted`. os-brick and its lock
 * have no part in it.
 * Simplified: that it is mounted is found out and made true in one step; mounting once more is no
 * error.
 * Source: nova:nova/virt/libvirt/volume/mount.py@mount; before nova 16 nfs.py@connect_volume
 * (docs/openstack.md 1.6, L6).
 */
export const mountExport = <L extends string>(exits: { readonly mounted: L }) =>
  stepFragment<Mounting, L>()({
    mount: {
      when: (cloud, self) => mayMount(cloud, self.host),
      do: (cloud, self) => {
        lockMount(cloud, self);
        const session = sessionPath(self.host, known(self).target);
        if (cloud.sessions[session] !== true) cloud.sessions[session] = true;
      },
    },
    add_attachment(cloud, self) {
      cloud.mount_users[mountUser(self, self.volume, self.server)] = true;
      release(cloud, mountLock(self.host, nfsExport), self.pid);
      return exits.mounted;
    },
  });

/**
 * nova-compute disconnects a volume on an NFS export. Before nova 16 it only asked the kernel to
 * unmount, which refuses while a running guest has a file open; since then it forgets the user, and
 * unmounts when there is no other, under L6.
 * Source: nova:nova/virt/libvirt/volume/mount.py@umount; before nova 16 nfs.py@disconnect_volume.
 */
export const umountExport = <L extends string>(exits: { readonly disconnected: L }) =>
  stepFragment<Mounting, L>()({
    remove_attachment: {
      when: (cloud, self) => mayMount(cloud, self.host),
      do: (cloud, self) => {
        lockMount(cloud, self);
        delete cloud.mount_users[mountUser(self, self.volume, self.server)];
        if (cloud.switches.mount_use === 'kernel' || !isUsed(cloud, self.host)) return;
        release(cloud, mountLock(self.host, nfsExport), self.pid);
        return exits.disconnected;
      },
    },
    umount(cloud, self) {
      if (!isBusy(cloud, self.host)) delete cloud.sessions[sessionPath(self.host, nfsExport)];
      release(cloud, mountLock(self.host, nfsExport), self.pid);
      return exits.disconnected;
    },
  });

const mayMount = (
  cloud: Pick<Cloud, 'switches'> & {
    readonly locks: { readonly [id: string]: string | undefined };
  },
  host: string,
): boolean => cloud.switches.L6 === 'none' || free(cloud, mountLock(host, nfsExport));

function lockMount(cloud: Cloud, self: { readonly host: string; readonly pid: string }): void {
  if (cloud.switches.L6 === 'process') take(cloud, mountLock(self.host, nfsExport), self.pid);
}

/** nova-compute remembers a user of the mount. */
const isUsed = (cloud: Cloud, host: string): boolean =>
  Object.keys(cloud.mount_users).some((user) => user.startsWith(`${host}/${nfsExport}/`));

/** A guest that runs has a file of the mount open: the kernel says `target is busy`. */
const isBusy = (cloud: Cloud, host: string): boolean =>
  Object.values(cloud.disks).some((path) => path.startsWith(`${host}/${nfsExport}/`));
