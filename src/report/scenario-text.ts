import type { Parameter } from '../spec/parameters.ts';
import type { Scenario } from '../spec/scenario.ts';
import type { TextStyle } from './text-style.ts';
import { hanging, pad, shorten, widthOf } from './text-width.ts';

/**
 * One line for each scenario, with its name and description, and below it the parameters that are
 * not advanced.
 */
export function listLines(scenarios: readonly Scenario[], look: TextStyle): string[] {
  const names = Math.max(0, ...scenarios.map(({ name }) => widthOf(name)));
  return scenarios.flatMap((scenario) => {
    const room = Math.max(20, look.width - names - 2);
    const about = shorten(firstSentence(scenario.about), room);
    const below = hanging(' '.repeat(names + 2), parametersText(scenario, room), look.width);
    return [
      `${look.paint.strong(pad(scenario.name, names))}  ${about}`,
      ...below.filter((line) => line !== '').map(look.paint.dim),
    ];
  });
}

function parametersText({ parameters }: Scenario, width: number): string {
  const all = Object.entries(parameters);
  const shown = all.filter(([, { advanced }]) => !advanced);
  const texts = shown.map(([name, parameter]) => {
    const text = `${name}=${valuesText(parameter)}`;
    return widthOf(text) <= width ? text : `${name}=${firstAndLast(parameter)}`;
  });
  if (all.length > shown.length) texts.push(`(and\u00a0${all.length - shown.length}\u00a0more)`);
  return texts.join(' ');
}

/** `newton|ocata|…|2026.1`, for parameters of many values. */
function firstAndLast({ values }: Parameter): string {
  return [...values.slice(0, 2), '…', values.at(-1)].join('|');
}

/** All about a scenario before a check: its description, and each parameter with its values. */
export function describeLines(scenario: Scenario, look: TextStyle): string[] {
  const all = Object.entries(scenario.parameters);
  const advanced = all.filter((entry) => entry[1].advanced);
  const lines = [
    look.paint.strong(scenario.name),
    ...hanging('  ', scenario.about, look.width),
    '',
  ];
  lines.push(
    ...settingLines(
      all.filter((entry) => !entry[1].advanced),
      look,
    ),
  );
  if (advanced.length > 0) {
    lines.push(
      '',
      look.paint.dim('  advanced; at their defaults unless --set names them, in a matrix, too:'),
    );
    lines.push(...settingLines(advanced, look));
  }
  const { length } = scenario.expect;
  const points = `${length} point${length === 1 ? '' : 's'}`;
  const stated =
    length === 0
      ? 'the scenario states no expectations'
      : `the scenario states expectations for ${points}`;
  return [...lines, ...(all.length === 0 ? [] : ['']), look.paint.dim(`  ${stated}`)];
}

function settingLines(
  parameters: readonly (readonly [string, Parameter])[],
  look: TextStyle,
): string[] {
  const rows = parameters.map(([name, parameter]) => ({
    setting: `--set ${name}=${valuesText(parameter)}`,
    rest: `${parameter.about ?? ''} (default\u00a0${parameter.default})`.trim(),
  }));
  const settings = Math.max(0, ...rows.map(({ setting }) => widthOf(setting)));
  if (settings <= look.width / 2) {
    return rows.flatMap(({ setting, rest }) =>
      hanging(`  ${pad(setting, settings)}  `, rest, look.width),
    );
  }
  return rows.flatMap(({ setting, rest }) => [
    ...hanging('  ', setting, look.width),
    ...hanging('      ', rest, look.width),
  ]);
}

/**
 * `none|attach|both`, or `0..3` for consecutive whole numbers. The default is printed elsewhere.
 */
function valuesText({ values }: Parameter): string {
  const [first] = values;
  const inARow = values.every((value, i) => typeof first === 'number' && value === first + i);
  return inARow && values.length > 2 ? `${first}..${values.at(-1)}` : values.join('|');
}

/** The first sentence of a text. */
export function firstSentence(text: string): string {
  return /^.*?[.?!](?=\s|$)/s.exec(text)?.[0].replace(/\s+/g, ' ') ?? text;
}
