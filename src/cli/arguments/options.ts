import { Option } from '@commander-js/extra-typings';
import { positive, secondsFrom, wholeFromOne } from './option-values.ts';

/** Appends a value to the list of a flag that can be given several times. */
export const collect = (value: string, before: string[]): string[] => [...before, value];

/** Flags that several commands share. */
export const options = {
  cloud: () => new Option('--cloud', 'the scenarios of OpenStack that come with racewright'),
  json: () => new Option('--json', 'print one JSON document and nothing else'),
  set: (text: string) =>
    new Option('--set <name=value>', text)
      .default([] as string[], 'every parameter at its default')
      .argParser(collect),
  depthFirst: () =>
    new Option(
      '--depth-first',
      'may find a violation sooner; the counterexample is not the shortest',
    ),
  maxStates: () =>
    new Option('--max-states <n>', 'stop at this many states').argParser(wholeFromOne),
  maxDepth: () =>
    new Option('--max-depth <n>', 'visit no state beyond this many steps').argParser(wholeFromOne),
  maxTime: () => new Option('--max-time <s>', 'stop after this many seconds').argParser(positive),
  budget: () =>
    new Option(
      '--budget <time>',
      'for all points together, 60s or 5m: each gets a share, large ones what is left',
    ).argParser(secondsFrom),
  maxMemory: () =>
    new Option(
      '--max-memory <mb>',
      'stop when the search needs more megabytes than this',
    ).argParser(positive),
  cache: () =>
    new Option(
      '--cache <folder>',
      'take verdicts from it that were found before, and keep new ones there',
    ),
  symmetry: () =>
    new Option(
      '--symmetry',
      'visit one state out of all that exchanges of the things declared in `symmetry` make equal',
    ),
  faults: () =>
    new Option(
      '--faults <name=n,name=n>',
      'how often faults may happen, in place of what the scenario says',
    ),
};
