import type { ProcessTable } from '../../spec/process.ts';
import { takeAttachVolume } from '../nova/attach-message.ts';
import { type ReleaseName, releaseNames } from '../releases/release-names.ts';
import { cloud as model } from '../world/cloud.ts';

/**
 * An operator starts the nova-compute of a host with the code of another release. It looks whether
 * it is older than every service in the database, and does not start then; else it saves its own
 * version and takes messages. Between the two nothing is locked: Nova says of this race that its
 * consequence is minor.
 * Simplified: the old process ends in the step in which the new one saves its version, when it has
 * nothing in flight; whatever it takes before, it could have taken before the other one looked.
 * Source: nova:nova/objects/service.py@_check_minimum_version (ServiceTooOld);
 * nova:nova/service.py@start.
 */
export const redeployCompute = model.flow({
  name: 'operator.restart_compute',
  vars: (host: string, release: ReleaseName) => ({ host, release, answer: '' }),
  steps: {
    check_minimum_version(cloud, self) {
      const { start_check: check } = cloud.switches;
      if (check === 'none' || check === 'one_transaction' || mayStart(cloud.services, self)) return;
      self.answer = 'ServiceTooOld';
      return 'done';
    },
    start_compute: {
      when: (_cloud, self, processes) => isIdle(self.host, processes),
      do: (cloud, self) => {
        const isChecked = cloud.switches.start_check === 'one_transaction';
        const refused = isChecked && !mayStart(cloud.services, self);
        self.answer = refused ? 'ServiceTooOld' : 'started';
        if (refused) return 'done';
        cloud.services[self.host] = self.release;
        cloud.running[self.host] = self.release;
        return 'done';
      },
    },
  },
});

/** At least one service is not newer than the release; the row of this host counts as well. */
function mayStart(
  services: { readonly [host: string]: ReleaseName },
  { release }: { readonly release: ReleaseName },
): boolean {
  return Object.values(services).some((row) => ageOf(row) <= ageOf(release));
}

const ageOf = (release: ReleaseName): number => releaseNames.indexOf(release);

/** Nothing is in flight on the host but messages that no service has taken. */
const isIdle = (host: string, processes: ProcessTable): boolean =>
  Object.values(processes).every((process) => {
    const isOnHost = process?.flow.startsWith('n-cpu.') && process.vars['host'] === host;
    return !isOnHost || process?.at === 'done' || process?.flow === takeAttachVolume.name;
  });
