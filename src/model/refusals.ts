import type { Process } from '../spec/process.ts';
import { attachmentCreate } from './cinder/attachment-create.ts';
import { attachmentDelete } from './cinder/attachment-delete.ts';
import { useVolume } from './cinder/client.ts';
import { attachVolume } from './nova/attach.ts';
import { createServer } from './nova/boot.ts';
import { detachVolume } from './nova/detach.ts';
import { liveMigrate, liveMigrateAbort } from './nova/live-migration.ts';
import { rebuildServer } from './nova/rebuild.ts';
import { attachVolumeShelvedOffloaded, detachVolumeShelvedOffloaded } from './nova/shelved.ts';
import type { Switches } from './switches.ts';

/** The requests that are modelled as they are since the attachments API only. */
const ofAttachments: ReadonlySet<string> = new Set(
  [
    attachVolume,
    detachVolume,
    attachVolumeShelvedOffloaded,
    detachVolumeShelvedOffloaded,
    liveMigrate,
    liveMigrateAbort,
    rebuildServer,
    attachmentCreate,
    attachmentDelete,
    useVolume,
  ].map(({ name }) => name),
);

/**
 * Why a release does not have what a situation asks of it, in words; undefined when it does. A server that is scheduled on no host
 * boots without any of it.
 */
export function lacksRequest(
  requests: readonly Process[],
  { attach_api, rebuild_from_volume }: Switches,
): string | undefined {
  const names = requests.map(({ flow }) => flow.name);
  const lacking = requests.find(
    ({ flow, vars }) =>
      ofAttachments.has(flow.name) || (flow.name === createServer.name && vars['host'] !== null),
  );
  if (attach_api === 'legacy' && lacking !== undefined) {
    return `${lacking.flow.name} is modelled with the attachments API only, which Nova uses since Queens`;
  }
  if (rebuild_from_volume === 'refused' && names.includes(rebuildServer.name)) {
    return 'Nova refuses to rebuild a server that boots from a volume before Zed';
  }
  return undefined;
}
