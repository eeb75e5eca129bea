import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { lacksMultiattach } from '../../model/cloud-scenario/refusals.ts';
import { liveMigrate } from '../../model/nova/live-migration.ts';
import { noUnmapUnderDevice } from '../../model/properties/always.ts';
import {
  noDeviceWithoutAttachment,
  noMappingWithoutAttachment,
} from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';

export const sharingServersMigrate = cloudScenario({
  name: 'sharing-servers-migrate',
  about:
    'D20: two servers that share a multiattach volume migrate live to one host at the same ' +
    'time. Whether Cinder accepts the attachment of the second depends on the status in ' +
    'which the first has left the volume.',
  release: '2026.1',
  refuses: (_point, release) => lacksMultiattach(release),
  entities: () => ({
    servers: { s1: 'h1', s2: 'h1' },
    volumes: { v1: { multiattach: true } },
    attached: [
      ['s1', 'v1'],
      ['s2', 'v1'],
    ],
  }),
  operations: () => ({
    migrate1: liveMigrate.start('s1', 'h2'),
    migrate2: liveMigrate.start('s2', 'h2'),
  }),
  reachable: [
    cloud.reachable(
      'both servers have moved',
      ({ instances }) => instances['s1']?.host === 'h2' && instances['s2']?.host === 'h2',
    ),
    cloud.reachable(
      'Cinder refuses one migration, and the other is done',
      ({ migrations }) =>
        migrations['migration-migrate1']?.status === 'failed' &&
        migrations['migration-migrate2']?.status === 'completed',
    ),
  ],
  expect: [
    {
      given: { release: '2026.1' },
      violates: {
        [noUnmapUnderDevice.name]: 135,
        [noDeviceWithoutAttachment.name]: 152,
        [noMappingWithoutAttachment.name]: 152,
      },
      reason:
        'a refused migration only fails. If Cinder accepts both, each source counts the other ' +
        'server and leaves the device to it, and the driver does the same with the mapping: bug ' +
        '2048837 without its lock',
    },
  ],
});
