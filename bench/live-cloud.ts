/**
 * The largest scenario of the cloud for the cost of liveness: with all of its properties, or
 * without those about whole runs.
 */
import { choice, type Scenario } from 'racewright';
import { scenarios } from '../src/scenarios/index.ts';

const live = ['eventually', 'leadsTo', 'infinitelyOften', 'eventuallyAlways'];
const largest = await (scenarios['bug-1662483'] as () => Promise<Scenario>)();

export const liveCloud: Scenario = {
  ...largest,
  name: 'live-cloud',
  parameters: { ...largest.parameters, ask: choice(['safety', 'liveness']) },
  system: (point) => {
    const system = largest.system(point);
    const asked = (system.properties ?? []).filter(
      ({ kind }) => point['ask'] === 'liveness' || !live.includes(kind),
    );
    return { ...system, properties: asked };
  },
  expect: [],
};
