import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import type { CommanderError } from 'commander';
import { scenarios } from '../scenarios/index.ts';
import { nearest } from './nearest.ts';
import { unknownName, WrongUsage } from './wrong-usage.ts';

/** What commander complains about, as an error in the form of all others: with the alternatives and the nearest of them. */
export function wrongWords(
  error: CommanderError,
  words: readonly string[],
  program: CommandUnknownOpts,
): WrongUsage {
  const command = program.commands.find((each) => each.name() === words[0]);
  const where = command === undefined ? undefined : `racewright ${command.name()}`;
  const [, quoted = ''] = /'([^']*)'/.exec(error.message) ?? [];
  const plain = error.message.replace(/^error: /, '').split('\n')[0] ?? '';
  switch (error.code) {
    case 'commander.unknownOption':
      return unknownFlag(quoted, command ?? program, where);
    case 'commander.unknownCommand':
      return unknownCommand(quoted, program.commands);
    default: {
      const usage = (command ?? program).usage();
      return new WrongUsage({
        what: plain,
        where,
        mend: `Usage: ${[where ?? 'racewright', usage].join(' ')}`,
      });
    }
  }
}

function unknownFlag(
  flag: string,
  command: CommandUnknownOpts,
  where: string | undefined,
): WrongUsage {
  const flags = command.options.flatMap(({ long }) => long ?? []);
  const known = [...flags, '--help'];
  return unknownName({
    what: `there is no flag '${flag}'`,
    name: flag,
    known,
    kind: 'flags',
    where,
  });
}

function unknownCommand(name: string, commands: readonly CommandUnknownOpts[]): WrongUsage {
  const names = commands.map((command) => command.name());
  const isScenario = Object.hasOwn(scenarios, name) || /\.[cm]?[jt]sx?(:|$)/.test(name);
  const what = `there is no command '${name}'`;
  if (!isScenario || nearest(name, names) !== undefined)
    return unknownName({ what, name, known: names, kind: 'commands' });
  return new WrongUsage({ what, mend: `To check that scenario: racewright check ${name}` });
}
