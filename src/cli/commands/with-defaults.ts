import { relative, resolve } from 'node:path';
import type { Project } from '../loading/config-file.ts';
import type { CheckFlags } from './check.ts';
import type { MatrixFlags } from './matrix.ts';

/** The flags of `racewright check`, with the defaults of the configuration. */
export function withDefaults(flags: CheckFlags, project: Project | undefined): CheckFlags {
  if (project === undefined) return flags;
  const { config, folder } = project;
  const { require = [], ...bounds } = config.check ?? {};
  const path = (file: string): string => relative('', resolve(folder, file));
  const reports = Object.entries(config.reports ?? {}).map(
    ([format, file]) => `${format}=${path(file)}`,
  );
  return {
    ...bounds,
    ...flags,
    require: flags.require.length > 0 ? flags.require : [...require],
    report: flags.report.length > 0 ? flags.report : reports,
  };
}

/** The flags of `racewright matrix`, with the bounds of the configuration. */
export function withBounds(flags: MatrixFlags, project: Project | undefined): MatrixFlags {
  const { maxStates, maxDepth, maxTime, maxMemory } = project?.config.check ?? {};
  const bounds = { maxStates, maxDepth, maxTime, maxMemory };
  const given = Object.entries(bounds).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(given), ...flags };
}
