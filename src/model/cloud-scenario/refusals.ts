import type { Process } from '../../spec/process.ts';
import { createServer } from '../nova/boot.ts';
import { deleteServer } from '../nova/delete.ts';
import { legacyAttachVolume } from '../nova/legacy-attach.ts';
import { legacyDetachVolume } from '../nova/legacy-detach.ts';
import { liveMigrate } from '../nova/live-migration.ts';
import { rebuildServer } from '../nova/rebuild.ts';
import { refreshAttachment } from '../nova/refresh.ts';
import type { Switches } from '../releases/switches.ts';

/**
 * The requests to Nova that the model has in their form before the attachments API; it has no
 * others.
 */
const ofLegacy: readonly string[] = [
  legacyAttachVolume,
  legacyDetachVolume,
  deleteServer,
  createServer,
  liveMigrate,
].map(({ name }) => name);

/** Why a release lacks a request of a scenario, in words; undefined when it has all. */
export function lacksRequest(
  requests: readonly Process[],
  { attach_api, rebuild_from_volume, made_at_boot, refresh }: Switches,
): string | undefined {
  const names = requests.map(({ flow }) => flow.name);
  const lacking = names.find((name) => needsAttachments(name));
  if (attach_api === 'legacy' && lacking !== undefined) {
    return `the model has ${lacking} with the attachments API only, which Nova uses since Queens`;
  }
  const isProof = attach_api === 'poc-v1' || attach_api === 'poc-v2';
  const other = names.find((name) => !/\.poc_/.test(name));
  if (isProof && other !== undefined) {
    return `${other} has no form in the proofs of concept, which are an attach and a detach`;
  }
  const isFromVolume = requests.some(
    ({ flow, vars }) => flow.name === rebuildServer.name && vars['root'] !== '',
  );
  if (rebuild_from_volume === 'refused' && isFromVolume) {
    return 'Nova refuses to rebuild a server that boots from a volume before Zed';
  }
  const isMade = requests.some(
    ({ flow, vars }) => flow.name === createServer.name && vars['source'] === 'image',
  );
  if (made_at_boot === 'legacy' && isMade) {
    return (
      'the model has a volume that Nova makes for a server with the attachments API only, ' +
      'which Nova uses for it since Ussuri'
    );
  }
  if (refresh === 'absent' && names.includes(refreshAttachment.name)) {
    return 'nova-manage cannot refresh an attachment before Xena';
  }
  return undefined;
}

const needsAttachments = (name: string): boolean =>
  /^(c-api\.attachment_|client\.|operator\.volume_attachment_)/.test(name) ||
  (name.startsWith('n-api.') && !ofLegacy.includes(name));

/** Why a scenario in which servers share a volume cannot arise; undefined where it can. */
export const lacksMultiattach = ({ attach_api }: Switches): string | undefined =>
  attach_api === 'legacy' ? 'Nova refuses multiattach volumes before Queens' : undefined;
