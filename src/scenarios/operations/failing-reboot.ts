import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { rebootServer } from '../../model/nova/reboot.ts';
import { noDeviceRemovedUnderGuest } from '../../model/properties/always.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';

export const failingReboot = cloudScenario({
  name: 'failing-reboot',
  about:
    'Cinder answers one request of a hard reboot with an error. The clean-up of dangling ' +
    'records asks first for the attachments of the server; Nova skips it if that request ' +
    'fails. Any later error ends the reboot, and so does a volume whose servers Nova cannot ' +
    'count.',
  release: '2026.1',
  parameters: {
    volume: choice(['own', 'shared'], {
      about: 'whether another server of the host has the volume, too',
    }),
  },
  entities: ({ volume }) => ({
    servers: volume === 'own' ? { s1: 'h1' } : { s1: 'h1', s2: 'h1' },
    volumes: { v1: { multiattach: volume === 'shared' } },
    attached:
      volume === 'own'
        ? [['s1', 'v1']]
        : [
            ['s1', 'v1'],
            ['s2', 'v1'],
          ],
  }),
  operations: () => ({ reboot: rebootServer.start('s1') }),
  faults: () => ({ 'rest-500': 1 }),
  reachable: [
    cloud.reachable(
      'the server is rebooted',
      ({ instances, disks }, processes) =>
        processes['reboot/n-cpu']?.at === 'done' &&
        instances['s1']?.vm_state === 'active' &&
        disks['s1/v1'] !== undefined,
    ),
    cloud.never(
      'a reboot takes its volume from a server',
      ({ attachments }) => attachments['attachment-s1-v1'] === undefined,
    ),
    cloud.never(
      'a server is in error because its volume was not disconnected',
      ({ instances }) => instances['s1']?.vm_state === 'error',
    ),
  ],
  expect: [
    { given: { volume: 'own' }, reason: 'the reboot goes on, or ends before it touches the guest' },
    { given: { volume: 'own', release: '2023.2' }, reason: 'the first version already behaves so' },
    { given: { volume: 'own', release: 'zed' }, reason: 'Nova asks Cinder for nothing' },
    {
      given: { volume: 'shared', release: 'zed' },
      violates: { ['a server is in error because its volume was not disconnected']: 13 },
      reason: 'the count fails, and so does the reboot',
    },
    {
      given: { volume: 'shared' },
      violates: { ['a server is in error because its volume was not disconnected']: 22 },
      reason: 'the count fails, and so does the reboot',
    },
    {
      given: { volume: 'shared', release: 'queens' },
      violates: { [noDeviceRemovedUnderGuest.name]: 12 },
      reason: 'before nova 18 Nova counts no servers',
    },
  ],
});
