import { faultWords, goesOnWords } from '../report/runs.ts';
import { placeOf, type Session } from './session.ts';

/**
 * The `replay` command that leads to where the walk is looked at; `typed` is how the command line
 * names the scenario.
 */
export function replayWords(
  session: Session,
  invocation: readonly string[],
  typed: string,
): readonly string[] {
  const { set, faults, init, schedule: words, at, ...rest } = placeOf(session);
  const settings = Object.entries(set).flatMap(([name, value]) => ['--set', `${name}=${value}`]);
  const first = init === 0 ? [] : ['--init', String(init)];
  return [
    ...[...invocation, 'replay', typed, ...settings],
    ...[...faultWords(faults), ...first],
    // Only the whole run goes on as it says.
    ...[...(at === words.length ? goesOnWords(rest) : []), ...words.slice(0, at)],
  ];
}
