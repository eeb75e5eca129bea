import type { ResultRecord } from './document.ts';

/**
 * How the command line names the scenario of a result: one of racewright's own by its name, one of
 * a file by the file and the name of its export, as several scenarios of a file may have one name.
 */
export function requestedNameOf({
  scenario,
  file,
  exportName,
}: Pick<ResultRecord, 'scenario' | 'file' | 'exportName'>): string {
  // A report of an earlier version does not say how it is exported.
  return file === undefined ? scenario : `${file}:${exportName ?? scenario}`;
}
