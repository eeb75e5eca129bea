import type { Cloud, Heard } from '../world/cloud.ts';
import { rowsOf } from '../world/statuses.ts';

/** The part of the state that a notification of a volume needs. */
type Rows = {
  readonly attachments: {
    readonly [id: string]: Readonly<Cloud['attachments'][string]> | undefined;
  };
};

/** A listener receives the notifications of Cinder about the volume. */
export const isHeard = (
  { heard }: { readonly heard: { readonly [volume: string]: unknown } },
  volume: string,
): boolean => heard[volume] !== undefined;

/** The attachments of a volume as a notification tells them. */
export const rowsToTell = ({ attachments }: Rows, volume: string): Heard['rows'] =>
  Object.fromEntries(rowsOf(attachments, volume).map(([id, { status }]) => [id, status]));

/**
 * Cinder tells of a volume: of the attachments that there are, or of those in an older copy.
 * Nothing happens without a listener.
 * Source: cinder:cinder/volume/volume_utils.py@notify_about_volume_usage (docs/openstack.md 13.2).
 */
export function notify(
  cloud: Cloud,
  volume: string,
  event: Heard['event'],
  older: Heard['rows'] | null = null,
): void {
  if (!isHeard(cloud, volume)) return;
  cloud.heard[volume] = { event, rows: older ?? rowsToTell(cloud, volume) };
}

/**
 * The copy of which detach.end will tell; null when it will look again, or there is no listener.
 */
export const copyToTell = (cloud: Cloud, volume: string): Heard['rows'] | null =>
  cloud.switches.detach_end_tells === 'loaded' && isHeard(cloud, volume)
    ? rowsToTell(cloud, volume)
    : null;
