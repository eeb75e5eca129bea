import { Command, Option } from '@commander-js/extra-typings';
import { positive, wholeFromOne } from '../arguments/option-values.ts';

/** The words and flags of `racewright worker`. */
export function declareWorker() {
  return new Command('worker')
    .description("do tasks for commands with '--on', until Ctrl-C")
    .argument('<address>', 'of a Redis: redis://host:6379')
    .addOption(
      new Option(
        '--threads <n>',
        'how many tasks at a time; one for each processor by default',
      ).argParser(wholeFromOne),
    )
    .addOption(
      new Option(
        '--lease <s>',
        'seconds without a sign after which others do what it does; 30',
      ).argParser(positive),
    );
}

/** The flags of `racewright worker`, as they are read. */
export type WorkerFlags = ReturnType<ReturnType<typeof declareWorker>['opts']>;
