import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { onTestFinished } from 'vitest';
import type { Place } from './run.ts';

/** A command that has been started. */
export interface Started {
  readonly child: ChildProcess;
  /** What it has printed, on both streams, once it has ended; and how it ended. */
  readonly end: Promise<{
    readonly stdout: string;
    readonly stderr: string;
    readonly code: unknown;
  }>;
}

/** Starts a command in a place. It is killed after the test. */
export function start(place: Place, ...words: readonly string[]): Started {
  const child = spawn(process.execPath, [place.command, ...words], {
    cwd: place.folder,
    env: place.env,
  });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (text) => {
    said.stdout += text;
  });
  child.stderr.on('data', (text) => {
    said.stderr += text;
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const end = once(child, 'close').then(([code, signal]) => ({ ...said, code: code ?? signal }));
  return { child, end };
}

/** A Redis of its own on a loopback port, which keeps nothing on the disk. */
export class Server {
  readonly port: number;
  readonly client: Redis;
  #child: ChildProcess;

  private constructor(port: number) {
    this.port = port;
    this.#child = launch(port);
    this.client = new Redis(port, { retryStrategy: () => 50, maxRetriesPerRequest: null });
    this.client.on('error', () => undefined);
  }

  /** Starts one, and ends it after the test. */
  static async start(): Promise<Server> {
    const server = new Server(await freePort());
    onTestFinished(() => {
      server.client.disconnect();
      server.#child.kill('SIGKILL');
    });
    await server.client.ping();
    return server;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  /** Kills the server, and starts another one at the same port. */
  async restart(): Promise<void> {
    this.#child.kill('SIGKILL');
    await once(this.#child, 'exit');
    this.#child = launch(this.port);
    await this.client.ping();
  }

  /** Waits until a question of the client has the answer true. */
  async until(ask: (client: Redis) => Promise<boolean>): Promise<void> {
    while (!(await ask(this.client))) await setTimeout(20);
  }

  /** The names of keys that match a pattern. */
  keys(pattern: string): Promise<string[]> {
    return this.client.keys(`racewright:${pattern}`);
  }
}

const launch = (port: number): ChildProcess =>
  spawn('redis-server', ['--port', `${port}`, '--bind', '127.0.0.1', '--save', ''], {
    stdio: 'ignore',
  });

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port is free');
  return address.port;
}
