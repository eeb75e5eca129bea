import type { Requirement } from '../checker/result/requirements.ts';

/** The defaults of the commands in a project. Flags override them. */
export interface Config {
  /**
   * The places of scenarios: files, directories, and patterns such as `src/*.model.ts`, relative to
   * the configuration file. By default the directory `scenarios`.
   */
  readonly scenarios?: string | readonly string[];
  /** Defaults for the flags of `racewright check`. The bounds apply to `matrix`, too. */
  readonly check?: CheckDefaults;
  /**
   * Reports that `racewright check` writes: format and file, as in `{ junit:
   * 'reports/racewright.xml' }`. The file is relative to the configuration file.
   */
  readonly reports?: { readonly [format: string]: string };
}

/** Defaults for the flags of `racewright check`. */
export interface CheckDefaults {
  /** Stop the search of a point at this many states: `--max-states`. */
  readonly maxStates?: number;
  /** Visit no state beyond this many steps: `--max-depth`. */
  readonly maxDepth?: number;
  /** Stop the search of a point after this many seconds: `--max-time`. */
  readonly maxTime?: number;
  /** Stop a search that needs more megabytes than this: `--max-memory`. */
  readonly maxMemory?: number;
  /** Seconds for all points together: `--budget`. */
  readonly budget?: number;
  /**
   * A folder in which verdicts are kept, relative to the file of the configuration: `--cache`.
   */
  readonly cache?: string;
  /**
   * Requirements on what a verdict rests on. If one is not met, the command ends with 3:
   * `--require`.
   */
  readonly require?: readonly Requirement[];
}

/**
 * The configuration of a project, which `racewright.config.ts` exports by default. Returns its
 * argument; it only adds the types.
 */
export function defineConfig(config: Config): Config {
  return config;
}
