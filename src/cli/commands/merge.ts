import { Command } from '@commander-js/extra-typings';
import { exitCodesHelp } from '../arguments/exit-codes-help.ts';

/** The words and flags of `racewright merge`. */
export function declareMerge() {
  return new Command('merge')
    .description("put the parts of a command together that '--shard' made")
    .argument('<file...>', 'all parts of one command, in any order')
    .addHelpText(
      'after',
      `\nIt prints what the command without --shard prints, and writes its reports.\n${exitCodesHelp}`,
    );
}
