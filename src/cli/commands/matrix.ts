import { Command } from '@commander-js/extra-typings';
import { nameOption, onOption } from '../arguments/on.ts';
import { options } from '../arguments/options.ts';
import { shardOption } from '../arguments/shard.ts';

/** The words and flags of `racewright matrix`. */
export function declareMatrix() {
  return new Command('matrix')
    .description('check every combination of parameters, as a table')
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
    .addOption(options.cache())
    .addOption(options.faults())
    .addOption(shardOption(['cache']))
    .addOption(onOption(['cache']))
    .addOption(nameOption())
    .addOption(options.json())
    .addHelpText(
      'after',
      '\nEach combination has the bounds for itself. Only a result that contradicts a stated expectation ends with 1.',
    );
}

/** The flags of `racewright matrix`, as they are read. */
export type MatrixFlags = ReturnType<ReturnType<typeof declareMatrix>['opts']>;
