import { type Command, Option } from '@commander-js/extra-typings';
import type { ExitCode } from './exit-code.ts';

/** Adds `racewright atlas`; `help` is what stands at the end of its own. */
export function addAtlas(program: Command, finish: (code: ExitCode) => void, help: string): void {
  program
    .command('atlas')
    .description('what happens when any two requests of OpenStack meet')
    .option('--release <name>', 'on this release; the newest when left out')
    .option('--with-faults [name,name]', 'also with each single fault, or with each of these')
    .addOption(
      new Option('--only <request,request>', 'only these requests, alone and with each other')
        .default([] as string[], 'all')
        .argParser((text: string, before: string[]) => [
          ...before,
          ...text.split(',').map((name) => name.trim()),
        ]),
    )
    .addHelpText('after', help)
    .action(async (flags) => {
      const { atlasCommand } = await import('./atlas-command.ts');
      finish(await atlasCommand(flags));
    });
}
