import type { Immutable } from '../../spec/draft.ts';
import type { ProcessState } from '../../spec/process.ts';
import { connectVolume } from '../brick/connect-volume.ts';
import { disconnectVolume } from '../brick/disconnect-volume.ts';
import { orByForce } from '../nova/force.ts';
import type { Attachment } from '../world/cloud.ts';

/** A process that is between the locks of os-brick. */
export function isInsideBrick({ at }: ProcessState): boolean {
  return insideBrick.has(at);
}

/**
 * A deletion that a user asks for, or os-force_detach, which an operator asks for without a service
 * token.
 */
export function isAboutToUnmap({ flow, at, vars }: ProcessState): boolean {
  return flow === 'c-api.attachment_delete'
    ? at === 'volume_rpc' && vars['requester'] === 'user'
    : flow === 'c-api.force_detach' && at === 'terminate_connection';
}

/** A process that ends this attachment, or is about to. */
export function isEnding(
  { flow, at, vars }: ProcessState,
  row: { readonly id: string; readonly entry: Immutable<Attachment> },
): boolean {
  if (at === 'done') return false;
  const isDeletion = /\.(attachment_delete|force_detach)$/.test(flow) || ending.test(at);
  if (isDeletion && vars['attachment'] === row.id) return true;
  const { instance, volume } = row.entry;
  return vars['server'] === instance && vars['volume'] === volume && ending.test(at);
}

/**
 * The labels at which a process asks for the end of an attachment; the old way is
 * os-terminate_connection, then os-detach.
 */
const ending = /attachment_delete|^(terminate_connection|detach)(_reply)?$/;

export function answeredOk(reply: unknown): boolean {
  return (
    typeof reply === 'object' && reply !== null && 'outcome' in reply && reply.outcome === 'ok'
  );
}

/** The labels of os-brick's connect and disconnect after the one that takes L4, in every flow. */
const insideBrick: ReadonlySet<string> = new Set(
  Object.keys({
    ...connectVolume({ connected: '', failed: '' }),
    ...disconnectVolume({ disconnected: '', failed: '' }),
    ...orByForce,
  }).filter((label) => !label.startsWith('lock_')),
);
