import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { scenarios } from '../scenarios/index.ts';
import { type ExitCode, exitCodes } from './exit-code.ts';
import { explorerRoutes } from './explore/server.ts';
import { type Chosen, findScenario } from './find-scenarios.ts';
import { invocation } from './invocation.ts';
import { hasScreen, openBrowser } from './open-browser.ts';
import { print, printError } from './terminal.ts';
import { WrongUsage } from './wrong-usage.ts';

/** Only this machine can reach it. */
const hostname = '127.0.0.1';

/** `racewright explore`: serves the explorer until Ctrl-C. Throws WrongUsage when the port is taken. */
export async function exploreCommand(
  typed: string | undefined,
  flags: { readonly port?: number | undefined; readonly open?: boolean | undefined },
): Promise<ExitCode> {
  const own = Object.keys(scenarios);
  const first = typed === undefined ? undefined : await findScenario(typed);
  const names = first === undefined ? own : [...new Set([first.scenario.name, ...own])];
  const find = async (name: string): Promise<Chosen | undefined> => {
    if (first?.scenario.name === name) return first;
    return Object.hasOwn(scenarios, name) ? findScenario(name) : undefined;
  };
  const app = explorerRoutes({ names, find, invocation: invocation() });
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  const port = flags.port ?? 0;
  const server = serve({ fetch: app.fetch, hostname, port });
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', (error: NodeJS.ErrnoException) => reject(cannotListen(error, port)));
  });
  // A server that listens on a port has an address of this kind.
  const address = server.address() as AddressInfo;
  const shown = encodeURIComponent(names[0] ?? '');
  const url = `http://${hostname}:${address.port}/explore/${shown}`;
  print([url, 'Ctrl-C stops the explorer.']);
  const seat = { platform: process.platform, env: process.env };
  const isTerminal = process.stdout.isTTY === true;
  if (flags.open ?? hasScreen({ ...seat, isTerminal })) {
    openBrowser(url, seat, (why) =>
      printError([`No browser could be opened: ${why}. Open the address yourself.`]),
    );
  }
  await stopped;
  // Requests that are still open end with the program.
  server.close();
  return exitCodes.asExpected;
}

function cannotListen(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code === 'EADDRINUSE') {
    return new WrongUsage({
      what: `port ${port} is in use`,
      where: '--port',
      mend: 'Name another, or leave --port out to have a free one chosen.',
    });
  }
  if (error.code === 'EACCES') {
    return new WrongUsage({
      what: `port ${port} may not be used by this user`,
      where: '--port',
      mend: 'Name one above 1023, or leave --port out.',
    });
  }
  return error;
}
