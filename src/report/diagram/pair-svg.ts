import type { ReportDocument, ResultRecord } from '../document.ts';
import { count } from '../figures.ts';
import { NothingToShow, pointText, type Run } from '../runs.ts';
import { shorten, widthOf } from '../text-width.ts';
import { printable } from '../value-text.ts';
import { xmlText } from '../xml.ts';
import { sizes } from './layout.ts';
import { spaceTimeSvg } from './space-time-svg.ts';
import { diagramStyle } from './style.ts';

/** Longer names of properties are cut, in characters. */
const nameMax = 60;
/** Properties beyond this many are only counted. */
const namesMax = 12;
/** Pixels between the two pictures. */
const between = 12;

/**
 * Two points of a scenario side by side in SVG, as without and with a lock: the counterexample of
 * each as a space-time diagram; of one that holds, what holds. Throws a NothingToShow for a report
 * that has not two results.
 */
export function pairSvg({ results }: ReportDocument): string {
  const [left, right, ...others] = results;
  if (left === undefined || right === undefined || others.length > 0) {
    throw new NothingToShow(
      `two points stand side by side, and the report has ${results.length}`,
      'Check two values of a parameter: --set lock=no,yes',
    );
  }
  const parts = [left, right].map((result, i) => numbered(pictureOf(result), i));
  const [first, second] = parts.map(sizeOf);
  const [w1 = 0, h1 = 0] = first ?? [];
  const [w2 = 0, h2 = 0] = second ?? [];
  const [width, height] = [w1 + between + w2, Math.max(h1, h2)];
  const title = `${left.scenario}: ${pointText(left)} beside ${pointText(right)}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="rw" role="img" aria-labelledby="rw-title" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
    `<title id="rw-title">${xmlText(printable(title))}</title>`,
    `<style>${diagramStyle}</style>`,
    `<rect class="paper" width="${width}" height="${height}"/>`,
    placed(parts[0] ?? '', 0),
    placed(parts[1] ?? '', w1 + between),
    '</svg>',
    '',
  ].join('\n');
}

function pictureOf(result: ResultRecord): string {
  const property = result.properties.find(
    ({ verdict, trace }) => verdict === 'violated' && trace !== undefined,
  );
  if (property?.trace === undefined) return verdictSvg(result);
  const { trace, failingPart } = property;
  const run: Run = { result, property, trace, failingPart };
  return spaceTimeSvg(run);
}

/** The verdict of a point without a counterexample, with the names of its properties. */
function verdictSvg(result: ResultRecord): string {
  const { verdict, properties, complete, states } = result;
  const sign = { holds: '✓', violated: '✗', undecided: '?' };
  const named = properties
    .slice(0, namesMax)
    .map((each) => `${sign[each.verdict]} ${shorten(printable(each.name), nameMax)}`);
  const more = properties.length - named.length;
  const seen = complete ? 'every reachable state was visited' : 'not every state was visited';
  const lines = [
    ...named,
    ...(more > 0 ? [`and ${more} more`] : []),
    `${count(states, 'state')}; ${seen}`,
  ];
  const point = shorten(printable(`${result.scenario} ${pointText(result)}`), nameMax + 8);
  const width = Math.ceil(
    2 * sizes.margin + Math.max(...[...lines, point].map(widthOf)) * sizes.character + 8,
  );
  const top = sizes.margin + sizes.title + sizes.line;
  const height = top + lines.length * sizes.row + sizes.margin;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="rw" role="img" aria-labelledby="rw-title rw-desc" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
    `<title id="rw-title">${verdict}</title>`,
    `<desc id="rw-desc">${xmlText(point)}</desc>`,
    `<style>${diagramStyle}</style>`,
    `<rect class="paper" width="${width}" height="${height}"/>`,
    `<text class="title" x="${sizes.margin}" y="${sizes.margin + 8}">${verdict}</text>`,
    `<text class="soft" x="${sizes.margin}" y="${sizes.margin + 25}">${xmlText(point)}</text>`,
    ...lines.map((line, i) => {
      const kind = i === lines.length - 1 ? 'soft' : 'word';
      return `<text class="${kind}" x="${sizes.margin}" y="${top + i * sizes.row + 10}">${xmlText(line)}</text>`;
    }),
    '</svg>',
    '',
  ].join('\n');
}

/** The picture with ids of its own and without the style sheet, which the whole has once. */
function numbered(svg: string, i: number): string {
  return svg
    .replace(/<style>.*?<\/style>\n/s, '')
    .replace(/ aria-labelledby="rw-title rw-desc"/, ` aria-labelledby="rw-title-${i} rw-desc-${i}"`)
    .replace('<title id="rw-title">', `<title id="rw-title-${i}">`)
    .replace('<desc id="rw-desc">', `<desc id="rw-desc-${i}">`);
}

function sizeOf(svg: string): readonly [number, number] {
  const [, width, height] = /viewBox="0 0 (\d+) ([\d.]+)"/.exec(svg) ?? [];
  return [Number(width), Number(height)];
}

const placed = (svg: string, x: number): string => svg.trimEnd().replace('<svg ', `<svg x="${x}" `);
