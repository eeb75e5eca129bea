import type { Redis } from 'ioredis';
import { CliUsageError } from '../arguments/cli-usage-error.ts';

/** The packages that only many machines need. */
export interface Packages {
  readonly bull: typeof import('bullmq');
  readonly Client: typeof Redis;
}

/** Throws CliUsageError where the packages are not installed. */
export async function loadPackages(): Promise<Packages> {
  try {
    return { bull: await import('bullmq'), Client: (await import('ioredis')).Redis };
  } catch (error) {
    if (!(error instanceof Error) || Reflect.get(error, 'code') !== 'ERR_MODULE_NOT_FOUND') {
      throw error;
    }
    throw new CliUsageError({
      what: 'BullMQ and its client of Redis are not installed',
      mend: 'Install them beside racewright: npm install --save-dev bullmq ioredis',
    });
  }
}

/** The milliseconds after which a server that does not answer counts as not there. */
const connectMs = 5_000;
/** The same for one command. */
const commandMs = 20_000;

/**
 * Connects to a server, once: throws CliUsageError where that fails. Later the client connects
 * again by itself. `patient` commands wait for the connection, others fail without it.
 */
export async function connect(url: string, { Client }: Packages, patient: boolean): Promise<Redis> {
  mustBeUrl(url);
  let isFirst = true;
  let failure: unknown;
  const client = new Client(url, {
    lazyConnect: true,
    connectTimeout: connectMs,
    maxRetriesPerRequest: patient ? null : 0,
    ...(patient ? {} : { commandTimeout: commandMs }),
    retryStrategy: (times) => (isFirst ? null : Math.min(100 * times, 2_000)),
  });
  client.on('error', (error) => {
    failure = error;
  });
  try {
    await client.connect();
    await client.ping();
    isFirst = false;
    return client;
  } catch (error) {
    client.disconnect();
    throw notThere(url, failure ?? error);
  }
}

function mustBeUrl(url: string): void {
  if (/^rediss?:\/\/./.test(url) && URL.canParse(url)) return;
  throw new CliUsageError({
    what: `'${shownUrl(url)}' is no address of a Redis`,
    mend: 'Write it like this: redis://localhost:6379, or redis://:password@host:6379/0',
  });
}

function notThere(url: string, error: unknown): CliUsageError {
  const reason = error instanceof Error ? error.message || String(error) : String(error);
  const isRefused = /WRONGPASS|NOAUTH|NOPERM|invalid (username-)?password/i.test(reason);
  return new CliUsageError({
    what: isRefused
      ? `Redis refuses the user or the password: ${reason}`
      : `there is no Redis to be reached: ${reason}`,
    where: shownUrl(url),
    mend: isRefused ? 'Write them like this: redis://user:password@host:6379' : undefined,
  });
}

/** The address without its password. */
export function shownUrl(url: string): string {
  return url.replace(/^(rediss?:\/\/[^/]*?):[^/]*@/, '$1:…@');
}
