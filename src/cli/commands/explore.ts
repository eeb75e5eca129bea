import { Command, Option } from '@commander-js/extra-typings';
import { portNumber } from '../arguments/option-values.ts';
import { options } from '../arguments/options.ts';

/** The words and flags of `racewright explore`. */
export function declareExplore() {
  return new Command('explore')
    .description('take the steps of a scenario in the browser')
    .argument(
      '[scenario]',
      'a name, a file, a directory or a pattern; without it the scenarios of the project',
    )
    .addOption(options.cloud())
    .addOption(
      new Option('--port <n>', 'listen on this port (default: any free one)').argParser(portNumber),
    )
    .option('--open', 'open the page even where no terminal or screen is found')
    .option('--no-open', 'print the address and open nothing');
}

/** The flags of `racewright explore`, as they are read. */
export type ExploreFlags = ReturnType<ReturnType<typeof declareExplore>['opts']>;
