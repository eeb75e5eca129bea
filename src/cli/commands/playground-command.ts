import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CliUsageError } from '../arguments/cli-usage-error.ts';
import { playgroundFiles } from '../playground/folder.ts';
import { playgroundRoutes } from '../playground/routes.ts';
import { listen, showPage, signalled } from '../serving/local-server.ts';
import { type ExitCode, exitCodes } from '../system/exit-code.ts';
import { print } from '../system/terminal.ts';
import type { PlaygroundFlags } from './playground.ts';

/**
 * `racewright playground`: serves the playground until Ctrl-C, or writes it to a folder. Throws
 * CliUsageError where a package is missing, the port is not free, or the folder cannot be written.
 */
export async function playgroundCommand(flags: PlaygroundFlags): Promise<ExitCode> {
  if (flags.out !== undefined) {
    refuseForeign(flags.out);
    const files = await playgroundFiles();
    writeFolder(flags.out, files);
    print([`${flags.out}: ${files.size} files. Serve the folder with any web server.`]);
    return exitCodes.asExpected;
  }
  const stopped = signalled();
  const app = playgroundRoutes(await playgroundFiles());
  const { server, origin } = await listen(app, flags.port ?? 0);
  print([`${origin}/`, 'Ctrl-C stops the playground.']);
  showPage(`${origin}/`, flags.open);
  await stopped;
  server.close();
  server.closeAllConnections();
  const { stop } = await import('esbuild');
  await stop();
  return exitCodes.asExpected;
}

/** The names that a folder of the playground may already have; another file stays untouched. */
const ownNames = ['index.html', 'result.html', 'page.js', 'worker.js', 'result.js', 'style.css'];

function refuseForeign(out: string): void {
  const there = namesIn(out);
  const foreign = there.find((name) => !ownNames.includes(name));
  if (foreign === undefined) return;
  throw new CliUsageError({
    what: `the folder '${out}' has other files in it, as '${foreign}'`,
    where: '--out',
    mend: 'Name a new folder, or an empty one.',
  });
}

function namesIn(out: string): readonly string[] {
  try {
    return readdirSync(out);
  } catch (error) {
    if (Reflect.get(Object(error), 'code') === 'ENOENT') return [];
    throw cannotWrite(out, error);
  }
}

function writeFolder(out: string, files: ReadonlyMap<string, string>): void {
  try {
    mkdirSync(out, { recursive: true });
    for (const [name, text] of files) writeFileSync(join(out, name), text);
  } catch (error) {
    throw cannotWrite(out, error);
  }
}

function cannotWrite(out: string, error: unknown): CliUsageError {
  const why = error instanceof Error ? error.message : String(error);
  return new CliUsageError({
    what: `the folder '${out}' cannot be written: ${why}`,
    where: '--out',
    mend: 'Name a folder that you may write.',
  });
}
