import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { attachVolume } from '../../model/nova/attach.ts';
import { deleteServer } from '../../model/nova/delete.ts';
import { liveMigrate } from '../../model/nova/live-migration.ts';
import { rebootServer } from '../../model/nova/reboot.ts';
import { everyAttachmentHasBdm } from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';

const requests = {
  reboot: () => rebootServer.start('s1'),
  delete: () => deleteServer.start('s1'),
  'live-migrate': () => liveMigrate.start('s1', 'h2'),
} as const;

export const refusedAttach = cloudScenario({
  name: 'refused-attach',
  about:
    'Nova inserts a block device mapping of a volume before it asks Cinder, and destroys it ' +
    'when Cinder refuses, here because the volume is in error (docs/openstack.md 5.4, A5 to ' +
    'A7). It holds no lock meanwhile: another request may list a mapping of the server that ' +
    'is gone when it comes to it.',
  release: '2026.1',
  parameters: {
    meanwhile: choice(['reboot', 'delete', 'live-migrate'], {
      about: 'the other request to the server',
    }),
  },
  entities: () => ({
    servers: { s1: 'h1' },
    volumes: { v1: {}, v2: { status: 'error' } },
    attached: [['s1', 'v1']],
  }),
  operations: ({ meanwhile }) => ({
    attach: attachVolume.start('s1', 'v2'),
    request: requests[meanwhile](),
  }),
  reachable: [
    cloud.reachable(
      'Cinder has refused the attach, and the other request has ended',
      ({ bdms, instances }, processes) =>
        Object.values(processes).every((process) => process?.at === 'done') &&
        Object.values(bdms).every(({ volume }) => volume !== 'v2') &&
        (instances['s1']?.task_state ?? null) === null,
    ),
  ],
  expect: [
    {
      given: { meanwhile: 'reboot' },
      reason: 'the other request skips a mapping that is gone, or that has no connection',
    },
    {
      given: { meanwhile: 'delete' },
      violates: { [everyAttachmentHasBdm.name]: 61 },
      reason:
        'the mapping names no attachment, so the deletion has Cinder detach as before the ' +
        'attachments API. That writes available over the error, and Cinder accepts the attach, ' +
        'for a server that is gone (D4)',
    },
    {
      given: { meanwhile: 'live-migrate' },
      reason: 'the other request skips a mapping without an attachment',
    },
  ],
});
