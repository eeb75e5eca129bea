import { Command, Option } from '@commander-js/extra-typings';
import { wholeFromOne, wholeFromZero } from '../arguments/option-values.ts';
import { options } from '../arguments/options.ts';

/** The words and flags of `racewright replay`. */
export function declareReplay() {
  return new Command('replay')
    .description('follow a schedule step by step')
    .argument('[scenario]', 'a name, or a file of your own')
    .argument(
      '[entry...]',
      'the schedule, as check prints it; without it the first steps are shown',
    )
    .addOption(options.cloud())
    .addOption(options.set('name=value'))
    .addOption(options.faults())
    .addOption(
      new Option('--init <n>', 'begin in this initial state; the first is 0').argParser(
        wholeFromZero,
      ),
    )
    .addOption(
      new Option(
        '--repeat-from <step>',
        'repeat the steps from this one on for ever; check prints this flag',
      ).argParser(wholeFromOne),
    )
    .addOption(
      new Option(
        '--stop',
        'let the run stop after the last step; check prints this flag',
      ).conflicts('repeatFrom'),
    )
    .option('--itf <file>', 'follow the states of an ITF trace instead; - is standard input')
    .addOption(
      new Option(
        '--report <file>',
        "follow a counterexample of a 'check --report json=FILE'; - is standard input",
      ).conflicts(['set', 'faults', 'init', 'repeatFrom', 'stop', 'itf']),
    )
    .option('--property <name>', 'of the report, the counterexample of this property')
    .addOption(new Option('--step', 'step through the run with the keyboard').conflicts('json'))
    .addOption(options.json());
}

/** The flags of `racewright replay`, as they are read. */
export type ReplayFlags = ReturnType<ReturnType<typeof declareReplay>['opts']>;
