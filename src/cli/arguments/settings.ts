import { type Axis, combinations } from '../../report/grid.ts';
import type { AnyPoint, Parameter } from '../../spec/parameters.ts';
import type { Scenario } from '../../spec/scenario.ts';
import { CliUsageError, unknownName } from './cli-usage-error.ts';

/**
 * The values that `--set` asks for, one axis for each parameter in the order of the scenario. A
 * parameter without a setting has its default, or all its values if `others` says so and it is not
 * advanced. Throws CliUsageError for an unknown name or value.
 */
export function axesOf(
  scenario: Scenario,
  settings: readonly string[],
  others: 'default' | 'all',
): Axis[] {
  const asked = new Map<string, Axis>();
  for (const setting of settings) {
    const axis = axisOf(scenario, setting);
    if (asked.has(axis.name)) {
      throw new CliUsageError({
        what: `parameter '${axis.name}' is set twice`,
        where: `--set ${setting}`,
        mend: `To check several values write them with commas: --set ${axis.name}=${example(scenario, axis.name)}`,
      });
    }
    asked.set(axis.name, axis);
  }
  return Object.entries(scenario.parameters).map(([name, parameter]) => {
    const all = others === 'all' && !parameter.advanced;
    return asked.get(name) ?? { name, values: all ? parameter.values : [parameter.default] };
  });
}

/** Every point that `--set` asks for, with the other parameters at their defaults. */
export function pointsOf(scenario: Scenario, settings: readonly string[]): AnyPoint[] {
  return combinations(axesOf(scenario, settings, 'default'));
}

/** The `--set` arguments that lead back to a point; defaults are left out. */
export function settingsOf(scenario: Scenario, point: AnyPoint): string[] {
  return Object.entries(point)
    .filter(([name, value]) => scenario.parameters[name]?.default !== value)
    .flatMap(([name, value]) => ['--set', `${name}=${value}`]);
}

function axisOf(scenario: Scenario, setting: string): Axis {
  const where = `--set ${setting}`;
  const [, name, text] = /^([^=]+)=(.*)$/s.exec(setting) ?? [];
  const names = Object.keys(scenario.parameters);
  if (name === undefined || text === undefined) {
    const [first = 'name'] = names;
    const mend = `Write it like this: --set ${first}=${names.length === 0 ? 'value' : example(scenario, first)}`;
    throw new CliUsageError({ what: `'${setting}' is not of the form name=value`, where, mend });
  }
  const parameter = Object.hasOwn(scenario.parameters, name)
    ? scenario.parameters[name]
    : undefined;
  if (parameter === undefined) {
    const what = `scenario '${scenario.name}' has no parameter '${name}'`;
    const all = "'racewright list SCENARIO' describes all of them.";
    throw unknownName({ what, name, known: names, kind: 'parameters', where, all });
  }
  return { name, values: valuesOf(parameter, name, text, where) };
}

/** The values in a setting. A value may contain a comma, so the whole text is tried first. */
function valuesOf(parameter: Parameter, name: string, text: string, where: string): Axis['values'] {
  const find = (typed: string) => parameter.values.find((value) => String(value) === typed.trim());
  const whole = find(text);
  if (whole !== undefined) return [whole];
  const values = text.split(',').map((typed) => {
    const value = find(typed);
    if (value !== undefined) return value;
    const what = `'${typed}' is not a value of parameter '${name}'`;
    const known = parameter.values.map(String);
    // No number is a likelier guess than another.
    const guess = parameter.values.some((each) => typeof each !== 'number');
    throw unknownName({ what, name: typed, known, kind: 'values', where, guess });
  });
  return [...new Set(values)];
}

function example(scenario: Scenario, name: string): string {
  return scenario.parameters[name]?.values.slice(0, 2).join(',') ?? 'value';
}
