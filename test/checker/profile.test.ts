import { describe, expect, test } from 'vitest';
import { forecast } from '../../src/checker/search/forecast.ts';
import { Search } from '../../src/index.ts';
import { counters } from '../oracles/counters.ts';
import { twoPhaseCommit } from '../oracles/two-phase-commit.ts';

describe('a profile says where the states come from', () => {
  test('a profile says that each of three independent counters to 4 multiplies the space by five', () => {
    const search = new Search(counters, { parameters: { counters: 3, most: 4 } }).run();
    const { slots, levels } = search.profile();
    expect(slots.map(({ values, multiplies }) => [values, multiplies])).toEqual([
      [5, 5],
      [5, 5],
      [5, 5],
    ]);
    expect(levels.reduce((sum, size) => sum + size)).toBe(125);
    expect(levels).toHaveLength(13);
  });

  test('a profile counts look-ups, misses and evaluations, and times them when there is a clock', () => {
    let now = 0;
    const clock = () => {
      now += 1;
      return now;
    };
    const search = new Search(twoPhaseCommit, { parameters: { rms: 3 }, clock }).run();
    const { actors, labels } = search.profile();
    expect(actors.every(({ lookups }) => lookups === 288)).toBe(true);
    expect(actors.every(({ misses }) => misses > 0 && misses < 288)).toBe(true);
    expect(labels.every(({ evaluations, ms }) => ms === evaluations)).toBe(true);
  });
});

describe('a forecast is made from the levels that are complete', () => {
  const sizes = new Search(twoPhaseCommit, { parameters: { rms: 6 } }).run().profile().levels;

  test('a forecast half-way through a search is right within a factor of two', () => {
    const half = sizes.slice(0, Math.ceil(sizes.length * 0.6));
    const total = forecast(
      half,
      half.reduce((sum, size) => sum + size),
    );
    expect(total).toBeGreaterThan(50_816 / 2);
    expect(total).toBeLessThan(50_816 * 2);
  });

  test('there is no forecast while the levels still grow faster and faster', () => {
    expect(forecast([1, 2, 4, 8, 16, 32], 63)).toBeUndefined();
    expect(forecast([1, 3], 4)).toBeUndefined();
  });

  test('there is no forecast from levels that are all alike', () => {
    for (const size of [1, 3, 1000]) {
      expect(forecast(new Array(8_000).fill(size), 8_000 * size)).toBeUndefined();
    }
  });

  test('a forecast looks only at the last levels, however many there are', () => {
    const levels = new Array<number>(100_000).fill(3);
    let looks = 0;
    const counted = new Proxy(levels, {
      get(target, key) {
        looks += 1;
        return Reflect.get(target, key);
      },
    });
    forecast(counted, 300_000);
    expect(looks).toBeLessThan(100);
  });
});
