import { describe, expect, test } from 'vitest';
import { makePlace } from './run.ts';

const place = makePlace();
place.run('check', 'seed-race', '--set', 'lock=none,both,detach', '--report', 'json=r.json');

describe('replay --report', () => {
  test('follows the first counterexample of the report at its point', () => {
    const output = place.run('replay', '--report', 'r.json');
    expect(output).toContain('detach1.disconnect_volume');
    expect(output).toContain('an attached volume is reachable from its host');
    expect(output).toContain('exit 1');
    expect(place.run('replay', 'seed-race', '--report', 'r.json')).toContain('exit 1');
  });

  test('says what the report has where a property or a scenario is not in it', () => {
    expect(place.run('replay', '--report', 'r.json', '--property', 'gone')).toMatch(
      /no counterexample of 'gone'[\s\S]*'an attached volume is reachable[\s\S]*exit 2/,
    );
    expect(place.run('replay', 'refused', '--report', 'r.json')).toMatch(
      /no counterexample of 'refused'[\s\S]*seed-race[\s\S]*exit 2/,
    );
  });

  test('takes neither a schedule nor what the report says itself', () => {
    expect(place.run('replay', 'seed-race', 'attach1.start', '--report', 'r.json')).toMatch(
      /only one of them can be followed[\s\S]*exit 2/,
    );
    expect(place.run('replay', '--report', 'r.json', '--stop')).toContain('exit 2');
    expect(place.run('replay', '--report', 'r.json', '--set', 'lock=both')).toContain('exit 2');
    expect(place.run('replay')).toMatch(/no scenario is named[\s\S]*exit 2/);
  });

  test('follows a run that is repeated for ever, of a scenario of a file', () => {
    place.write({
      'lock.ts': `import { spec } from 'racewright';
const turns = spec<{ on: boolean }>();
export const blinks = turns.scenario({
  name: 'blinks', about: 'Goes on and off.',
  system: () => ({
    init: () => ({ on: false }), final: 'anywhere',
    actions: [turns.action({ name: 'turn', do: (state) => { state.on = !state.on; } })],
    properties: [turns.eventuallyAlways('it stays on', ({ on }) => on)],
  }),
});`,
    });
    place.run('check', 'lock.ts', '--report', 'json=l.json');
    expect(place.run('replay', '--report', 'l.json')).toMatch(/it stays on[\s\S]*exit 1/);
  });
});
