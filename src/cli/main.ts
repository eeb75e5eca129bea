#!/usr/bin/env node
import { Console } from 'node:console';
import { run } from './run.ts';
import { noteLateErrors } from './searching/late-errors.ts';
import { endProgram, guardEnd } from './system/ending.ts';
import { guardProcess, standardOutput } from './system/process-guards.ts';
import { whenReaderLeaves, withStreams } from './system/streams.ts';

// A model that prints something must not get into the report: standard output carries nothing else.
globalThis.console = new Console(process.stderr, process.stderr);

// A limit on the size of files (`ulimit -f`) is then an error of the write, as a full disk is.
process.on('SIGXFSZ', () => undefined);

// As other programs end in front of `head`: what shells see of SIGPIPE.
whenReaderLeaves(() => endProgram(141));

// What the command says goes to the descriptors themselves (streams.ts). These carry the meter, and
// what models print.
standardOutput.on('error', () => undefined);
process.stderr.on('error', () => undefined);

const words = process.argv.slice(2);
guardProcess();
guardEnd(words);
noteLateErrors();
void run(words).then((code) => {
  // A model may have left timers or handles behind; what the command wrote is out.
  endProgram(withStreams(code));
});
