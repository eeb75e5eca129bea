import { Command, Option } from '@commander-js/extra-typings';
import { exitCodesHelp } from '../arguments/exit-codes-help.ts';
import { nameOption, onOption } from '../arguments/on.ts';
import { positive, seedFrom, wholeFromOne, wholeFromZero } from '../arguments/option-values.ts';
import { collect, options } from '../arguments/options.ts';
import { shardOption } from '../arguments/shard.ts';
import { reportFormats } from '../reports/report-formats.ts';

const helpAfter = `\nReport formats: ${Object.keys(reportFormats).join(', ')}\n${exitCodesHelp}`;

const depth = () =>
  new Option('--depth <n>', 'the largest number of steps of a run; 1000 by default').argParser(
    wholeFromOne,
  );

const seed = () =>
  new Option('--seed <n>', 'the same seed gives the same runs; by default a new one').argParser(
    seedFrom,
  );

const seeds = () =>
  new Option(
    '--seeds <n>',
    'simulate with n seeds, one after another: the first is that of --seed',
  ).argParser(wholeFromOne);

const timed = () =>
  new Option(
    '--timed',
    'how often properties fail: requests arrive at random, and steps take time',
  ).conflicts(['strategy', 'run', 'report', 'why', 'depth', 'time', 'exact', 'maxStates', 'seeds']);

/** The words and flags of `racewright simulate`. */
export function declareSimulate() {
  return new Command('simulate')
    .description('take random runs of scenarios that are too large to check')
    .argument('[scenario...]', 'as for check')
    .addOption(options.cloud())
    .addOption(options.set('name=value, or several: name=value,value'))
    .addOption(options.faults())
    .addOption(
      new Option('--runs <n>', '10000 by default; with --time as many as fit').argParser(
        wholeFromOne,
      ),
    )
    .addOption(depth())
    .addOption(seed())
    .addOption(seeds())
    .addOption(
      new Option(
        '--strategy <name>',
        'random: each enabled step with the same probability; pct: random priorities',
      ).choices(['random', 'pct'] as const),
    )
    .addOption(
      new Option('--pct-depth <n>', 'of pct: how many steps decide a violation; 3').argParser(
        wholeFromOne,
      ),
    )
    .addOption(new Option('--time <s>', 'stop after this many seconds').argParser(positive))
    .addOption(
      new Option('--exact <n>', 'count all states, if there are at most n; 50000').argParser(
        wholeFromZero,
      ),
    )
    .addOption(
      new Option('--run <n>', 'print the schedule of run n, and follow it')
        .argParser(wholeFromOne)
        .conflicts('seeds'),
    )
    .addOption(timed())
    .addOption(new Option('--rate <n>', 'of --timed: requests an hour; 200').argParser(positive))
    .option('--svg <file>', 'of --timed: draw the probability against the rate')
    .addOption(
      new Option(
        '--max-states <n>',
        'keep so many states, and forget them to go on; 4000000',
      ).argParser(wholeFromOne),
    )
    .addOption(options.json())
    .addOption(
      new Option('--report <format[=file]>', 'write a report; can be given several times')
        .default([] as string[], 'none')
        .argParser(collect),
    )
    .addOption(shardOption(['timed', 'run']))
    .addOption(onOption(['timed', 'run']))
    .addOption(nameOption())
    .option('--why', 'say which order, pick or fault a violation needs')
    .option('--verbose', 'name every property, and print every counterexample in full')
    .addHelpText('after', helpAfter);
}

/** The flags of `racewright simulate`, as they are read. */
export type SimulateFlags = ReturnType<ReturnType<typeof declareSimulate>['opts']>;
