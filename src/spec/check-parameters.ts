import type { Parameter, Parameters } from './parameters.ts';
import { SpecError } from './spec-error.ts';

/**
 * Throws a SpecError for parameters that no user could set: one without values, or with a name or
 * value that cannot be typed or is not unique. `where` names the scenario.
 */
export function checkParameters(parameters: Parameters, where: string): void {
  for (const [name, parameter] of Object.entries(parameters)) {
    const refuse = (what: string, mend: string): never => {
      throw new SpecError({ what, where: `${where}, parameter '${name}'`, mend });
    };
    // `record['__proto__'] = value` adds no entry to a record, so that name would be lost.
    if (!/^(?!__proto__$)[\p{L}_][\p{L}\p{N}_.-]*$/u.test(name)) {
      refuse(
        'it cannot be typed on a command line',
        'Use letters, digits, _, - and . and begin with a letter: --set name=value',
      );
    }
    // The file may be JavaScript, so any value can stand here.
    const given: unknown = (parameter as Parameter | undefined)?.values;
    const values: readonly unknown[] = Array.isArray(given)
      ? given
      : refuse('it is no parameter', "Write it like this: choice(['no', 'yes']), or range(1, 3)");
    if (values.length === 0) refuse('it has no values', "Give it some: choice(['no', 'yes'])");
    const odd = values.find((value) => !['string', 'number', 'boolean'].includes(typeof value));
    if (odd !== undefined || values.includes(undefined)) {
      refuse(
        `its value ${JSON.stringify(odd)} is not a string, number or boolean`,
        'Give each value a name, and let the model look up what the name stands for.',
      );
    }
    const texts = values.map(String);
    const twice = texts.find((text, i) => texts.indexOf(text) !== i);
    if (twice !== undefined) {
      refuse(`two of its values are written '${twice}'`, 'Write each value differently, and once.');
    }
    if (!values.includes(parameter.default)) {
      refuse(
        `its default '${parameter.default}' is not one of its values`,
        `It can be ${texts.join(', ')}.`,
      );
    }
  }
}
