import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { liveMigrate } from '../../model/nova/live-migration.ts';
import { cloud } from '../../model/world/cloud.ts';

const portGoesFirst = cloud.never(
  'the source has disconnected a volume while the port of the guest that moved is still bound there',
  ({ disks, devices, bindings }) =>
    disks['s1/v1']?.startsWith('h2/') === true &&
    Object.keys(devices).every((device) => !device.startsWith('h1/')) &&
    bindings['p1@h2'] !== 'active',
);

export const latePort = cloudScenario({
  name: 'late-port',
  about:
    'A guest with a port and a volume moves to another host. Before nova 29 the source ' +
    'disconnected its volumes before the port changed over, so the guest had no network ' +
    'meanwhile.',
  release: '2026.1',
  entities: () => ({
    servers: { s1: 'h1' },
    volumes: { v1: {} },
    attached: [['s1', 'v1']],
    ports: { p1: 's1' },
  }),
  operations: () => ({ migrate: liveMigrate.start('s1', 'h2') }),
  reachable: [
    cloud.reachable(
      'the server has moved with its port',
      ({ instances, bindings }) => instances['s1']?.host === 'h2' && bindings['p1@h2'] === 'active',
    ),
    portGoesFirst,
  ],
  expect: [
    {
      given: { release: '2023.2' },
      violates: { [portGoesFirst.name]: 59 },
      reason: 'Nova disconnects the volumes first',
    },
    {
      given: { release: '2024.1' },
      reason: 'nova 29 changes the port first, and disconnects the volumes in any case',
    },
    { given: { release: '2026.1' }, reason: 'Nova changes the port first, as in nova 29' },
    {
      given: { release: '2026.1', migration_order: 'volumes_first' },
      violates: { [portGoesFirst.name]: 59 },
      reason: 'if Nova disconnects the volumes first, the guest has no network again',
    },
  ],
});
