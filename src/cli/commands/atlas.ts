import { Command, Option } from '@commander-js/extra-typings';
import { exitCodesHelp } from '../arguments/exit-codes-help.ts';
import { nameOption, onOption } from '../arguments/on.ts';
import { shardOption } from '../arguments/shard.ts';

/** The words and flags of `racewright atlas`. */
export function declareAtlas() {
  return new Command('atlas')
    .description('check what happens when any two requests of OpenStack meet')
    .option('--release <name>', 'on this release (default: the newest)')
    .option('--with-faults [name,name]', 'also with each single fault, or with each of these')
    .addOption(
      new Option('--only <request,request>', 'only these requests, alone and with each other')
        .default([] as string[], 'all')
        .argParser((text: string, before: string[]) => [
          ...before,
          ...text.split(',').map((name) => name.trim()),
        ]),
    )
    .option('--cache <folder>', 'take known cells from this folder, and put new ones there')
    .addOption(shardOption(['cache']))
    .addOption(onOption(['cache']))
    .addOption(nameOption())
    .option('--json', 'print a document that schemas/atlas.schema.json describes')
    .addOption(new Option('--markdown', 'print the page docs/atlas.md').conflicts('json'))
    .addHelpText('after', exitCodesHelp);
}

/** The flags of `racewright atlas`, as they are read. */
export type AtlasFlags = ReturnType<ReturnType<typeof declareAtlas>['opts']>;
