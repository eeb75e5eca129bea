/** What a cell says, as the tones of a terminal. */
export type Tone = 'good' | 'bad' | 'warn' | 'dim';

/** A cell of a sheet: a sign, its meaning for readers who point at it, and its tone. */
export interface SheetCell {
  readonly sign: string;
  readonly title: string;
  readonly tone: Tone;
}

/** A large table of signs: races by releases, or requests by requests. */
export interface Sheet {
  readonly title: string;
  readonly about: string;
  /** The names of the columns, in full. */
  readonly columns: readonly string[];
  /** Undefined where a row has no such cell. */
  readonly rows: readonly {
    readonly name: string;
    readonly cells: readonly (SheetCell | undefined)[];
  }[];
  readonly legend: readonly SheetCell[];
}
