import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import type { CommanderError } from 'commander';
import { releaseNames } from '../model/releases/release-names.ts';
import { scenarioNameOf } from '../scenarios/index.ts';
import { alternativesOf } from './alternatives.ts';
import { CliUsageError, unknownName } from './arguments/cli-usage-error.ts';
import { nearest } from './arguments/nearest.ts';

/** Turns a commander error into a usage error that lists the alternatives, the nearest first. */
export async function wrongWords(
  error: CommanderError,
  words: readonly string[],
  program: CommandUnknownOpts,
): Promise<CliUsageError> {
  const command = program.commands.find((each) => each.name() === words[0]);
  const where = command === undefined ? undefined : `racewright ${command.name()}`;
  const [, quoted = ''] = /'([^']*)'/.exec(error.message) ?? [];
  const plain = error.message.replace(/^error: /, '').split('\n')[0] ?? '';
  switch (error.code) {
    case 'commander.unknownOption':
      return unknownFlag(quoted, command ?? program, where);
    case 'commander.unknownCommand':
      return unknownCommand(quoted, program.commands);
    case 'commander.optionMissingArgument':
    case 'commander.missingMandatoryOptionValue':
      return missingValue(quoted, words, where);
    case 'commander.invalidArgument':
      return invalidValue(error.message, plain, where);
    default: {
      const usage = `Usage: ${[where ?? 'racewright', (command ?? program).usage()].join(' ')}`;
      const isExcess = error.code === 'commander.excessArguments' && words[0] === 'exposure';
      const release = isExcess ? releaseNames.find((name) => words.includes(name)) : undefined;
      const mend = release === undefined ? usage : `Did you mean '--release ${release}'? ${usage}`;
      return new CliUsageError({ what: plain, where, mend });
    }
  }
}

/** `flag` is written as in the help: `--set <name=value>`. */
async function missingValue(
  flag: string,
  words: readonly string[],
  where: string | undefined,
): Promise<CliUsageError> {
  const name = flag.split(' ')[0] ?? flag;
  const isGiven = words.includes(name);
  const alternatives = await alternativesOf(name, words);
  const form = `Write it like this: ${flag.replace(/[<>]/g, '')}.`;
  return new CliUsageError({
    what: isGiven ? `${name} has no value` : `${name} is missing`,
    where,
    mend: [form, ...(alternatives === undefined ? [] : [alternatives])].join(' '),
  });
}

/**
 * Reads commander's message about a value: `option '--max-states <n>' argument 'many' is invalid.
 * Expected …`.
 */
function invalidValue(message: string, plain: string, where: string | undefined): CliUsageError {
  const [, flag, value, expected] =
    /option '(--[\w-]+)[^']*' argument '(.*)' is invalid\. (.*)$/s.exec(message) ?? [];
  if (flag === undefined) return new CliUsageError({ what: plain, where });
  return new CliUsageError({
    what: `${flag} cannot be '${value}'`,
    where,
    mend: expected,
  });
}

function unknownFlag(
  flag: string,
  command: CommandUnknownOpts,
  where: string | undefined,
): CliUsageError {
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

function unknownCommand(name: string, commands: readonly CommandUnknownOpts[]): CliUsageError {
  const names = commands.map((command) => command.name());
  const isScenario = scenarioNameOf(name) !== undefined || /\.[cm]?[jt]sx?(:|$)/.test(name);
  const what = `there is no command '${name}'`;
  if (!isScenario || nearest(name, names) !== undefined)
    return unknownName({ what, name, known: names, kind: 'commands' });
  return new CliUsageError({ what, mend: `To check that scenario: racewright check ${name}` });
}
