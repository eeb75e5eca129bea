import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { swapVolume } from '../../model/nova/swap-volume.ts';
import { volumeStatusFitsAttachments } from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';
import { isAtRest } from '../../model/world/services.ts';
import { choice } from '../../spec/parameters.ts';

export const bug1803961 = cloudScenario({
  name: 'bug-1803961',
  about:
    'R43: Cinder moves an attached volume to another host and has Nova replace it. Nova ' +
    'looks at the status of the volume, which only a change of type alters. So it takes the ' +
    'request for one of a user, and never tells Cinder that the replacement is complete. ' +
    'Nova 20 looks at the migration status.',
  release: '2026.1',
  parameters: {
    cinder: choice(['moves', 'retypes'], { about: 'what Cinder does with the volume' }),
  },
  // The candidate D31 (migration-drops-attachment) is a further fault at the end of such a
  // migration.
  site: { migrated_rows: 'with_names' },
  entities: ({ cinder }) => ({
    servers: { s1: 'h1' },
    volumes: {
      v1: { migrating: cinder === 'retypes' ? 'retype' : true },
      v2: { migrating: true },
    },
    attached: [['s1', 'v1']],
  }),
  operations: () => ({ swap: swapVolume.start('s1', 'v1', 'v2') }),
  reachable: [
    cloud.never('Cinder waits for the end of a move that Nova has made', (state, processes) => {
      const isMoving = state.volumes['v1']?.migration_status === 'migrating';
      const isReplaced = Object.values(state.bdms).some(({ volume }) => volume === 'v2');
      return isMoving && isReplaced && isAtRest(processes, state);
    }),
    cloud.reachable(
      'Cinder has moved the volume, and the server has it',
      ({ volumes, disks }) =>
        volumes['v1']?.migration_status === 'success' && disks['s1/v1'] !== undefined,
    ),
  ],
  expect: [
    {
      given: { release: 'stein', cinder: 'moves' },
      violates: {
        ['Cinder waits for the end of a move that Nova has made']: 60,
        ['Cinder has moved the volume, and the server has it']: null,
      },
      reason: 'bug 1803961: the server keeps the temporary volume, and Cinder waits for ever',
    },
    {
      given: { release: 'stein', cinder: 'retypes' },
      reason: 'Nova recognises a change of type',
    },
    {
      given: { release: 'train', cinder: 'moves' },
      reason: 'nova 20 recognises both',
    },
    {
      given: { release: '2026.1', cinder: 'moves' },
      reason: 'Nova recognises the migration, as in nova 20',
    },
    {
      given: { release: '2026.1', cinder: 'moves', migration_test: 'volume_status' },
      violates: {
        [volumeStatusFitsAttachments.name]: 58,
        ['Cinder waits for the end of a move that Nova has made']: 58,
        ['Cinder has moved the volume, and the server has it']: null,
      },
      reason:
        'if Nova looks at the status of the volume, the bug is back; the old volume stays in ' +
        'use without an attachment',
    },
  ],
});
