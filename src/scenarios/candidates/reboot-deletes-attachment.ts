import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { attachVolume } from '../../model/nova/attach.ts';
import { rebootServer } from '../../model/nova/reboot.ts';
import { cloud } from '../../model/world/cloud.ts';

export const rebootDeletesAttachment = cloudScenario({
  name: 'reboot-deletes-attachment',
  about:
    'D5: a user reboots a server during an attach. The clean-up of dangling records deletes ' +
    'the new attachment, because Cinder has it and no BDM names it yet. An attach sets no ' +
    'task_state, so nothing keeps the two apart.',
  release: '2026.1',
  entities: () => ({ servers: { s1: 'h1' }, volumes: { v1: {} } }),
  operations: () => ({
    attach: attachVolume.start('s1', 'v1'),
    reboot: rebootServer.start('s1'),
  }),
  reachable: [
    cloud.reachable(
      'the volume is a disk of the server, which has been rebooted',
      ({ disks, instances }) =>
        disks['s1/v1'] !== undefined && instances['s1']?.task_state === null,
    ),
    cloud.step(
      'a reboot deletes no attachment of an attach that is in flight',
      ({ attachments: before }, { actor = '' }, { attachments: after }) =>
        !actor.startsWith('reboot') || Object.keys(before).every((id) => after[id] !== undefined),
    ),
  ],
  expect: [
    {
      given: { release: '2023.1' },
      reason: 'before nova 28 a reboot did not look for dangling records',
    },
    {
      given: { release: '2026.1' },
      violates: { ['a reboot deletes no attachment of an attach that is in flight']: 26 },
      reason:
        'the model shows D5 on today’s master: the update of the attach fails, and Nova rolls ' +
        'the attach back',
    },
  ],
});
