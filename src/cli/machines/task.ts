import type { FaultName } from '../../model/faults/faults.ts';
import type { ReleaseName } from '../../model/releases/release-names.ts';
import type { AnyPoint } from '../../spec/parameters.ts';
import type { CellTask } from '../searching/compute-cell.ts';
import type { SimulationOptions } from '../searching/run-simulation.ts';
import type { SearchOptions } from '../searching/search-run.ts';

/** A scenario as another machine finds it: one of racewright, or an export of a shipped file. */
export type ModelName =
  | { readonly own: string }
  | { readonly hash: string; readonly file: string; readonly exportName: string };

/** The search of one point. */
export interface SearchTask {
  readonly kind: 'search';
  readonly model: ModelName;
  readonly point: AnyPoint;
  readonly options: Omit<SearchOptions, 'copy' | 'clock'>;
}

/** The random runs of one point with one seed. */
export interface SimulationTask {
  readonly kind: 'simulation';
  readonly model: ModelName;
  readonly point: AnyPoint;
  readonly options: Omit<SimulationOptions, 'copy'>;
}

/** One row of the exposure. */
export interface RaceTask {
  readonly kind: 'race';
  readonly scenario: string;
  readonly setting: AnyPoint;
  readonly releases: readonly string[];
}

/** One cell of the atlas. */
export interface AtlasTask {
  readonly kind: 'cell';
  readonly requests: CellTask;
  readonly release: ReleaseName;
  readonly faults: readonly FaultName[];
  readonly statesMax: number;
}

/** What one machine does at a time: plain data, from which any machine computes the same answer. */
export type Task = SearchTask | SimulationTask | RaceTask | AtlasTask;
