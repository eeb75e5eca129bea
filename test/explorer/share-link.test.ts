import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Place, placeFrom, placeText } from '../../src/explorer/share-link.ts';

const words = fc.array(fc.string({ unit: 'grapheme', minLength: 1 }));
const settings = fc
  .array(fc.tuple(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' })))
  .map((entries) => Object.fromEntries(entries.filter(([name]) => name !== '__proto__')));
const budgets = fc
  .array(fc.tuple(fc.string({ unit: 'grapheme' }), fc.nat(1000)))
  .map((entries) => Object.fromEntries(entries.filter(([name]) => name !== '__proto__')));
const goesOn = fc.oneof(fc.constant('unset' as const), fc.constant('stops' as const), fc.nat(1000));
const places = fc.tuple(settings, budgets, fc.nat(), words, fc.nat(), goesOn).map(
  ([set, faults, init, all, at, how]): Place => ({
    set,
    faults,
    init: init % 1_000_000,
    at: at % (all.length + 1),
    schedule: all,
    ...(how === 'stops' ? { stops: true } : {}),
    ...(typeof how === 'number' && all.length > 0 ? { loopsTo: how % all.length } : {}),
  }),
);

describe('a link to a place', () => {
  test('a link to a place is readable', () => {
    expect(
      placeText({
        set: { lock: 'both' },
        faults: { cast_lost: 2 },
        init: 0,
        at: 1,
        schedule: ['attach1.reserve[host=h1,try=2]', 'detach1.begin'],
      }),
    ).toBe('set.lock=both&fault.cast_lost=2&at=1&do=attach1.reserve[host=h1,try=2]+detach1.begin');
  });

  test('a link to a place leads back to the same place, whatever the names are', () => {
    fc.assert(
      fc.property(places, (place) => {
        expect(placeFrom(`#${placeText(place)}`)).toEqual({ place, problems: [] });
      }),
    );
  });

  test('a link to a place has nothing that ends an address or a line', () => {
    fc.assert(
      fc.property(places, (place) => {
        expect(placeText(place)).toMatch(/^[\w.!~*'()%&=+,:/@[\]-]*$/);
      }),
    );
  });

  test('a link that cannot be read is no place, whatever is wrong in it', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const { place } = placeFrom(text);
        expect(place.at).toBeLessThanOrEqual(place.schedule.length);
      }),
    );
    expect(placeFrom('#at=7&do=%zz&init=1&init=x&lock=both&fault.crash=many&on').problems).toEqual([
      "'do=%zz' cannot be decoded",
      "'on' is not of the form name=value",
      "'init' is given twice",
      "'lock' is unknown; an address takes set.PARAMETER, fault.NAME, init, at, loop, stops, do",
      "the value of 'fault.crash' is not a number of times",
      "'init' is not a number",
      'there is no step 7: there are 0',
    ]);
  });
});
