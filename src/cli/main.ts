#!/usr/bin/env node
import { Console } from 'node:console';
import { exitCodes } from './exit-code.ts';
import { run } from './run.ts';

// A model that prints something must not get into the report: standard output carries nothing else.
globalThis.console = new Console(process.stderr, process.stderr);

// Whoever reads the output has had enough, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? (process.exitCode ?? 141) : exitCodes.wrongUsage);
});

process.stderr.on('error', () => undefined);

process.exitCode = await run(process.argv.slice(2));
// A model may have left timers or handles behind; what was written goes out first.
process.stdout.write('', () => process.exit());
