import { Writable } from 'node:stream';
import { CliUsageError } from '../arguments/cli-usage-error.ts';
import { type ExitCode, exitCodes } from '../system/exit-code.ts';
import { output, send } from '../system/streams.ts';

/**
 * `racewright mcp`: answers a client on standard input and output until it leaves, or until Ctrl-C.
 * Throws CliUsageError where the SDK is not installed.
 */
export async function mcpCommand(): Promise<ExitCode> {
  const { StdioServerTransport } = await transport();
  // Loaded here, because only this command needs the SDK.
  const { toolServer } = await import('../mcp/tool-server.ts');
  const { WarmThread } = await import('../mcp/warm-thread.ts');
  const thread = new WarmThread();
  const server = toolServer(thread);
  const left = clientLeaves();
  await server.connect(new StdioServerTransport(process.stdin, protocolOutput));
  await left;
  await server.close();
  await thread.close();
  return exitCodes.asExpected;
}

/** `process.stdout` is diverted, so that nothing that a model prints reaches the client. */
const protocolOutput = new Writable({
  decodeStrings: false,
  write(chunk, _encoding, done) {
    send(output, String(chunk));
    done();
  },
});

async function transport(): Promise<typeof import('@modelcontextprotocol/sdk/server/stdio.js')> {
  try {
    return await import('@modelcontextprotocol/sdk/server/stdio.js');
  } catch (error) {
    if (!(error instanceof Error) || Reflect.get(error, 'code') !== 'ERR_MODULE_NOT_FOUND') {
      throw error;
    }
    throw new CliUsageError({
      what: 'the SDK of the Model Context Protocol is not installed',
      mend: 'Install it beside racewright: npm install --save-dev @modelcontextprotocol/sdk',
    });
  }
}

/** Resolves when the client closes its end, and at the first signal. */
function clientLeaves(): Promise<void> {
  return new Promise((resolve) => {
    process.stdin.once('end', resolve);
    process.stdin.once('close', resolve);
    for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) process.on(signal, resolve);
  });
}
