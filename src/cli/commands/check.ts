import { Command, InvalidArgumentError, Option } from '@commander-js/extra-typings';
import { type Requirement, requirements } from '../../checker/result/requirements.ts';
import { exitCodesHelp } from '../arguments/exit-codes-help.ts';
import { wholeFromOne } from '../arguments/option-values.ts';
import { collect, options } from '../arguments/options.ts';
import { reportFormats } from '../reports/report-formats.ts';

/** The words and flags of `racewright check`. */
export function declareCheck() {
  return new Command('check')
    .description('visit every reachable state')
    .argument(
      '[scenario...]',
      'names, files (file.ts, or file.ts:name for one of several), directories, patterns; without ' +
        'them the scenarios of the project',
    )
    .option('--all', 'every point for which scenarios state an expectation')
    .addOption(options.cloud())
    .addOption(options.set('name=value, or several: name=value,value'))
    .addOption(options.depthFirst())
    .addOption(options.maxStates())
    .addOption(options.maxDepth())
    .addOption(options.maxTime())
    .addOption(options.maxMemory())
    .addOption(options.faults())
    .addOption(
      new Option(
        '--counterexamples <n>',
        'up to so many that differ in the part that fails or in the actions',
      ).argParser(wholeFromOne),
    )
    .addOption(
      new Option(
        '--deadlock <sense>',
        'a run is stuck when nothing can happen, or when nothing that changes something can',
      ).choices(['stuck', 'stuttering'] as const),
    )
    .option('--stop-at-violation', 'end at the first one; the rest is undecided')
    .addOption(
      new Option(
        '--require <what,what>',
        `of what the verdict rests on: ${requirements.join(', ')}`,
      )
        .default([] as Requirement[], 'nothing')
        .argParser(requirementsFrom),
    )
    .option('--types', 'run TypeScript over the files first: types see names that a search cannot')
    .option('--profile', 'say where the states come from, and what they cost')
    .addOption(options.json())
    .addOption(
      new Option('--report <format[=file]>', 'write a report, may be given several times')
        .default([] as string[], 'none')
        .argParser(collect),
    )
    .option('--why', 'say which steps raced, by running changed schedules')
    .option('--verbose', 'name every property, and print every counterexample in full')
    .option(
      '--ci',
      'write JUnit and SARIF to racewright-report/, and on GitHub annotations and the step summary',
    )
    .option('--watch', 'check again whenever the scenario or the model changes')
    .addHelpText(
      'after',
      `\nReport formats: ${Object.keys(reportFormats).join(', ')}\n${exitCodesHelp}`,
    );
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
