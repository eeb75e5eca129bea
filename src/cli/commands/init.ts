import { Command } from '@commander-js/extra-typings';

/** The words and flags of `racewright init`. */
export function declareInit() {
  return new Command('init')
    .description('begin a project: a configuration, a scenario, its test, a workflow for CI')
    .argument('[folder]', 'where to; the present folder when left out');
}
