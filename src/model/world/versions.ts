import { type ReleaseName, releaseNames } from '../releases/release-names.ts';
import type { Cloud } from './cloud.ts';

/** The service of that name runs code from before `release`. */
export function runsOlder(
  { running }: Pick<Cloud, 'running'>,
  service: string,
  release: ReleaseName,
): boolean {
  return isBefore(running[service], release);
}

/**
 * The least version in the table `services` is older than `release`, as nova-api reads it: one
 * query, and nothing keeps it true afterwards. Source:
 * nova:nova/objects/service.py@get_minimum_version (docs/openstack.md 10).
 */
export function minimumIsBefore(
  { services }: Pick<Cloud, 'services'>,
  release: ReleaseName,
): boolean {
  const computes = Object.entries(services).filter(([service]) => service !== 'n-cond');
  return computes.some(([, row]) => isBefore(row, release));
}

const isBefore = (release: ReleaseName | undefined, other: ReleaseName): boolean =>
  release !== undefined && releaseNames.indexOf(release) < releaseNames.indexOf(other);
