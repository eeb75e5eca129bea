import { Command } from '@commander-js/extra-typings';
import { options } from '../arguments/options.ts';

/** The words and flags of `racewright matrix`. */
export function declareMatrix() {
  return new Command('matrix')
    .description('a table over every combination')
    .argument(
      '[scenario...]',
      'names, files, directories, patterns; without them the scenarios of the project',
    )
    .addOption(options.cloud())
    .addOption(options.set('keep a parameter to these values: name=value,value'))
    .addOption(options.depthFirst())
    .addOption(options.maxStates())
    .addOption(options.maxDepth())
    .addOption(options.maxTime())
    .addOption(options.maxMemory())
    .addOption(options.faults())
    .addOption(options.json())
    .addHelpText(
      'after',
      '\nThe bounds are those of each combination. Violations of which no expectation speaks are no failure here.',
    );
}

/** The flags of `racewright matrix`, as they are read. */
export type MatrixFlags = ReturnType<ReturnType<typeof declareMatrix>['opts']>;
