import { Command, Option } from '@commander-js/extra-typings';
import { nameOption, onOption } from '../arguments/on.ts';
import { options } from '../arguments/options.ts';
import { shardOption } from '../arguments/shard.ts';

/** The words and flags of `racewright exposure`. */
export function declareExposure() {
  return new Command('exposure')
    .description('check which release of OpenStack has which known race')
    .addOption(
      new Option(
        '--release <name,name>',
        'only these releases; for a single one, also each violation, its fix and the command that shows it',
      )
        .default([] as string[], 'all')
        .argParser((text: string, before: string[]) => [...before, ...text.split(',')]),
    )
    .addOption(shardOption([]))
    .addOption(onOption([]))
    .addOption(nameOption())
    .addOption(options.json())
    .addOption(new Option('--markdown', 'print the page docs/exposure.md').conflicts('json'));
}

/** The flags of `racewright exposure`, as they are read. */
export type ExposureFlags = ReturnType<ReturnType<typeof declareExposure>['opts']>;
