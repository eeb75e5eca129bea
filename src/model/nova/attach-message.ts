import type { Process } from '../../spec/process.ts';
import { send } from '../calls/calls.ts';
import { type Cloud, cloud as model } from '../world/cloud.ts';
import { isUp } from '../world/services.ts';
import { runsOlder } from '../world/versions.ts';
import { attachVolumeOnCompute } from './attach-compute.ts';
import { legacyAttachOnCompute } from './legacy-attach.ts';

/**
 * The message of nova-api for an attach. A nova-compute of today goes by the BDM: without an
 * attachment (''), it attaches old style, and so does every older one. Where versions are mixed,
 * the nova-compute that takes the message decides.
 */
export function attachMessage(
  cloud: Cloud,
  ...[server, volume, host, bdm, attachment]: Parameters<typeof attachVolumeOnCompute.start>
): Process {
  if (attachment === '') return legacyAttachOnCompute.start(server, volume, host, bdm);
  const isMixed = Object.keys(cloud.running).length > 0;
  const message = isMixed ? takeAttachVolume : attachVolumeOnCompute;
  return message.start(server, volume, host, bdm, attachment);
}

/**
 * The message attach_volume with a new-style BDM, until a nova-compute takes it. The version of the
 * message did not change with the attachments API, so one of before takes it as well, and does not
 * look at attachment_id.
 * Source: nova:nova/compute/rpcapi.py@attach_volume; nova 16:
 * nova:nova/virt/block_device.py@attach.
 */
export const takeAttachVolume = model.flow({
  name: 'n-cpu.take_attach_volume',
  vars: (server: string, volume: string, host: string, bdm: string, attachment: string) => ({
    server,
    volume,
    host,
    bdm,
    attachment,
  }),
  steps: {
    take_message: {
      when: (cloud, self) => isUp(cloud, self.host),
      do: (cloud, { pid, server, volume, host, bdm, attachment }, _pick, processes) => {
        const taken = runsOlder(cloud, host, 'queens')
          ? legacyAttachOnCompute.start(server, volume, host, bdm)
          : attachVolumeOnCompute.start(server, volume, host, bdm, attachment);
        send(processes, pid, taken);
        return 'done';
      },
    },
  },
});
