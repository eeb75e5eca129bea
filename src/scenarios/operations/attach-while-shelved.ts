import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import {
  attachVolumeShelvedOffloaded,
  detachVolumeShelvedOffloaded,
} from '../../model/nova/shelved.ts';
import { volumeStatusFitsAttachments } from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';

export const attachWhileShelved = cloudScenario({
  name: 'attach-while-shelved',
  about:
    'A user attaches a volume to a server that is on no host, and detaches it during the ' +
    'attach. nova-api does both by itself, under no lock. Since nova 19 it asks for ' +
    'begin_detaching only where the mapping names no attachment (docs/openstack.md 8.6).',
  release: '2026.1',
  entities: () => ({ servers: { s1: null }, volumes: { v1: {} } }),
  operations: () => ({
    attach: attachVolumeShelvedOffloaded.start('s1', 'v1'),
    detach: detachVolumeShelvedOffloaded.start('s1', 'v1'),
  }),
  liveness: 'services',
  reachable: [
    cloud.reachable('the volume is in use', ({ volumes }) => volumes['v1']?.status === 'in-use'),
    cloud.reachable(
      'the volume is attached, detached and free',
      ({ bdms, volumes }, processes) =>
        Object.values(processes).every((process) => process?.at === 'done') &&
        processes['attach']?.vars['attachment'] !== '' &&
        volumes['v1']?.status === 'available' &&
        Object.keys(bdms).length === 0,
    ),
  ],
  expect: [
    {
      given: { release: '2026.1' },
      violates: { [volumeStatusFitsAttachments.name]: 20 },
      reason: 'attachment_complete writes in-use after the row is gone',
    },
    {
      given: { release: 'queens' },
      reason: 'before nova 19 Cinder refuses the detach until the volume is in use',
    },
  ],
});
