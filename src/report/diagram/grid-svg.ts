import type { ReportDocument, ResultRecord } from '../document.ts';
import { count, number } from '../figures.ts';
import { faultWords, NothingToShow, namedParameters } from '../runs.ts';
import { shorten, widthOf } from '../text-width.ts';
import { printable } from '../value-text.ts';
import { xmlText } from '../xml.ts';
import { sizes } from './layout.ts';
import { diagramStyle } from './style.ts';

/** In characters; longer names are cut. */
const columnMax = 44;
/** In characters between two columns. */
const gap = 3;

/** A row of texts, with the class of the last but two, which are the verdict. */
interface Row {
  readonly texts: readonly string[];
  readonly verdict: ResultRecord['verdict'] | undefined;
}

/**
 * The checked points of a report as a table in SVG: a row for each, with its parameters, verdict,
 * violated properties and states. Names are escaped. Throws a NothingToShow for a report without
 * results.
 */
export function gridSvg({ results }: ReportDocument): string {
  if (results.length === 0) {
    throw new NothingToShow('there are no results to show', 'Check something first.');
  }
  const names = [...new Set(results.flatMap((result) => namedParameters(result).map(([n]) => n)))];
  const scenarios = new Set(results.map(({ scenario }) => scenario));
  const isOne = scenarios.size === 1;
  const head = [...(isOne ? [] : ['scenario']), ...names, 'verdict', 'violated', 'states'];
  const rows: readonly Row[] = [
    { texts: head, verdict: undefined },
    ...results.map((result) => ({
      verdict: result.verdict,
      texts: [...(isOne ? [] : [result.scenario]), ...cellsOf(result, names)],
    })),
  ];
  const cut = rows.map(({ texts, verdict }) => ({
    verdict,
    texts: texts.map((text) => shorten(printable(text), columnMax)),
  }));
  const title = `${[...scenarios].slice(0, 3).join(', ')}: ${summary(results)}`;
  return drawn(cut, printable(title));
}

function cellsOf(result: ResultRecord, names: readonly string[]): readonly string[] {
  const { parameters, verdict, asExpected, properties, states, faults } = result;
  const sign = { holds: '✓', violated: '✗', undecided: '?' }[verdict];
  const note = asExpected === false ? ' (NOT expected)' : asExpected === true ? ' (expected)' : '';
  const violated = properties
    .filter((property) => property.verdict === 'violated')
    .map(({ name, trace }) =>
      trace === undefined ? name : `${name} (${count(trace.steps.length, 'step')})`,
    );
  const point = names.map((name) => String(parameters[name] ?? ''));
  return [
    ...point,
    [`${sign} ${verdict}${note}`, ...faultWords(faults)].join(' '),
    violated.join('; '),
    number(states),
  ];
}

function summary(results: readonly ResultRecord[]): string {
  const amount = (verdict: ResultRecord['verdict']): number =>
    results.filter((result) => result.verdict === verdict).length;
  const parts: readonly (readonly [number, string])[] = [
    [amount('holds'), 'hold'],
    [amount('violated'), 'violated'],
    [amount('undecided'), 'undecided'],
  ];
  const told = parts.filter(([n]) => n > 0).map(([n, what]) => `${number(n)} ${what}`);
  return `${count(results.length, 'point')}, ${told.join(', ')}`;
}

function drawn(rows: readonly Row[], title: string): string {
  const columns = rows[0]?.texts.length ?? 0;
  const widths = Array.from({ length: columns }, (_, i) =>
    Math.max(...rows.map(({ texts }) => widthOf(texts[i] ?? ''))),
  );
  const starts = widths.map((_, i) => widths.slice(0, i).reduce((sum, w) => sum + w + gap, 0));
  const all = (starts.at(-1) ?? 0) + (widths.at(-1) ?? 0);
  const { margin, character, row: height } = sizes;
  const width = Math.ceil(Math.max(all * character, widthOf(title) * 8.5) + 2 * margin);
  const bottom = margin + sizes.title + rows.length * height + margin;
  const lines = rows.flatMap(({ texts, verdict }, i) => {
    const y = margin + sizes.title + i * height + height / 2;
    const kind = verdict === 'violated' ? 'fail-band' : 'band';
    const words = texts.map((text, column) => {
      const style = verdict === undefined ? 'soft' : verdict === 'violated' ? 'fail-text' : 'word';
      const isName = column < texts.length - 3 && verdict !== undefined;
      const x = margin + (starts[column] ?? 0) * character;
      return `<text${isName ? '' : ` class="${style}"`} x="${x.toFixed(1)}" y="${y + 4}">${xmlText(text)}</text>`;
    });
    const isBanded = verdict === 'violated' || (verdict !== undefined && i % 2 === 1);
    const band = `<rect class="${kind}" x="4" y="${y - height / 2}" width="${width - 8}" height="${height}" rx="3"/>`;
    return [...(isBanded ? [band] : []), ...words];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="rw" role="img" aria-labelledby="rw-title" viewBox="0 0 ${width} ${bottom}" width="${width}" height="${bottom}">`,
    `<title id="rw-title">${xmlText(title)}</title>`,
    `<style>${diagramStyle}</style>`,
    `<rect class="paper" width="${width}" height="${bottom}"/>`,
    `<text class="title" x="${margin}" y="${margin + 8}">${xmlText(title)}</text>`,
    ...lines,
    '</svg>',
    '',
  ].join('\n');
}
