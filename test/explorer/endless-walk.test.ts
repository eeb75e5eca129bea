import { describe, expect, test } from 'vitest';
import type { Models } from '../../src/explorer/models.ts';
import { replayWords } from '../../src/explorer/replay-words.ts';
import { goTo, openPoint, placeOf } from '../../src/explorer/session.ts';
import { type Place, placeFrom, placeText } from '../../src/explorer/share-link.ts';
import { Walker } from '../../src/explorer/walker.ts';
import { clock } from '../report/samples.ts';

const models: Models = {
  scenarios: new Map([['clock', clock]]),
  walker: (scenario, point, faults) => new Walker(scenario, point, faults),
};
const opened = (place: Partial<Place>) =>
  openPoint(
    models,
    { model: 'clock', point: {}, faults: {} },
    { set: {}, faults: {}, init: 0, at: place.schedule?.length ?? 0, schedule: [], ...place },
  );
const round = ['tick', 'tick', 'tick'];

describe('a walk that goes on for ever', () => {
  test('a link and the command that replays it name a walk that goes on for ever as a whole', () => {
    const session = opened({ schedule: round, loopsTo: 0 });
    expect(session.walk.loopsTo).toBe(0);
    expect(placeFrom(placeText(placeOf(session))).place).toMatchObject({
      schedule: round,
      loopsTo: 0,
    });
    expect(replayWords(session, ['racewright'], 'clock').join(' ')).toBe(
      'racewright replay clock --repeat-from 1 tick tick tick',
    );
    expect(replayWords(goTo(session, 2), ['racewright'], 'clock').join(' ')).toBe(
      'racewright replay clock tick tick',
    );
  });

  test('a walk that goes on for ever may stop where it begins', () => {
    const session = opened({ stops: true });
    expect(placeText(placeOf(session))).toBe('stops=1');
    expect(replayWords(session, ['racewright'], 'clock').join(' ')).toBe(
      'racewright replay clock --stop',
    );
  });

  test('a walk repeats nothing where the model does not return', () => {
    expect(opened({ schedule: ['tick', 'tick'], loopsTo: 0 }).walk.loopsTo).toBeUndefined();
    expect(placeFrom('#loop=3&do=tick+tick+tick').problems).toEqual([
      "no step comes after 'loop' steps: there are 3",
    ]);
  });
});
