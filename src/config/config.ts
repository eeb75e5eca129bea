import type { Requirement } from '../checker/result/requirements.ts';

/** What the command does in a project, unless its flags say otherwise. */
export interface Config {
  /**
   * Where the scenarios are: files, directories, and patterns as `src/*.model.ts`, relative to the
   * file of the configuration. The directory `scenarios` when left out.
   */
  readonly scenarios?: string | readonly string[];
  /** Defaults of the flags of `racewright check`; the bounds are those of `matrix`, too. */
  readonly check?: CheckDefaults;
  /**
   * Reports that `racewright check` writes: a format and its file, relative to the file of the
   * configuration, as in `{ junit: 'reports/racewright.xml' }`.
   */
  readonly reports?: { readonly [format: string]: string };
}

/** Defaults of the flags of `racewright check`. */
export interface CheckDefaults {
  /** Stop the search of a point at this many states: `--max-states`. */
  readonly maxStates?: number;
  /** Look no further than this many steps: `--max-depth`. */
  readonly maxDepth?: number;
  /** Stop the search of a point after this many seconds: `--max-time`. */
  readonly maxTime?: number;
  /** Stop a search that needs more megabytes than this: `--max-memory`. */
  readonly maxMemory?: number;
  /** What a verdict must not rest on; otherwise the command ends with 3: `--require`. */
  readonly require?: readonly Requirement[];
}

/**
 * The configuration of a project, as `racewright.config.ts` exports it by default. Returns what it
 * is given: it is there for the types.
 */
export function defineConfig(config: Config): Config {
  return config;
}
