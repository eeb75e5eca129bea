import { Command, Option } from '@commander-js/extra-typings';
import { options } from '../arguments/options.ts';

/** The words and flags of `racewright exposure`. */
export function declareExposure() {
  return new Command('exposure')
    .description('which release is exposed to which known race, by checking each')
    .addOption(
      new Option(
        '--release <name,name>',
        'only these; of a single one also what is violated there, what mends it, and how to see it',
      )
        .default([] as string[], 'all')
        .argParser((text: string, before: string[]) => [...before, ...text.split(',')]),
    )
    .addOption(options.json())
    .addOption(new Option('--markdown', 'print the page docs/exposure.md').conflicts('json'));
}

/** The flags of `racewright exposure`, as they are read. */
export type ExposureFlags = ReturnType<ReturnType<typeof declareExposure>['opts']>;
