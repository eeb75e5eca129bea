import type { ResultRecord } from './document.ts';

/**
 * The name by which the command line finds the scenario of a result: its own name for one of
 * racewright's, else the file and the export, since several scenarios of a file may share a name.
 */
export function requestedNameOf({
  scenario,
  file,
  exportName,
}: Pick<ResultRecord, 'scenario' | 'file' | 'exportName'>): string {
  // A report of an earlier version does not name the export.
  return file === undefined ? scenario : `${file}:${exportName ?? scenario}`;
}
