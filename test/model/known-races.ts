import { S2, S6, S7, S8 } from '../../src/model/properties/always.ts';
import { Q1, Q2b, Q3, Q4, Q5, Q7, Q9 } from '../../src/model/properties/at-rest.ts';
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
  {
    kinds: ['attach', 'resize'],
    properties: [S2, S6, S7, S8, Q1, Q2b, Q3, Q4, Q5, Q7, Q9].map(({ name }) => name),
    shownBy: 'busy-server',
    because:
      'a resize does what its revert does, and the attach that it meets works by an attachment that is gone',
  },
];
