import { Command } from '@commander-js/extra-typings';
import { options } from '../arguments/options.ts';

/** The words and flags of `racewright list`. */
export function declareList() {
  return new Command('list')
    .description('the scenarios and their parameters')
    .argument('[scenario...]', 'only these; or files of your own')
    .addOption(options.json());
}
