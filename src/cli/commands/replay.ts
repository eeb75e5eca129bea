import { Command, Option } from '@commander-js/extra-typings';
import { wholeFromOne, wholeFromZero } from '../arguments/option-values.ts';
import { options } from '../arguments/options.ts';

/** The words and flags of `racewright replay`. */
export function declareReplay() {
  return new Command('replay')
    .description('follow a schedule step by step')
    .argument('<scenario>', 'a name, or a file of your own')
    .argument(
      '[word...]',
      'the schedule, as check prints it; leave it out to see what can happen first',
    )
    .addOption(options.cloud())
    .addOption(options.set('name=value'))
    .addOption(options.faults())
    .addOption(
      new Option(
        '--init <n>',
        'begin in this one of several initial states, counted from 0',
      ).argParser(wholeFromZero),
    )
    .addOption(
      new Option(
        '--repeat-from <step>',
        'the steps from this one on are repeated for ever; check prints it',
      ).argParser(wholeFromOne),
    )
    .addOption(new Option('--stop', 'the run stops after the last step').conflicts('repeatFrom'))
    .option('--itf <file>', 'follow the states of an ITF trace instead, - for standard input')
    .addOption(new Option('--step', 'walk through it with the keyboard').conflicts('json'))
    .addOption(options.json());
}

/** The flags of `racewright replay`, as they are read. */
export type ReplayFlags = ReturnType<ReturnType<typeof declareReplay>['opts']>;
