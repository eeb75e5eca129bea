import { Command } from '@commander-js/extra-typings';
import { options } from '../arguments/options.ts';

/** The words and flags of `racewright list`. */
export function declareList() {
  return new Command('list')
    .description('list the scenarios and their parameters')
    .argument(
      '[scenario...]',
      'only these: names, files, directories, patterns; without them the project',
    )
    .addOption(options.cloud())
    .addOption(options.json());
}
