import { Cells } from '../../atlas/cell.ts';
import { racesOf } from '../../exposure/races.ts';
import { builtInScenarios, findScenario } from '../loading/find-scenarios.ts';
import { loadCompiled } from '../loading/load-file.ts';
import { installModel } from '../loading/portable-model.ts';
import { copyOf } from '../loading/second-copy.ts';
import type { SelectedScenario } from '../loading/selected-scenario.ts';
import { type CellMessage, computeCell } from '../searching/compute-cell.ts';
import { meaningOfSwitch, type RaceRow, raceRow } from '../searching/race-row.ts';
import { outcomeOf } from '../searching/run-jobs.ts';
import type { Outcome } from '../searching/run-one.ts';
import { simulated } from '../searching/run-simulation.ts';
import type { AtlasTask, ModelName, RaceTask, Task } from './task.ts';

/** The answer of a task, and whether another run may take it instead of asking again. */
export interface Performed {
  readonly answer: Outcome | RaceRow | CellMessage;
  readonly isKept: boolean;
}

/** The process that started the thread stops a task by ending the thread. */
const stop = { requested: false };
const ignore = (): void => undefined;

/** Does a task that another process has drawn up. `code` is the file that it names by its hash. */
export async function perform(task: Task, code: string | undefined): Promise<Performed> {
  switch (task.kind) {
    case 'search': {
      const job = { ...(await modelOf(task.model, code)), point: task.point };
      const options = () => ({ ...task.options, copy: () => copyOf(job) });
      const answer = await outcomeOf(job, options, stop, ignore);
      const isWhole = answer.searched?.result.complete === true;
      return { answer, isKept: isWhole && answer.problem === undefined };
    }
    case 'simulation': {
      const job = { ...(await modelOf(task.model, code)), point: task.point };
      const options = () => ({ ...task.options, copy: () => copyOf(job) });
      const answer = await simulated(job, options, stop);
      const isTimed = task.options.secondsMax !== undefined;
      const isEnded = answer.searched?.result.stopReason === 'simulated';
      return { answer, isKept: isEnded && !isTimed && answer.problem === undefined };
    }
    case 'race':
      return racePerformed(task);
    case 'cell': {
      const answer = computeCell(cellsOf(task), task.requests);
      return { answer, isKept: 'cell' in answer };
    }
  }
}

async function racePerformed({ scenario: name, setting, releases }: RaceTask): Promise<Performed> {
  const key = JSON.stringify(setting);
  const all = await builtInScenarios();
  const race = all
    .filter(({ scenario }) => scenario.name === name)
    .flatMap(({ scenario }) => racesOf(scenario, meaningOfSwitch))
    .find((each) => JSON.stringify(each.setting) === key);
  if (race === undefined) throw new Error(`there is no race '${name}' with ${key}`);
  const answer = await raceRow(race, releases, {
    run: (asked, options) => outcomeOf(asked, options, stop, ignore),
    stop,
    place: { number: 1, of: 1 },
  });
  const isOpen = answer.row?.cells.some(({ status }) => status === 'undecided') ?? true;
  return { answer, isKept: !isOpen && answer.problems.length === 0 };
}

const cellsByOptions = new Map<string, Cells>();

/** The cells of one atlas share what is known of each request alone. */
function cellsOf({ release, faults, statesMax }: AtlasTask): Cells {
  const options = { release, faults, statesMax };
  const key = JSON.stringify(options);
  const cells = cellsByOptions.get(key) ?? new Cells(options);
  cellsByOptions.set(key, cells);
  return cells;
}

async function modelOf(name: ModelName, code: string | undefined): Promise<SelectedScenario> {
  if ('own' in name) return findScenario(name.own, true);
  const { file, exportName } = name;
  if (code === undefined) throw new Error(`the code of '${file}' is missing`);
  const compiled = installModel(code);
  const all = await loadCompiled(compiled, file);
  const found = all.find((each) => each.exportName === exportName);
  if (found === undefined) throw new Error(`'${file}' does not export '${exportName}'`);
  return {
    scenario: found.scenario,
    requestedName: file,
    origin: { file, exportName, compiled },
  };
}
