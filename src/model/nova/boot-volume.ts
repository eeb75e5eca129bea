import { type Caller, calls } from '../calls/calls.ts';
import { stepFragment } from '../calls/step-fragment.ts';
import { attachmentCreate } from '../cinder/attachment-create.ts';
import { volumeCreate, volumeCreateOnBackend } from '../cinder/volume-create.ts';
import { volumeDelete } from '../cinder/volume-delete.ts';
import type { Cloud } from '../world/cloud.ts';
import { isInFlight } from '../world/services.ts';

/** The variables of a process that makes the volume from which a server boots. */
export interface CreatingVolume extends Caller {
  readonly server: string;
  readonly volume: string;
  readonly bdm: string;
}

const { rest } = calls<CreatingVolume>();

const isCreated = ({ volumes }: Pick<Cloud, 'volumes'>, { volume }: { readonly volume: string }) =>
  volumes[volume]?.status === 'available';

/**
 * nova-compute makes the volume of a BDM that names an image, waits until it is there and makes its
 * attachment. Goes on at `created`, as with a volume that existed, or at `failed`. Nova looks for a
 * limited time; when no service makes the volume any more it deletes it and gives up. A volume
 * whose attachment cannot be made stays, and no BDM names it. The mapping is there: nova-compute
 * has claimed the server, so that a deletion waits for it.
 * Simplified: the volume gets the id with which the flow was started. Volume and attachment are
 * saved in one step.
 * Source: nova:nova/virt/block_device.py@DriverVolImageBlockDevice.attach;
 * nova:nova/compute/manager.py@_await_block_device_map_created (docs/openstack.md 5.6, point 2);
 * since nova 21, bug 1747693.
 */
export const createVolume = <L extends string>(exits: {
  readonly created: L;
  readonly failed: L;
}) => ({
  ...rest('create_volume', {
    to: (_cloud: Cloud, self: CreatingVolume) => volumeCreate.start(self.volume),
    otherwise: exits.failed,
  }),
  ...stepFragment<CreatingVolume, 'attachment_create' | 'not_created_volume_delete'>()({
    await_block_device_map_created: {
      when: (cloud, self, processes) =>
        isCreated(cloud, self) || !isInFlight(processes, volumeCreateOnBackend.name),
      do: (cloud, self) => {
        return isCreated(cloud, self) ? 'attachment_create' : 'not_created_volume_delete';
      },
    },
  }),
  // Nova deletes it with the server, and no BDM names it.
  ...rest('not_created_volume_delete', {
    to: (_cloud, self) => volumeDelete.start(self.volume),
    ok: () => exits.failed,
    otherwise: exits.failed,
  }),
  ...rest('attachment_create', {
    to: (_cloud, self) => attachmentCreate.start(self.volume, self.server, null),
    ok: (cloud, self, reply) => {
      const bdm = cloud.bdms[self.bdm];
      // The row is gone: saving it raises.
      if (bdm === undefined) return exits.failed;
      bdm.volume = self.volume;
      bdm.attachment_id = reply.attachment ?? null;
      return exits.created;
    },
    otherwise: exits.failed,
  }),
});
