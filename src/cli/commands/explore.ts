import { Command, Option } from '@commander-js/extra-typings';
import { portNumber } from '../arguments/option-values.ts';
import { options } from '../arguments/options.ts';

/** The words and flags of `racewright explore`. */
export function declareExplore() {
  return new Command('explore')
    .description('walk through a scenario in the browser')
    .argument(
      '[scenario]',
      'a name, a file, a directory or a pattern; without it the scenarios of the project',
    )
    .addOption(options.cloud())
    .addOption(
      new Option('--port <n>', 'listen there; any free port when left out').argParser(portNumber),
    )
    .option('--open', 'open it in the browser, as is done where a person sits at a screen')
    .option('--no-open', 'only print the address');
}

/** The flags of `racewright explore`, as they are read. */
export type ExploreFlags = ReturnType<ReturnType<typeof declareExplore>['opts']>;
