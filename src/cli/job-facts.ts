import { relative, resolve, sep } from 'node:path';
import type { Extras } from '../report/report-json.ts';
import { shownPoint } from '../report/shown-point.ts';
import type { Job } from './jobs.ts';

/** What a document needs of a check so that what is made of it later can name it: its file, and what is not worth naming. */
export function factsOf(job: Job): Pick<Extras, 'aside' | 'file'> {
  const { scenario, point } = job;
  const shown = shownPoint(scenario, point);
  const aside = Object.keys(point).filter((name) => !Object.hasOwn(shown, name));
  return { aside, file: fileOf(job) };
}

/** The file that was named on the command line, relative to the present folder; undefined for a name. */
function fileOf({ typed }: Job): string | undefined {
  const file = /^(.+\.[cm]?[jt]sx?)(?::[^:/\\]+)?$/.exec(typed)?.[1];
  return file === undefined ? undefined : relative('', resolve(file)).split(sep).join('/');
}
