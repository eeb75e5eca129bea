/** Requests on one host that may come at once: with all properties of the model, or with none. */
import { choice, range, type Scenario } from 'racewright';
import { cloudScenario } from '../src/model/cloud-scenario/cloud-scenario.ts';
import { attachOf, detachOf } from '../src/model/nova/requests.ts';

const onOneHost = cloudScenario({
  name: 'flagship',
  about:
    'A volume is detached from a server while other volumes are attached to other servers of its host.',
  release: '2026.1',
  parameters: {
    requests: range(3, 4),
    ask: choice(['all', 'none'], { about: 'which properties the check asks' }),
  },
  entities: () => ({
    servers: { s1: 'h1', s2: 'h1', s3: 'h1', s4: 'h1' },
    volumes: { v1: {}, v2: {}, v3: {}, v4: {} },
    attached: [['s1', 'v1']],
  }),
  operations: ({ requests }, release) => ({
    attach2: attachOf(release, 's2', 'v2'),
    attach3: attachOf(release, 's3', 'v3'),
    detach: detachOf(release, 's1', 'v1'),
    // The same volume once more.
    ...(requests === 4 ? { detachAgain: detachOf(release, 's1', 'v1') } : {}),
  }),
});

export const flagship: Scenario = {
  ...onOneHost,
  system: (point) => {
    const { properties = [], ...rest } = onOneHost.system(point);
    return { ...rest, properties: point['ask'] === 'all' ? properties : [] };
  },
};
