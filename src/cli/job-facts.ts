import type { Extras } from '../report/report-json.ts';
import { shownPoint } from '../report/shown-point.ts';
import type { Job } from './jobs.ts';

/**
 * What a document needs of a check so that what is made of it later can name it: its file and the
 * name of its export, and what is not worth naming.
 */
export function factsOf(job: Job): Pick<Extras, 'advanced' | 'file' | 'exportName'> {
  const { scenario, point, origin } = job;
  const shown = shownPoint(scenario, point);
  const advanced = Object.keys(point).filter((name) => !Object.hasOwn(shown, name));
  return { advanced, file: origin?.file, exportName: origin?.exportName };
}
