import { shortfalls } from '../../checker/result/ledger.ts';
import type { Result } from '../../checker/result/result.ts';
import type { Scenario } from '../../spec/scenario.ts';
import type { Place, Reply } from './call.ts';
import type { ToolName } from './tool-schemas.ts';

/** A call to suggest, with the reason; without a tool where the model must be changed first. */
export interface NextCall {
  readonly because: string;
  readonly tool?: ToolName;
  readonly arguments?: Reply;
}

/** The call to suggest after the check of one point. */
export function nextAfter(
  result: Result,
  scenario: Scenario,
  asked: Place & { readonly seconds: number },
): NextCall {
  const place = {
    scenario: asked.scenario,
    ...(asked.parameters === undefined ? {} : { parameters: asked.parameters }),
    ...(asked.faults === undefined ? {} : { faults: asked.faults }),
  };
  const { seconds } = asked;
  const broken = result.properties.find(({ verdict }) => verdict === 'violated');
  if (broken !== undefined && result.asExpected !== true) {
    return {
      because: 'the reasons say what the violation needs',
      tool: 'why',
      arguments: { ...place, property: broken.name, seconds },
    };
  }
  const { growing } = result.ledger;
  if (growing !== undefined) {
    return {
      because: `${growing[0]} grows with every level: bound it in the model by a guard, or count modulo a small number`,
    };
  }
  if (!result.complete && result.stopReason === 'time_max') {
    return {
      because: 'the budget was used up: give more seconds, or set smaller parameters',
      tool: 'check',
      arguments: { ...place, seconds: Math.min(600, 10 * seconds) },
    };
  }
  const [vacuous] = shortfalls(result.ledger, 'no-vacuity');
  if (vacuous !== undefined) {
    return { because: `${vacuous}. Mend that first: the verdict says less than it seems to` };
  }
  if (scenario.expect.length > 0) {
    return {
      because:
        'every point for which the scenario states an expectation, negative controls among them',
      tool: 'check',
      arguments: { scenario: asked.scenario, expected: true, seconds },
    };
  }
  return {
    because:
      'the scenario states no expectation: state one, and a point at which the property must be violated (negative control)',
  };
}
