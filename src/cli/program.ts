import { Command } from '@commander-js/extra-typings';
import { exitCodesHelp } from './arguments/exit-codes-help.ts';
import { refuseRepeats } from './arguments/refuse-repeats.ts';
import { declareAtlas } from './commands/atlas.ts';
import { declareCheck } from './commands/check.ts';
import { declareCompletion } from './commands/completion.ts';
import { declareExplore } from './commands/explore.ts';
import { declareExposure } from './commands/exposure.ts';
import { declareGraph } from './commands/graph.ts';
import { declareInit } from './commands/init.ts';
import { declareList } from './commands/list.ts';
import { declareMatrix } from './commands/matrix.ts';
import { declareMcp } from './commands/mcp.ts';
import { declareMerge } from './commands/merge.ts';
import { declarePlayground } from './commands/playground.ts';
import { declareReplay } from './commands/replay.ts';
import { declareReport } from './commands/report.ts';
import { declareSimulate } from './commands/simulate.ts';
import { declareWorker } from './commands/worker.ts';
import type { ExitCode } from './system/exit-code.ts';
import { ownVersion } from './system/own-version.ts';

const startHelp = `
A scenario is a name from 'racewright list', or a TypeScript file of your own: ./my-lock.ts
Without one the command means those of the project: those that racewright.config.ts names.

  racewright init                                 begin a project
  racewright check                                check its scenarios
  racewright check seed-race                      the race, with its counterexample
  racewright check seed-race --set lock=both      the same with a lock
  racewright matrix seed-race --set attaches=1    what each combination of parameters leads to
`;

/**
 * The commands and their flags. `finish` gets the exit code of the command that ran. Each command
 * loads its code only when it runs.
 */
export function makeProgram(finish: (code: ExitCode) => void): Command {
  const program = new Command('racewright')
    .description(
      'Try every interleaving of a concurrent protocol, and show the shortest way into a race.',
    )
    .version(ownVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show this help')
    .addHelpText('after', startHelp + exitCodesHelp)
    .showSuggestionAfterError(false)
    .enablePositionalOptions();
  addRuns(program, finish);
  addViews(program, finish);
  for (const command of program.commands) {
    command.copyInheritedSettings(program);
    refuseRepeats(command);
  }
  return program;
}

type Finish = (code: ExitCode) => void;

/** The commands that check scenarios, replay runs and convert reports. */
function addRuns(program: Command, finish: Finish): void {
  program.addCommand(
    declareInit().action(async (folder) => {
      const { initCommand } = await import('./commands/init-command.ts');
      finish(initCommand(folder));
    }),
  );
  program.addCommand(
    declareList().action(async (names, flags) => {
      const { listCommand } = await import('./commands/list-command.ts');
      finish(await listCommand(names, flags));
    }),
  );
  program.addCommand(
    declareCheck().action(async (names, flags) => {
      if (flags.watch) {
        const words = process.argv.slice(2).filter((word) => word !== '--watch');
        const { watchAndRun } = await import('./commands/watch.ts');
        finish(await watchAndRun(names, words));
        return;
      }
      const { checkCommand } = await import('./commands/check-command.ts');
      finish(await checkCommand(names, flags));
    }),
  );
  program.addCommand(
    declareSimulate().action(async (names, flags) => {
      const { simulateCommand } = await import('./commands/simulate-command.ts');
      finish(await simulateCommand(names, flags));
    }),
  );
  program.addCommand(
    declareMatrix().action(async (names, flags) => {
      const { matrixCommand } = await import('./commands/matrix-command.ts');
      finish(await matrixCommand(names, flags));
    }),
  );
  program.addCommand(
    declareMerge().action(async (files) => {
      const { mergeCommand } = await import('./commands/merge-command.ts');
      finish(await mergeCommand(files));
    }),
  );
  program.addCommand(
    declareReplay().action(async (name, words, flags) => {
      const { replayCommand } = await import('./commands/replay-command.ts');
      finish(await replayCommand(name, words, flags));
    }),
  );
  program.addCommand(
    declareReport().action(async (file, flags) => {
      const { reportCommand } = await import('./commands/report-command.ts');
      finish(await reportCommand(file, flags));
    }),
  );
}

/** The commands that show a whole scenario or the whole model. */
function addViews(program: Command, finish: Finish): void {
  program.addCommand(
    declareExplore().action(async (name, flags) => {
      const { exploreCommand } = await import('./commands/explore-command.ts');
      finish(await exploreCommand(name, flags));
    }),
  );
  program.addCommand(
    declareExposure().action(async (flags) => {
      const { exposureCommand } = await import('./commands/exposure-command.ts');
      finish(await exposureCommand(flags));
    }),
  );
  program.addCommand(
    declareAtlas().action(async (flags) => {
      const { atlasCommand } = await import('./commands/atlas-command.ts');
      finish(await atlasCommand(flags));
    }),
  );
  program.addCommand(
    declareGraph().action(async (name, flags) => {
      const { graphCommand } = await import('./commands/graph-command.ts');
      finish(await graphCommand(name, flags));
    }),
  );
  program.addCommand(
    declarePlayground().action(async (flags) => {
      const { playgroundCommand } = await import('./commands/playground-command.ts');
      finish(await playgroundCommand(flags));
    }),
  );
  program.addCommand(
    declareMcp().action(async () => {
      const { mcpCommand } = await import('./commands/mcp-command.ts');
      finish(await mcpCommand());
    }),
  );
  program.addCommand(
    declareWorker().action(async (address, flags) => {
      const { workerCommand } = await import('./commands/worker-command.ts');
      finish(await workerCommand(address, flags));
    }),
  );
  program.addCommand(
    declareCompletion().action(async (shell, flags) => {
      const { completionCommand } = await import('./commands/completion-command.ts');
      finish(await completionCommand(program, shell, flags));
    }),
  );
}
