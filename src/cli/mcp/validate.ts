import { inWords } from '../../checker/evaluate/point.ts';
import { stepperFor } from '../../checker/runs/stepper.ts';
import { defaultPoint } from '../../spec/parameters.ts';
import { chooseScenarios } from '../loading/choose-scenarios.ts';
import type { SelectedScenario } from '../loading/selected-scenario.ts';
import { problemFrom } from '../searching/problem.ts';
import type { Reply } from './call.ts';
import type { ToolArguments } from './tool-schemas.ts';

/** The tool `validate`: loads a file, and builds each scenario at its default point. */
export async function validate({ scenario, seconds }: ToolArguments<'validate'>): Promise<Reply> {
  const { chosen, broken } = await chooseScenarios([scenario], {});
  const described = chosen.map(describe);
  const problems = broken.map(({ error }) => problemFrom(error));
  const valid = problems.length === 0 && described.every(({ error }) => error === undefined);
  const [first] = chosen;
  return {
    valid,
    ...(problems.length === 0 ? {} : { errors: problems }),
    scenarios: described,
    next:
      valid && first !== undefined
        ? {
            because: 'the model loads; nothing was checked yet',
            tool: 'check',
            arguments: { scenario: first.requestedName, seconds },
          }
        : { because: 'mend the errors first' },
  };
}

function describe({ scenario, requestedName }: SelectedScenario): Reply {
  const { name, about, parameters, expect } = scenario;
  const point = defaultPoint(parameters);
  const named = {
    scenario: requestedName,
    name,
    about,
    parameters: Object.fromEntries(
      Object.entries(parameters).map(([each, { values, default: usual }]) => [
        each,
        { values, default: usual },
      ]),
    ),
    expectations: expect.length,
  };
  try {
    const refused = scenario.refuses(point);
    if (refused !== undefined) return { ...named, refusesDefaults: refused };
    const { system, stepper, initial } = stepperFor(scenario, { parameters: point });
    const { properties = [], faults = [] } = system;
    const [start = []] = initial;
    return {
      ...named,
      at: inWords(point),
      initialStates: initial.length,
      processes: Object.entries(stepper.world(start).processes).map(
        ([pid, { flow }]) => `${pid}: ${flow}`,
      ),
      faults: faults.map((fault) => fault.name),
      properties: properties.map((property) => `${property.kind} ${property.name}`),
      enabledFirst: [...new Set(stepper.enabled(start).map(({ entry }) => entry))],
    };
  } catch (error) {
    return { ...named, error: problemFrom(error) };
  }
}
