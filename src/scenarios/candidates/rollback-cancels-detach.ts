import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { detachVolume } from '../../model/nova/detach.ts';
import { liveMigrate } from '../../model/nova/live-migration.ts';
import { noUnmapUnderDevice } from '../../model/properties/always.ts';
import { noDeviceWithoutAttachment } from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';

export const rollbackCancelsDetach = cloudScenario({
  name: 'rollback-cancels-detach',
  about:
    'D28: the rollback of a live migration cannot disconnect the destination and puts the ' +
    'volume from detaching back to in-use, although it did not begin to detach it. Another ' +
    'server is detaching the volume, and now a third may attach or detach it as well.',
  release: '2026.1',
  parameters: {
    when: choice(['rollback', 'preparing'], {
      about: 'whether the move fails, or the destination cannot prepare',
    }),
  },
  entities: () => ({
    servers: { s1: 'h1', s2: 'h3' },
    volumes: { v1: { multiattach: true } },
    attached: [
      ['s1', 'v1'],
      ['s2', 'v1'],
    ],
  }),
  operations: () => ({
    migrate: liveMigrate.start('s1', 'h2'),
    detach: detachVolume.start('s2', 'v1'),
  }),
  faults: ({ when }) =>
    when === 'rollback'
      ? { 'migration-error': 1, 'destination-flush': 1 }
      : { 'destination-error': 1, 'destination-flush': 1 },
  reachable: [
    cloud.reachable(
      'the migration has failed and the other server has given the volume back',
      ({ migrations, disks }) =>
        migrations['migration-migrate']?.status === 'failed' && disks['s2/v1'] === undefined,
    ),
    cloud.step(
      'a volume that one server detaches is not put back by another',
      ({ volumes: before }, { actor = '', label }, { volumes: after }) => {
        const isPutBack = before['v1']?.status === 'detaching' && after['v1']?.status === 'in-use';
        return !(isPutBack && label === 'roll_detaching' && actor.startsWith('migrate'));
      },
    ),
  ],
  expect: [
    {
      given: { release: '2026.1' },
      violates: {
        [noUnmapUnderDevice.name]: 79,
        [noDeviceWithoutAttachment.name]: 92,
        ['a volume that one server detaches is not put back by another']: 69,
      },
      reason:
        'the model shows D28 on today’s master. Cinder unmaps the device of the destination all ' +
        'the same, which is D18 on the other side',
    },
    {
      given: { when: 'preparing' },
      violates: { [noUnmapUnderDevice.name]: 63, [noDeviceWithoutAttachment.name]: 86 },
      reason:
        'the clean-up of the destination contains the same call but does not show D28: the ' +
        'volume is attaching until the clean-up ends, so no request can have begun to detach ' +
        'it. Cinder unmaps the device that the host cannot flush',
    },
  ],
});
