import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import type { Hono } from 'hono';
import { CliUsageError } from '../arguments/cli-usage-error.ts';
import { endProgram } from '../system/ending.ts';
import { hasScreen, openBrowser } from '../system/open-browser.ts';
import { standardOutput } from '../system/process-guards.ts';
import { printError } from '../system/terminal.ts';

/** The server listens only on this machine. */
const hostname = '127.0.0.1';

/**
 * Serves the routes on a port of this machine; 0 means any free one. `origin` is the address
 * without a path. Throws CliUsageError when the port is not free.
 */
export async function listen(
  app: Hono,
  port: number,
): Promise<{ readonly server: Server; readonly origin: string }> {
  // Without another option the package creates a server of node:http.
  const server = serve({ fetch: app.fetch, hostname, port, serverOptions }) as Server;
  server.maxConnections = connectionsMax;
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', (error: NodeJS.ErrnoException) => reject(cannotListen(error, port)));
  });
  // The server listens on a port, so its address is not a string.
  const address = server.address() as AddressInfo;
  return { server, origin: `http://${hostname}:${address.port}` };
}

/** Opens the page in a browser if asked, or, without a word, where there is a screen. */
export function showPage(url: string, asked: boolean | undefined): void {
  const seat = { platform: process.platform, env: process.env };
  const isTerminal = standardOutput.isTTY === true;
  if (asked ?? hasScreen({ ...seat, isTerminal })) {
    openBrowser(url, seat, (why) =>
      printError([`No browser could be opened: ${why}. Open the address yourself.`]),
    );
  }
}

/** Open connections at most; a browser uses six. */
const connectionsMax = 64;

/**
 * Milliseconds in which a request must be complete. A slower one would keep its connection for
 * ever.
 */
const serverOptions = { headersTimeout: 10_000, requestTimeout: 10_000 };

/** Resolves at the first Ctrl-C; a second one ends the program at once. */
export function signalled(): Promise<void> {
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
