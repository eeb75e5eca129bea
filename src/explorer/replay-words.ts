import { faultWords, goesOnWords } from '../report/runs.ts';
import { placeOf, type Session } from './session.ts';

/**
 * The `replay` command that leads to the step that the page shows, as words. `requestedName` is how
 * the command line names the scenario.
 */
export function replayWords(
  session: Session,
  invocation: readonly string[],
  requestedName: string,
): readonly string[] {
  const { set, faults, init, schedule, at, ...rest } = placeOf(session);
  const settings = Object.entries(set).flatMap(([name, value]) => ['--set', `${name}=${value}`]);
  const first = init === 0 ? [] : ['--init', String(init)];
  return [
    ...[...invocation, 'replay', requestedName, ...settings],
    ...[...faultWords(faults), ...first],
    // How the run goes on is only true after all of its steps.
    ...[...(at === schedule.length ? goesOnWords(rest) : []), ...schedule.slice(0, at)],
  ];
}
