import { readFileSync } from 'node:fs';
import { Command, InvalidArgumentError, Option } from '@commander-js/extra-typings';
import { type Requirement, requirements } from '../checker/requirements.ts';
import { addAtlas } from './add-atlas.ts';
import type { ExitCode } from './exit-code.ts';
import { portNumber, positive, wholeFromOne, wholeFromZero } from './option-values.ts';
import { refuseRepeats } from './refuse-repeats.ts';
import { reportFormats } from './report-formats.ts';

const exitCodesHelp = `
Exit code: 0 as the scenario expects (or holds, where it expects nothing)
           1 not as expected (or violated, where it expects nothing), whatever else went wrong
           2 wrong usage, a broken model, or an output that was cut
           3 undecided: a bound was hit, no memory was left, or Ctrl-C`;

const startHelp = `
A scenario is a name from 'racewright list', or a TypeScript file of your own: ./my-lock.ts

  racewright check seed-race                      the race, with its counterexample
  racewright check seed-race --set lock=both      the same with a lock
  racewright matrix seed-race --set attaches=1    what each combination of parameters leads to
`;

/** The commands and their flags. `finish` gets the exit code of the command that ran. */
export function makeProgram(finish: (code: ExitCode) => void): Command {
  const program = new Command('racewright')
    .description(
      'Try every interleaving of a concurrent protocol, and show the shortest way into a race.',
    )
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show this, or the help of a command')
    .addHelpText('after', startHelp + exitCodesHelp)
    .showSuggestionAfterError(false)
    .enablePositionalOptions();
  addList(program, finish);
  addCheck(program, finish);
  addMatrix(program, finish);
  addReplay(program, finish);
  addReport(program, finish);
  addExplore(program, finish);
  addExposure(program, finish);
  addAtlas(program, finish, exitCodesHelp);
  addGraph(program, finish);
  program.commands.forEach(refuseRepeats);
  return program;
}

type Finish = (code: ExitCode) => void;

function addList(program: Command, finish: Finish): void {
  program
    .command('list')
    .description('the scenarios and their parameters')
    .argument('[scenario...]', 'only these; or files of your own')
    .addOption(json())
    .action(async (names, flags) => {
      const { listCommand } = await import('./list-command.ts');
      finish(await listCommand(names, flags));
    });
}

function addCheck(program: Command, finish: Finish): void {
  program
    .command('check')
    .description('visit every reachable state')
    .argument(
      '[scenario...]',
      'names, or files of your own (file.ts, or file.ts:name for one of several)',
    )
    .option(
      '--all',
      'every point for which scenarios state an expectation, of all scenarios if none is named',
    )
    .addOption(setting('name=value, or several: name=value,value'))
    .addOption(depthFirst())
    .addOption(maxStates())
    .addOption(maxDepth())
    .addOption(maxTime())
    .addOption(maxMemory())
    .addOption(faults())
    .addOption(counterexamples())
    .addOption(deadlock())
    .addOption(stopAtViolation())
    .option('--continue', 'go on after a violation: that is what is done anyway')
    .addOption(require())
    .option('--types', 'run TypeScript over the files first: types see names that a search cannot')
    .option('--profile', 'say where the states come from, and what they cost')
    .addOption(json())
    .addOption(report())
    .option('--why', 'say which steps raced, by running changed schedules')
    .option('--verbose', 'name every property, and print every counterexample in full')
    .option(
      '--ci',
      'write JUnit and SARIF to racewright-report/, and on GitHub annotations and the step summary',
    )
    .option('--watch', 'check again whenever the scenario or the model changes')
    .addHelpText(
      'after',
      `\nReport formats: ${Object.keys(reportFormats).join(', ')}\n${exitCodesHelp}`,
    )
    .action(async (names, flags) => {
      if (flags.watch) {
        const words = process.argv.slice(2).filter((word) => word !== '--watch');
        const { watchAndRun } = await import('./watch.ts');
        finish(await watchAndRun(names, words));
        return;
      }
      const { checkCommand } = await import('./check-command.ts');
      finish(await checkCommand(names, flags));
    });
}

function addMatrix(program: Command, finish: Finish): void {
  program
    .command('matrix')
    .description('a table over every combination')
    .argument('<scenario>', 'a name, or a file of your own')
    .addOption(setting('keep a parameter to these values: name=value,value'))
    .addOption(depthFirst())
    .addOption(maxStates())
    .addOption(maxDepth())
    .addOption(maxTime())
    .addOption(maxMemory())
    .addOption(faults())
    .addOption(json())
    .addHelpText(
      'after',
      '\nThe bounds are those of each combination. Violations of which no expectation speaks are no failure here.',
    )
    .action(async (name, flags) => {
      const { matrixCommand } = await import('./matrix-command.ts');
      finish(await matrixCommand(name, flags));
    });
}

function addReplay(program: Command, finish: Finish): void {
  program
    .command('replay')
    .description('follow a schedule word by word')
    .argument('<scenario>', 'a name, or a file of your own')
    .argument(
      '[word...]',
      'the schedule, as check prints it; leave it out to see what can happen first',
    )
    .addOption(setting('name=value'))
    .addOption(faults())
    .addOption(
      new Option(
        '--init <n>',
        'begin in this one of several initial states, counted from 0',
      ).argParser(wholeFromZero),
    )
    .addOption(
      new Option(
        '--repeat-from <step>',
        'the steps from this one on are repeated for ever; check prints it',
      ).argParser(wholeFromOne),
    )
    .addOption(new Option('--stop', 'the run stops after the last step').conflicts('repeatFrom'))
    .option('--itf <file>', 'follow the states of an ITF trace instead, - for standard input')
    .addOption(new Option('--step', 'walk through it with the keyboard').conflicts('json'))
    .addOption(json())
    .action(async (name, words, flags) => {
      const { replayCommand } = await import('./replay-command.ts');
      finish(await replayCommand(name, words, flags));
    });
}

function addReport(program: Command, finish: Finish): void {
  const about = Object.entries(reportFormats).map(
    ([name, format]) => `  ${name.padEnd(9)} ${format.about}`,
  );
  program
    .command('report')
    .description('turn the report of a check into another form')
    .argument('<file>', "what 'check --report json=FILE' has written; - for standard input")
    .requiredOption('--to <format>', 'the form, see below')
    .option('-o, --output <file>', 'write it to a file instead of standard output')
    .option('--scenario <name>', 'only what the report says about this scenario')
    .option('--property <name>', 'only this property')
    .addHelpText('after', `\nFormats:\n${about.join('\n')}`)
    .action(async (file, flags) => {
      const { reportCommand } = await import('./report-command.ts');
      finish(await reportCommand(file, flags));
    });
}

function addGraph(program: Command, finish: Finish): void {
  program
    .command('graph')
    .description('draw the states of a small scenario')
    .argument('<scenario>', 'a name, or a file of your own')
    .addOption(setting('name=value'))
    .addOption(faults())
    .option('--around', 'only the states around the first counterexample')
    .option('--svg', 'a picture instead of the language of Graphviz')
    .option('-o, --output <file>', 'write it to a file instead of standard output')
    .action(async (name, flags) => {
      const { graphCommand } = await import('./graph-command.ts');
      finish(await graphCommand(name, flags));
    });
}

const report = () =>
  new Option('--report <format[=file]>', 'write a report, may be given several times')
    .default([] as string[], 'none')
    .argParser((value: string, before: string[]) => [...before, value]);

function addExplore(program: Command, finish: Finish): void {
  program
    .command('explore')
    .description('walk through a scenario in the browser')
    .argument('[scenario]', 'a name, or a file of your own; leave it out to choose in the page')
    .addOption(
      new Option('--port <n>', 'listen there; any free port when left out').argParser(portNumber),
    )
    .option('--open', 'open it in the browser, as is done where a person sits at a screen')
    .option('--no-open', 'only print the address')
    .action(async (name, flags) => {
      const { exploreCommand } = await import('./explore-command.ts');
      finish(await exploreCommand(name, flags));
    });
}

function addExposure(program: Command, finish: Finish): void {
  program
    .command('exposure')
    .description('which release is exposed to which known race, by checking each')
    .addOption(
      new Option(
        '--release <name,name>',
        'only these; of a single one also what is violated there, what mends it, and how to see it',
      )
        .default([] as string[], 'all')
        .argParser((text: string, before: string[]) => [...before, ...text.split(',')]),
    )
    .addOption(json())
    .addOption(new Option('--markdown', 'print the page docs/exposure.md').conflicts('json'))
    .action(async (flags) => {
      const { exposureCommand } = await import('./exposure-command.ts');
      finish(await exposureCommand(flags));
    });
}

const json = () => new Option('--json', 'print one JSON document and nothing else');
const setting = (text: string) =>
  new Option('--set <name=value>', text)
    .default([] as string[], 'every parameter at its default')
    .argParser((value: string, before: string[]) => [...before, value]);
const depthFirst = () =>
  new Option(
    '--depth-first',
    'may find a violation sooner; the counterexample is not the shortest',
  );
const maxStates = () =>
  new Option('--max-states <n>', 'stop at this many states').argParser(wholeFromOne);
const maxDepth = () =>
  new Option('--max-depth <n>', 'look no further than this many steps').argParser(wholeFromOne);
const maxTime = () =>
  new Option('--max-time <s>', 'stop after this many seconds').argParser(positive);
const maxMemory = () =>
  new Option('--max-memory <mb>', 'stop when the search needs more megabytes than this').argParser(
    positive,
  );
const faults = () =>
  new Option(
    '--faults <name=n,name=n>',
    'how often faults may happen, in place of what the scenario says',
  );

const counterexamples = () =>
  new Option(
    '--counterexamples <n>',
    'up to so many that differ in the part that fails or in the actions',
  ).argParser(wholeFromOne);
const deadlock = () =>
  new Option(
    '--deadlock <sense>',
    'a run is stuck when nothing can happen, or when nothing that changes something can',
  ).choices(['stuck', 'stuttering'] as const);
const stopAtViolation = () =>
  new Option('--stop-at-violation', 'end at the first one; the rest is undecided').conflicts(
    'continue',
  );
const require = () =>
  new Option('--require <what,what>', `of what the verdict rests on: ${requirements.join(', ')}`)
    .default([] as Requirement[], 'nothing')
    .argParser(requirementsFrom);

function requirementsFrom(text: string, before: Requirement[]): Requirement[] {
  const words = text.split(',').map((word) => word.trim());
  const unknown = words.find((word) => !requirements.some((known) => known === word));
  if (unknown === undefined) {
    return [...before, ...requirements.filter((known) => words.includes(known))];
  }
  throw new InvalidArgumentError(`'${unknown}' is none of ${requirements.join(', ')}.`);
}

function version(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  // The package's own manifest always has a version.
  return (JSON.parse(text) as { version: string }).version;
}
