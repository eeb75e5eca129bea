// Runs commands and modules of pages in one process, as each process loads all of racewright anew.
// Standard input: the name of the command, and the jobs: [{folder, words} or {module}, …]. Both
// streams get a NUL after each job; standard output the exit code and a second NUL with it.
import { readFileSync, writeSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const { command, run: file, jobs } = JSON.parse(readFileSync(0, 'utf8'));
process.argv[1] = command;
// Each check listens for Ctrl-C.
process.setMaxListeners(0);
const { run } = await import(pathToFileURL(file).href);

async function runModule(module) {
  try {
    await import(pathToFileURL(module).href);
    return 0;
  } catch (error) {
    writeSync(2, `${error instanceof Error ? error.stack : error}\n`);
    return 2;
  }
}

for (const { folder, words, module } of jobs) {
  if (folder !== undefined) process.chdir(folder);
  const code = module === undefined ? await run(words) : await runModule(module);
  writeSync(1, `\0${code}\0`);
  writeSync(2, '\0');
}
process.exit(0);
