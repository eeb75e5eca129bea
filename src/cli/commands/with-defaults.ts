import { relative, resolve } from 'node:path';
import type { Project } from '../loading/config-file.ts';
import type { CheckFlags } from './check.ts';
import type { MatrixFlags } from './matrix.ts';

/** The flags of `racewright check`, with the defaults of the configuration. */
export function withDefaults(flags: CheckFlags, project: Project | undefined): CheckFlags {
  if (project === undefined) return flags;
  const { config } = project;
  const { require = [], cache, ...bounds } = config.check ?? {};
  const reports = Object.entries(config.reports ?? {}).map(
    ([format, file]) => `${format}=${pathIn(project, file)}`,
  );
  return {
    ...bounds,
    ...(cache === undefined ? {} : { cache: pathIn(project, cache) }),
    ...flags,
    require: flags.require.length > 0 ? flags.require : [...require],
    report: flags.report.length > 0 ? flags.report : reports,
  };
}

/** The flags of `racewright matrix`, with the bounds of the configuration. */
export function withBounds(flags: MatrixFlags, project: Project | undefined): MatrixFlags {
  if (project === undefined) return flags;
  const { maxStates, maxDepth, maxTime, maxMemory, cache } = project.config.check ?? {};
  const folder = cache === undefined ? undefined : pathIn(project, cache);
  const bounds = { maxStates, maxDepth, maxTime, maxMemory, cache: folder };
  const given = Object.entries(bounds).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(given), ...flags };
}

const pathIn = ({ folder }: Project, file: string): string => relative('', resolve(folder, file));
