import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { liveMigrate } from '../../model/nova/live-migration.ts';
import { noDeviceRemovedUnderGuest, noUnmapUnderDevice } from '../../model/properties/always.ts';
import { attachedVolumeIsWorkingDisk } from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';

export const bug1899835 = cloudScenario({
  name: 'bug-1899835',
  about:
    'R28: the destination of a live migration cannot prepare and restores the BDM. Then the ' +
    'source has it disconnect by that BDM: by the LUN number of the source, which is ' +
    'another volume on the destination. Since nova 32 the destination disconnects by ' +
    'itself.',
  release: '2026.1',
  entities: () => ({
    servers: { s1: 'h1', s2: 'h2' },
    volumes: { v1: {}, v2: {} },
    attached: [
      ['s1', 'v1'],
      ['s2', 'v2'],
    ],
  }),
  parameters: {
    fails: choice(['destination', 'hypervisor'], {
      about: 'what cannot go on: the destination, or the move when it has prepared',
    }),
  },
  operations: () => ({ migrate: liveMigrate.start('s1', 'h2') }),
  faults: ({ fails }) =>
    fails === 'destination' ? { 'destination-error': 1 } : { 'migration-error': 1 },
  reachable: [
    cloud.reachable(
      'the migration fails and the server goes on where it is',
      ({ migrations, instances }) =>
        migrations['migration-migrate']?.status === 'failed' &&
        instances['s1']?.host === 'h1' &&
        instances['s1'].task_state === null,
    ),
  ],
  expect: [
    {
      given: { release: '2025.1' },
      violates: {
        [noUnmapUnderDevice.name]: 50,
        [noDeviceRemovedUnderGuest.name]: 53,
        [attachedVolumeIsWorkingDisk.name]: 72,
      },
      reason:
        'bug 1899835: with the LUN number of the source, the destination removes the disk of ' +
        'another server. The fix also removes the unmap before the disconnect',
    },
    {
      given: { release: '2025.2' },
      reason:
        'nova 32: the source leaves the destination alone, which disconnects what it connected',
    },
    {
      given: { release: '2026.1' },
      reason: 'the destination disconnects by itself, as in nova 32',
    },
    {
      given: { release: '2026.1', failed_pre_disconnect: 'by_source' },
      violates: {
        [noUnmapUnderDevice.name]: 50,
        [noDeviceRemovedUnderGuest.name]: 53,
        [attachedVolumeIsWorkingDisk.name]: 64,
      },
      reason: 'if the source tells the destination to disconnect, the bug is back',
    },
    {
      given: { fails: 'hypervisor', release: '2025.1' },
      violates: { [noDeviceRemovedUnderGuest.name]: 86, [attachedVolumeIsWorkingDisk.name]: 90 },
      reason:
        'the BDMs name the source again when the destination destroys the guest and disconnects by them',
    },
    { given: { fails: 'hypervisor', release: '2025.2' }, reason: 'nova 32: it gets no volumes' },
    { given: { fails: 'hypervisor', release: '2026.1' }, reason: 'as in nova 32' },
    {
      given: { fails: 'hypervisor', rollback_destroys: 'by_bdms' },
      violates: { [noDeviceRemovedUnderGuest.name]: 86, [attachedVolumeIsWorkingDisk.name]: 90 },
      reason: 'it is this that mends it',
    },
  ],
});
