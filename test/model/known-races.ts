import { S2 } from '../../src/model/properties/always.ts';
import { Q5, Q7 } from '../../src/model/properties/at-rest.ts';
import type { Kind } from './combinations.ts';

/** A race that other requests show as well than those of the scenario that it is named after. */
export interface KnownRace {
  /** The requests that it takes; one that is asked twice stands here twice. */
  readonly kinds: readonly Kind[];
  readonly properties: readonly string[];
  readonly shownBy: string;
  readonly because: string;
}

const together = 'each counts the other server of the volume, and neither disconnects';

export const knownRaces: readonly KnownRace[] = [
  {
    kinds: ['resize', 'resize'],
    properties: [S2.name, Q5.name, Q7.name],
    shownBy: 'candidate-d20',
    because: together,
  },
  {
    kinds: ['resize', 'shelve'],
    properties: [S2.name, Q5.name, Q7.name],
    shownBy: 'candidate-d20',
    because: together,
  },
  {
    kinds: ['shelve', 'shelve'],
    properties: [S2.name, Q5.name, Q7.name],
    shownBy: 'candidate-d20',
    because: together,
  },
  {
    kinds: ['detach', 'shelve'],
    properties: [Q5.name, Q7.name],
    shownBy: 'candidate-d20',
    because: together,
  },
  {
    kinds: ['detach', 'resize'],
    properties: [Q5.name, Q7.name],
    shownBy: 'candidate-d20',
    because: together,
  },
];
