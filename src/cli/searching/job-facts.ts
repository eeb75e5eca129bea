import type { Extras } from '../../report/report-json.ts';
import { shownPoint } from '../../report/shown-point.ts';
import type { Job } from './jobs.ts';

/**
 * The facts by which a report names a check: its file, the name of its export, and the advanced
 * parameters at their defaults.
 */
export function factsOf(job: Job): Pick<Extras, 'advanced' | 'file' | 'exportName'> {
  const { scenario, point, origin } = job;
  const shown = shownPoint(scenario, point);
  const advanced = Object.keys(point).filter((name) => !Object.hasOwn(shown, name));
  return { advanced, file: origin?.file, exportName: origin?.exportName };
}
