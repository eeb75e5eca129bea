import { listDocument } from '../../report/report-json.ts';
import { describeLines, listLines } from '../../report/scenario-text.ts';
import { builtInScenarios, findScenarios } from '../loading/find-scenarios.ts';
import { type ExitCode, exitCodes } from '../system/exit-code.ts';
import { outputLook, print, printJson } from '../system/terminal.ts';

/**
 * `racewright list`: the scenarios that come with racewright, one line each; or those that are
 * named, in full.
 */
export async function listCommand(
  names: readonly string[],
  flags: { readonly json?: true | undefined },
): Promise<ExitCode> {
  const chosen =
    names.length === 0
      ? await builtInScenarios()
      : (await Promise.all(names.map(findScenarios))).flat();
  const scenarios = chosen.map(({ scenario }) => scenario);
  if (flags.json) printJson(listDocument(scenarios));
  else if (names.length === 0) print(listLines(scenarios, outputLook()));
  else {
    const look = outputLook();
    const blocks = scenarios.map((scenario) => describeLines(scenario, look));
    print(blocks.flatMap((block, i) => (i === 0 ? block : ['', ...block])));
  }
  return exitCodes.asExpected;
}
