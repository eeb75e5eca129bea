import { Command } from '@commander-js/extra-typings';
import { options } from '../arguments/options.ts';

/** The words and flags of `racewright graph`. */
export function declareGraph() {
  return new Command('graph')
    .description('draw the states of a small scenario')
    .argument('<scenario>', 'a name, or a file of your own')
    .addOption(options.cloud())
    .addOption(options.set('name=value'))
    .addOption(options.faults())
    .option('--around', 'draw only the states around the first counterexample')
    .option('--svg', 'write a picture instead of the language of Graphviz')
    .option('-o, --output <file>', 'write it to a file instead of standard output');
}

/** The flags of `racewright graph`, as they are read. */
export type GraphFlags = ReturnType<ReturnType<typeof declareGraph>['opts']>;
