import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { serve } from '@hono/node-server';
import { problemLines } from '../../report/problem-text.ts';
import { CliUsageError } from '../arguments/cli-usage-error.ts';
import { invocation } from '../arguments/invocation.ts';
import { CheckQueue } from '../explore/check-queue.ts';
import { ExplorerCatalog } from '../explore/explorer-catalog.ts';
import { explorerRoutes } from '../explore/server.ts';
import { chooseScenarios } from '../loading/choose-scenarios.ts';
import { problemFrom } from '../searching/problem.ts';
import { endProgram } from '../system/ending.ts';
import { type ExitCode, exitCodes } from '../system/exit-code.ts';
import { hasScreen, openBrowser } from '../system/open-browser.ts';
import { standardOutput } from '../system/process-guards.ts';
import { errorLook, print, printError } from '../system/terminal.ts';
import type { ExploreFlags } from './explore.ts';

/** The server listens only on this machine. */
const hostname = '127.0.0.1';

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
  const port = flags.port ?? 0;
  // Without another option the package creates a server of node:http.
  const server = serve({ fetch: app.fetch, hostname, port, serverOptions }) as Server;
  server.maxConnections = connectionsMax;
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', (error: NodeJS.ErrnoException) => reject(cannotListen(error, port)));
  });
  // The server listens on a port, so its address is not a string.
  const address = server.address() as AddressInfo;
  const shown = encodeURIComponent(catalog.models[0]?.id ?? '');
  const url = `http://${hostname}:${address.port}/explore/${shown}`;
  print([url, 'Ctrl-C stops the explorer.']);
  const seat = { platform: process.platform, env: process.env };
  const isTerminal = standardOutput.isTTY === true;
  if (flags.open ?? hasScreen({ ...seat, isTerminal })) {
    openBrowser(url, seat, (why) =>
      printError([`No browser could be opened: ${why}. Open the address yourself.`]),
    );
  }
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

/** Open connections at most; a browser uses six. */
const connectionsMax = 64;

/**
 * Milliseconds in which a request must be complete. A slower one would keep its connection for
 * ever.
 */
const serverOptions = { headersTimeout: 10_000, requestTimeout: 10_000 };

/** Resolves at the first Ctrl-C; a second one ends the program at once. */
function signalled(): Promise<void> {
  return new Promise((resolve) => {
    let isStopping = false;
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => {
        if (isStopping) endProgram(signal === 'SIGINT' ? 130 : 143);
        isStopping = true;
        resolve();
      });
    }
  });
}

function cannotListen(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code === 'EADDRINUSE') {
    return new CliUsageError({
      what: `port ${port} is in use`,
      where: '--port',
      mend: 'Name another, or leave --port out to get a free one.',
    });
  }
  if (error.code === 'EACCES') {
    return new CliUsageError({
      what: `port ${port} may not be used by this user`,
      where: '--port',
      mend: 'Name one above 1023, or leave --port out.',
    });
  }
  return error;
}
