import type { Frontier } from '../state/frontier.ts';
import type { Slots } from '../state/slots.ts';

/** What a slot or a table has had when the search was at some level. */
interface Snapshot {
  readonly levels: number;
  /** Values by slot. */
  readonly values: readonly number[];
  /** Entries by table. */
  readonly entries: ReadonlyMap<string, number>;
}

/** Levels below which nothing is said: many slots grow at first. */
const levelsMin = 16;
/** So many snapshots have to agree, each a fifth more levels than the one before. */
const snapshotsMin = 6;
const factor = 1.2;
/** At least one new value in so many levels: a process may take some steps between two. */
const levelsPerValue = 16;

/**
 * Watches which slots take new values, and which tables new entries, with every part of a breadth
 * first search: a space is infinite only where one of them does. That they do says what to look at;
 * it does not prove that they go on.
 */
export class Growth {
  readonly #snapshots: Snapshot[] = [];

  /**
   * Called now and then, with how many levels were seen so far. Those of a search depth first say
   * nothing of how far it has come.
   */
  note({ levels, levelsNeedPass }: Frontier, slots: Slots): void {
    if (levelsNeedPass) return;
    const last = this.#snapshots.at(-1);
    if (last !== undefined && levels < Math.max(last.levels + 1, last.levels * factor)) return;
    this.#snapshots.push(snapshotOf(levels, slots));
    if (this.#snapshots.length > snapshotsMin) this.#snapshots.shift();
  }

  /**
   * The names of the slots and tables that have grown from each snapshot to the next, those with
   * the most values first. Empty while it is too early to say.
   */
  growing(slots: Slots): readonly string[] {
    const first = this.#snapshots[0];
    const last = this.#snapshots.at(-1);
    if (first === undefined || last === undefined) return [];
    if (this.#snapshots.length < snapshotsMin || last.levels < levelsMin) return [];
    const enough = (last.levels - first.levels) / levelsPerValue;
    const grew = (count: (snapshot: Snapshot) => number): boolean =>
      count(last) - count(first) >= enough &&
      this.#snapshots.every((each, i) => {
        const before = this.#snapshots[i - 1];
        return before === undefined || count(each) > count(before);
      });
    const tables = [...last.entries.keys()].filter((name) =>
      grew(({ entries }) => entries.get(name) ?? 0),
    );
    const ofSlots = last.values
      .map((count, slot) => ({ count, slot }))
      .filter(({ slot }) => grew(({ values }) => values[slot] ?? 0))
      .sort((one, other) => other.count - one.count)
      .map(({ slot }) => slots.nameOf(slot));
    return [...tables, ...ofSlots];
  }
}

function snapshotOf(levels: number, slots: Slots): Snapshot {
  const entries = new Map<string, number>();
  for (const { name, kind, slots: ids } of slots.ownFields.values()) {
    if (kind === 'table') entries.set(name, ids.size);
  }
  return { levels, values: slots.values.map(({ length }) => length), entries };
}
