import { expect, test } from 'vitest';
import { check, type Result, replay } from '../../src/index.ts';
import { alikeNames, attachVolume, cloudScenario, detachVolume } from '../../src/openstack.ts';

const hosts = ['h1'];

/** Servers on one host, each with a volume of its own and a request about it. */
const alikeServers = (request: 'attach' | 'detach', count: number, crash: number) => {
  const all = Array.from({ length: count }, (_, i) => ({
    server: `s${i + 1}`,
    volume: `v${i + 1}`,
    request: `r${i + 1}`,
  }));
  const flow = request === 'attach' ? attachVolume : detachVolume;
  return cloudScenario({
    name: 'alike-servers',
    about: 'Servers that are all alike.',
    release: '2026.1',
    entities: () => ({
      servers: Object.fromEntries(all.map(({ server }) => [server, 'h1'])),
      volumes: Object.fromEntries(all.map(({ volume }) => [volume, { target: 'own' }])),
      attached: request === 'attach' ? [] : all.map(({ server, volume }) => [server, volume]),
    }),
    operations: () =>
      Object.fromEntries(
        all.map(({ server, volume, request: pid }) => [pid, flow.start(server, volume)]),
      ),
    faults: () => ({ crash }),
    symmetry: () => ({ servers: all.map((each) => alikeNames(each, hosts)) }),
  });
};

const answers = ({ properties, levels }: Result) => ({
  levels,
  verdicts: properties.map(({ name, verdict, trace }) => [name, verdict, trace?.steps.length]),
});

test('three servers that are alike have a fifth of the states, and the same verdicts', () => {
  const scenario = alikeServers('detach', 3, 0);
  const [all, orbits] = [check(scenario), check(scenario, { symmetry: true })];
  expect(answers(orbits)).toEqual(answers(all));
  expect(orbits.ledger.symmetry).toEqual({ sets: { servers: 3 }, sampled: [] });
  expect(all.states / orbits.states).toBeGreaterThan(5);
});

test('a crash among two servers that are alike violates the same properties in as many steps', () => {
  const scenario = alikeServers('detach', 2, 1);
  const [all, orbits] = [check(scenario), check(scenario, { symmetry: true })];
  expect(answers(orbits)).toEqual(answers(all));
  expect(all.verdict).toBe('violated');
  for (const { trace } of orbits.properties) {
    const run = trace === undefined ? undefined : replay(scenario, trace.schedule);
    expect(run?.steps.map(({ state }) => state)).toEqual(trace?.steps.map(({ state }) => state));
  }
});

test('a list that lacks the name of a lock is refused by the step that takes it', () => {
  const scenario = alikeServers('attach', 2, 0);
  const forgetful = {
    ...scenario,
    system: (point: Parameters<typeof scenario.system>[0]) => {
      const system = scenario.system(point);
      const without = Object.values(system.symmetry ?? {})[0]?.map((names) =>
        [names].flat().filter((name) => !name.includes('attachment_update')),
      );
      return { ...system, symmetry: { servers: without ?? [] } };
    },
  };
  expect(() => check(forgetful, { symmetry: true })).toThrow(
    /step 'lock_attachment_update': not symmetric: with s1 and s2 exchanged/,
  );
});
