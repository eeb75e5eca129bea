import type { CellPart, CellStatus, Finding } from './atlas.ts';

/** A cell of the document, with the hash of its inputs. */
export interface CellRecord {
  readonly requests: readonly string[];
  readonly status: CellStatus;
  readonly hash: string;
  /** The violations, each with the id of its class of triage; null where it has none. */
  readonly findings: readonly (Finding & { readonly class: string | null })[];
  readonly parts: readonly CellPart[];
}

/** The output of `atlas --json`. */
export interface AtlasDocument {
  readonly format: 'racewright/atlas';
  readonly version: 1;
  readonly release: string;
  readonly withFaults: boolean;
  readonly classes: readonly {
    readonly id: string;
    readonly kind: 'known' | 'new' | 'gap';
    readonly shownBy: string;
    readonly mechanism: string;
  }[];
  readonly alone: readonly CellRecord[];
  readonly pairs: readonly CellRecord[];
}
