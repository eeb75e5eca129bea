import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { afterAll, beforeAll } from 'vitest';

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

/** What a tool answers, as the client of the SDK gets it. */
export interface Answered {
  readonly reply: Record<string, unknown>;
  readonly text: string;
  readonly isError: boolean;
}

/** A client of the SDK, and the server that it has started in a folder with these files. */
export interface Agent {
  readonly folder: string;
  readonly client: Client;
  call(name: string, given: object): Promise<Answered>;
}

/** Starts `racewright mcp` for the tests of a file. */
export function makeAgent(files: { readonly [path: string]: string }): Agent {
  const folder = mkdtempSync(join(tmpdir(), 'racewright-mcp-'));
  const client = new Client({ name: 'test', version: '1' });
  beforeAll(async () => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const env = { HOME: folder, PATH: process.env['PATH'] ?? '' };
    const words = { command: process.execPath, args: [main, 'mcp'], env, cwd: folder };
    await client.connect(new StdioClientTransport({ ...words, stderr: 'ignore' }));
  }, 60_000);
  afterAll(async () => {
    await client.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    folder,
    client,
    async call(name, given) {
      const limits = { timeout: 120_000 };
      const answer = await client.callTool({ name, arguments: { ...given } }, undefined, limits);
      const [first] = answer.content as readonly { readonly text: string }[];
      const text = first?.text ?? '';
      return { reply: JSON.parse(text), text, isError: answer.isError === true };
    },
  };
}
