import { setTimeout } from 'node:timers/promises';
import { problemLines } from '../../report/problem-text.ts';
import { invocation } from '../arguments/invocation.ts';
import { CheckQueue } from '../explore/check-queue.ts';
import { ExplorerCatalog } from '../explore/explorer-catalog.ts';
import { explorerRoutes } from '../explore/server.ts';
import { chooseScenarios } from '../loading/choose-scenarios.ts';
import { problemFrom } from '../searching/problem.ts';
import { listen, showPage, signalled } from '../serving/local-server.ts';
import { type ExitCode, exitCodes } from '../system/exit-code.ts';
import { errorLook, print, printError } from '../system/terminal.ts';
import type { ExploreFlags } from './explore.ts';

/**
 * `racewright explore`: serves the explorer until Ctrl-C. Throws CliUsageError when the port is not
 * free.
 */
export async function exploreCommand(
  requestedName: string | undefined,
  flags: ExploreFlags,
): Promise<ExitCode> {
  const names = requestedName === undefined ? [] : [requestedName];
  const { chosen, broken } = await chooseScenarios(names, { cloud: flags.cloud });
  const [first] = broken;
  if (first !== undefined && chosen.length === 0) throw first.error;
  for (const { error } of broken) printError(problemLines(problemFrom(error), errorLook()));
  const isOfCloud = chosen.some(({ origin }) => origin === undefined);
  const catalog = new ExplorerCatalog(chosen, isOfCloud);
  const queue = new CheckQueue();
  const app = explorerRoutes({ catalog, queue, invocation: invocation() });
  const stopped = signalled();
  const shown = encodeURIComponent(catalog.models[0]?.id ?? '');
  const { server, origin } = await listen(app, flags.port ?? 0);
  const url = `${origin}/explore/${shown}`;
  print([url, 'Ctrl-C stops the explorer.']);
  showPage(url, flags.open);
  await stopped;
  server.close();
  server.closeAllConnections();
  await Promise.race([queue.close(), setTimeout(closingMsMax)]);
  const { stop } = await import('esbuild');
  await stop();
  return exitCodes.asExpected;
}

/** Milliseconds that checks have to end; the process takes their memory with it. */
const closingMsMax = 2_000;
