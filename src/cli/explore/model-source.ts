import { resolve } from 'node:path';
import type { Chosen } from '../find-scenarios.ts';
import type { ModelSource } from './page-script.ts';

/** Where the module of a scenario is that somebody named on the command line. */
export function modelSource({ scenario, typed }: Chosen): ModelSource {
  const [, file] = /^(.+\.[cm]?[jt]sx?)(?::[^:/\\]+)?$/.exec(typed) ?? [];
  return { scenario: scenario.name, file: file === undefined ? undefined : resolve(file) };
}
