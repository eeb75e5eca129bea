#!/usr/bin/env node
import { Console } from 'node:console';
import { run } from './run.ts';
import { noteLateErrors } from './searching/late-errors.ts';
import { endProgram, guardEnd } from './system/ending.ts';
import { guardProcess, standardOutput } from './system/process-guards.ts';
import { whenReaderLeaves, withStreams } from './system/streams.ts';

// Standard output carries only the report, so what a model prints goes to standard error.
globalThis.console = new Console(process.stderr, process.stderr);

// With this listener a limit on the size of files (`ulimit -f`) is a failed write, like a full
// disk.
process.on('SIGXFSZ', () => undefined);

// In front of `head` the command ends as other programs do: shells see SIGPIPE.
whenReaderLeaves(() => endProgram(141));

// The command writes to the descriptors themselves (streams.ts); these streams carry the meter and
// the prints of models.
standardOutput.on('error', () => undefined);
process.stderr.on('error', () => undefined);

const words = process.argv.slice(2);
guardProcess();
guardEnd(words);
noteLateErrors();
void run(words).then((code) => {
  // A model may have left timers or handles behind, and all output is written.
  endProgram(withStreams(code));
});
