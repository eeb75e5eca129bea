import { type Result, Search, type Trace } from '../../src/index.ts';
import { cloudScenario } from '../../src/model/cloud-scenario/cloud-scenario.ts';
import * as always from '../../src/model/properties/always.ts';
import * as atRest from '../../src/model/properties/at-rest.ts';
import * as liveness from '../../src/model/properties/liveness.ts';
import { cloud } from '../../src/model/world/cloud.ts';
import { scenarios } from '../../src/scenarios/index.ts';
import {
  bdmNamesConnectedAttachment,
  conversionAnd,
  isConverted,
  noServerStaysConverting,
  oneOldAttachment,
} from '../../src/scenarios/upgrades/conversion.ts';

type Point = { readonly [parameter: string]: string };

/** The markers of the blocks of a page that are computed. */
export const markersOf = (page: string): readonly string[] =>
  page.match(/^<!-- (?:table|added|trace): .* -->$/gm) ?? [];

/**
 * A page whose marked blocks are computed: below `<!-- table: … -->`, `<!-- added: … -->` and `<!--
 * trace: … -->` stands what the checker says now, up to the next empty line. Everything else is as
 * it was, and so are blocks whose markers are not among `meant`.
 */
export async function computed(page: string, meant: readonly string[]): Promise<string> {
  const parts = page.split(/^(<!-- (?:table|added|trace): .* -->)\n/m);
  const out = [parts[0] ?? ''];
  for (let n = 1; n < parts.length; n += 2) {
    const [marker = '', below = ''] = parts.slice(n, n + 2);
    if (!meant.includes(marker)) {
      out.push(`${marker}\n${below}`);
      continue;
    }
    const end = below.startsWith('\n') ? 0 : below.indexOf('\n\n');
    const rest = end < 0 ? '' : below.slice(end).replace(/^\n+/, '');
    out.push(`${marker}\n${await blockOf(marker)}\n\n${rest}`);
  }
  return out.join('');
}

async function blockOf(marker: string): Promise<string> {
  const [, kind, text = ''] = /^<!-- (\w+): (.*) -->$/.exec(marker) ?? [];
  const [first = '', ...more] = text.split(' | ');
  const [name = '', ...fixed] = first.split(' ');
  if (kind === 'trace') return traceOf(name, pointOf(fixed), more[0] ?? '');
  const [rows = '', columns = ''] = more.map((words) => words.replace(/^(rows|columns) /, ''));
  const cell = kind === 'added' ? addedAt : cellAt;
  return tableOf(rows, columns, (point) => cell(name, { ...pointOf(fixed), ...point }));
}

async function tableOf(
  rows: string,
  columns: string,
  cellAt: (point: Point) => Promise<string>,
): Promise<string> {
  const [row = '', rowValues = ''] = rows.split('=');
  const [column = '', columnValues = ''] = columns.split('=');
  const heads = columnValues.split(',');
  const lines = [`| ${row} | ${heads.join(' | ')} |`, `| --- |${' --- |'.repeat(heads.length)}`];
  for (const value of rowValues.split(',')) {
    const cells: string[] = [];
    for (const head of heads) cells.push(await cellAt({ [row]: value, [column]: head }));
    lines.push(`| \`${value}\` | ${cells.join(' | ')} |`);
  }
  return lines.join('\n');
}

/** The properties that are violated, or a dash, and the number of states. */
async function cellAt(name: string, point: Point): Promise<string> {
  const result = await resultOf(name, point);
  return `${shown(violatedBy(result), result)} (${result.states.toLocaleString('en')})`;
}

/**
 * What is violated with a conversion, and without one neither of an old-style attachment nor of a
 * converted one.
 */
async function addedAt(name: string, point: Point): Promise<string> {
  const result = await resultOf(name, point);
  const alone = new Set(
    ['old', 'new'].flatMap((style) => violatedBy(withoutConversion(style, point))),
  );
  const added = violatedBy(result).filter((code) => !alone.has(code));
  return `${shown(added, result)} (${result.states.toLocaleString('en')})`;
}

function shown(violated: readonly string[], result: Result): string {
  const converts = result.properties.find(({ name }) => name === isConverted.name);
  if (converts?.verdict === 'violated') return 'never converts';
  return violated.length === 0 ? '–' : violated.join(' ');
}

async function resultOf(name: string, parameters: Point): Promise<Result> {
  const scenario = await scenarios[name]?.();
  if (scenario === undefined)
    throw new Error(`the page names a scenario '${name}', which does not exist`);
  const result = new Search(scenario, { parameters }).run().result();
  if (!result.complete) throw new Error(`${name} ${JSON.stringify(parameters)} is not complete`);
  return result;
}

/** The rival alone, with what comes afterwards and what fails. */
function withoutConversion(style: string, { against, fault, later }: Point): Result {
  const { convert: _, ...others } = conversionAnd('online', {
    order: 'adopt-save-update',
    rules: { lock: true, task: true, resumes: true },
    // The page names values of these parameters; the conversion itself has refused others.
    against: against as 'detach',
    later: later as 'nothing',
  });
  const scenario = cloudScenario({
    name: 'without-conversion',
    about: 'What happens while nothing is converted.',
    release: '2026.1',
    entities: () => ({ ...oneOldAttachment(), ...(style === 'new' ? { oldStyle: [] } : {}) }),
    operations: () => others,
    faults: () => ({ [fault ?? 'crash']: 1 }),
    liveness: () => (against === 'live-migration' ? 'services' : undefined),
    reachable: [
      bdmNamesConnectedAttachment,
      noServerStaysConverting,
      cloud.reachable('something happens', () => true),
    ],
    expect: [],
  });
  return new Search(scenario).run().result();
}

const codes = new Map<string, string>(
  Object.entries({
    ...always,
    ...atRest,
    ...liveness,
    bdmNamesConnectedAttachment,
    noServerStaysConverting,
  }).flatMap(([code, property]) => ('name' in property ? [[property.name, code] as const] : [])),
);

/** The short names of the violated properties; what must be possible is not among them. */
const violatedBy = ({ properties }: Result): string[] =>
  properties
    .filter(({ verdict, kind }) => verdict === 'violated' && kind !== 'reachable')
    .map(({ name }) => codes.get(name) ?? name);

/** The shortest run into a violation: a line for each turn of a process, with its steps. */
async function traceOf(name: string, point: Point, code: string): Promise<string> {
  const { properties } = await resultOf(name, point);
  const found = properties.find((property) => codes.get(property.name) === code);
  if (found?.trace === undefined)
    throw new Error(`${name} at ${JSON.stringify(point)} does not violate ${code}`);
  return ['```', `${code}: ${found.name}`, ...turnsOf(found.trace), '```'].join('\n');
}

function turnsOf({ steps }: Trace): string[] {
  const turns: { readonly actor: string; readonly labels: string[] }[] = [];
  for (const { actor = '', label, picks } of steps) {
    if (label.endsWith('_reply')) continue;
    const last = turns.at(-1);
    const what = actor === 'fault' ? `${label} of ${Object.values(picks).join(' ')}` : label;
    if (last?.actor === actor) last.labels.push(what);
    else turns.push({ actor, labels: [what] });
  }
  const width = Math.max(...turns.map(({ actor }) => actor.length));
  return turns.map(({ actor, labels }) => `  ${actor.padEnd(width)}  ${labels.join(', ')}`);
}

const pointOf = (words: readonly string[]): Point =>
  Object.fromEntries(words.map((word) => word.split('=') as [string, string]));
