import { problemLines } from '../../report/problem-text.ts';
import { listDocument } from '../../report/report-json.ts';
import { describeLines, listLines } from '../../report/scenario-text.ts';
import { chooseScenarios } from '../loading/choose-scenarios.ts';
import { problemFrom } from '../searching/problem.ts';
import { type ExitCode, exitCodes } from '../system/exit-code.ts';
import { errorLook, outputLook, print, printError, printJson } from '../system/terminal.ts';

/**
 * `racewright list`: one line for each scenario of the project or of racewright, or the named ones
 * in full. Throws CliUsageError. Reports a broken file beside the others.
 */
export async function listCommand(
  names: readonly string[],
  flags: { readonly json?: true | undefined; readonly cloud?: true | undefined },
): Promise<ExitCode> {
  const { chosen, broken } = await chooseScenarios(names, { cloud: flags.cloud });
  const scenarios = chosen.map(({ scenario }) => scenario);
  const [first] = broken;
  if (first !== undefined && scenarios.length === 0) throw first.error;
  if (flags.json) printJson(listDocument(scenarios));
  else if (names.length === 0) print(listLines(scenarios, outputLook()));
  else {
    const look = outputLook();
    const blocks = scenarios.map((scenario) => describeLines(scenario, look));
    print(blocks.flatMap((block, i) => (i === 0 ? block : ['', ...block])));
  }
  for (const { error } of broken) printError(problemLines(problemFrom(error), errorLook()));
  return broken.length === 0 ? exitCodes.asExpected : exitCodes.wrongUsage;
}
