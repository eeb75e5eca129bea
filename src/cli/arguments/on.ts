import { Option } from '@commander-js/extra-typings';

/** The flag `--on`. `conflicts` are flags that only make sense where one process does all. */
export const onOption = (conflicts: readonly string[]) =>
  new Option(
    '--on <redis://host>',
    "have it done by the workers there: 'racewright worker'",
  ).conflicts(['shard', ...conflicts]);

/** The flag `--name`. */
export const nameOption = () =>
  new Option('--name <name>', 'of --on: of two runs with one name only the first runs');
