import { Command, InvalidArgumentError, Option } from '@commander-js/extra-typings';
import { type Requirement, requirements } from '../../checker/result/requirements.ts';
import { exitCodesHelp } from '../arguments/exit-codes-help.ts';
import { nameOption, onOption } from '../arguments/on.ts';
import { wholeFromOne } from '../arguments/option-values.ts';
import { collect, options } from '../arguments/options.ts';
import { shardOption } from '../arguments/shard.ts';
import { reportFormats } from '../reports/report-formats.ts';

const helpAfter = `\nReport formats: ${Object.keys(reportFormats).join(', ')}\n${exitCodesHelp}`;

const counterexamples = () =>
  new Option(
    '--counterexamples <n>',
    'show up to n, which differ in the part that fails or in the actions',
  ).argParser(wholeFromOne);

const deadlock = () =>
  new Option(
    '--deadlock <sense>',
    'call a state stuck when no step is enabled, or when no enabled step changes the state',
  ).choices(['stuck', 'stuttering'] as const);

/** The words and flags of `racewright check`. */
export function declareCheck() {
  return new Command('check')
    .description('check scenarios: visit every reachable state')
    .argument(
      '[scenario...]',
      'names, files (file.ts, or file.ts:name for one of several), directories, patterns; without ' +
        'them the scenarios of the project',
    )
    .option('--all', 'check every point for which scenarios state an expectation')
    .addOption(options.cloud())
    .addOption(options.set('name=value, or several: name=value,value'))
    .addOption(options.depthFirst())
    .addOption(options.maxStates())
    .addOption(options.maxDepth())
    .addOption(options.maxTime())
    .addOption(options.budget())
    .addOption(options.maxMemory())
    .addOption(options.cache())
    .addOption(options.faults())
    .addOption(counterexamples())
    .addOption(deadlock())
    .addOption(options.symmetry())
    .option('--stop-at-violation', 'stop at the first violation; other properties stay undecided')
    .addOption(
      new Option(
        '--require <what,what>',
        `end with 3 where a verdict lacks one of ${requirements.join(', ')}`,
      )
        .default([] as Requirement[], 'nothing')
        .argParser(requirementsFrom),
    )
    .option(
      '--types',
      'check the types of your files first; they show misspelt names that a search does not see',
    )
    .option('--profile', 'show which slots multiply the states, and which labels take the time')
    .addOption(options.json())
    .addOption(
      new Option('--report <format[=file]>', 'write a report; can be given several times')
        .default([] as string[], 'none')
        .argParser(collect),
    )
    .option('--why', 'say which order, pick, fault or fairness a violation needs')
    .option('--verbose', 'name every property, and print every counterexample in full')
    .option(
      '--ci',
      'write JUnit and SARIF to racewright-report/, and on GitHub annotations and the step summary',
    )
    .addOption(shardOption(['budget', 'cache', 'profile', 'watch']))
    .addOption(onOption(['budget', 'cache', 'profile', 'watch']))
    .addOption(nameOption())
    .option('--watch', 'check again whenever the scenario or the model changes')
    .addHelpText('after', helpAfter);
}

/** The flags of `racewright check`, as they are read. */
export type CheckFlags = ReturnType<ReturnType<typeof declareCheck>['opts']>;

function requirementsFrom(text: string, before: Requirement[]): Requirement[] {
  const words = text.split(',').map((word) => word.trim());
  const unknown = words.find((word) => !requirements.some((known) => known === word));
  if (unknown === undefined) {
    return [...before, ...requirements.filter((known) => words.includes(known))];
  }
  throw new InvalidArgumentError(`'${unknown}' is none of ${requirements.join(', ')}.`);
}
