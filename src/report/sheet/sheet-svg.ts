import { shorten, widthOf } from '../text-width.ts';
import { printable } from '../value-text.ts';
import { xmlText } from '../xml.ts';
import type { Sheet, SheetCell, Tone } from './sheet.ts';

const cell = 22;
const margin = 16;
const character = 6.65;
/** In characters; longer names are cut. */
const rowNameMax = 60;
const columnNameMax = 40;

/** Colours for light and dark; each sign differs, so that no reader needs them. */
const style = `
.sheet { --bg: #ffffff; --ink: #1f2933; --soft: #52606d; --good: #11693a; --good-bg: #def5e7; --bad: #b1202c; --bad-bg: #fde8e8;
  --warn: #7d4e00; --warn-bg: #fdf1d8; --dim: #6b7280; --dim-bg: #f5f7fa; }
@media (prefers-color-scheme: dark) { .sheet { --bg: #14181d; --ink: #e4e7eb; --soft: #9fb3c8; --good: #6fd69a; --good-bg: #17372a;
  --bad: #ff9b9b; --bad-bg: #452128; --warn: #f0c36a; --warn-bg: #3d3117; --dim: #9ca3af; --dim-bg: #1d232a; } }
.sheet text { font: 11px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; fill: var(--ink); }
.sheet .paper { fill: var(--bg); } .sheet .title { font-size: 14px; font-weight: 600; } .sheet .soft { fill: var(--soft); }
.sheet .sign { text-anchor: middle; font-weight: 600; } .sheet .end { text-anchor: end; }
.sheet rect.good { fill: var(--good-bg); } .sheet rect.bad { fill: var(--bad-bg); } .sheet rect.warn { fill: var(--warn-bg); } .sheet rect.dim { fill: var(--dim-bg); }
.sheet text.good { fill: var(--good); } .sheet text.bad { fill: var(--bad); } .sheet text.warn { fill: var(--warn); } .sheet text.dim { fill: var(--dim); }`;

/** A sheet as SVG. Each cell has its meaning as a title; names are escaped. */
export function sheetSvg({ title, about, columns, rows, legend }: Sheet): string {
  const named = rows.map(({ name }) => shorten(printable(name), rowNameMax));
  const heads = columns.map((name) => shorten(printable(name), columnNameMax));
  const left = margin + Math.max(0, ...named.map(widthOf)) * character + 10;
  const top = margin + 40 + Math.max(0, ...heads.map(widthOf)) * character + 8;
  const bottom = top + rows.length * cell + 12;
  const words = [title, about, ...legend.map(({ title: text }) => text)].map(widthOf);
  const width = Math.ceil(
    Math.max(left + columns.length * cell, Math.max(...words) * 7.5 + 40) + margin,
  );
  const height = Math.ceil(bottom + legend.length * 20 + margin);
  const at = (i: number): number => left + i * cell + cell / 2;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="sheet" role="img" aria-labelledby="sheet-title" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
    `<title id="sheet-title">${xmlText(printable(title))}</title>`,
    `<style>${style}</style>`,
    `<rect class="paper" width="${width}" height="${height}"/>`,
    `<text class="title" x="${margin}" y="${margin + 10}">${xmlText(printable(title))}</text>`,
    `<text class="soft" x="${margin}" y="${margin + 28}">${xmlText(printable(about))}</text>`,
    ...heads.map(
      (name, i) =>
        `<text class="soft" transform="translate(${at(i) + 4} ${top - 6}) rotate(-90)">${xmlText(name)}</text>`,
    ),
    ...rows.flatMap(({ cells }, row) => {
      const y = top + row * cell;
      const label = `<text class="end" x="${left - 8}" y="${y + 15}">${xmlText(named[row] ?? '')}</text>`;
      return [label, ...cells.flatMap((each, i) => (each ? mark(each, at(i), y) : []))];
    }),
    ...legend.flatMap((each, i) => {
      const y = bottom + i * 20;
      const text = `<text x="${margin + 32}" y="${y + 15}">${xmlText(printable(each.title))}</text>`;
      return [mark(each, margin + 11, y), text];
    }),
    '</svg>',
    '',
  ].join('\n');
}

function mark({ sign, title, tone }: SheetCell, x: number, y: number): string {
  return `<g><title>${xmlText(printable(title))}</title><rect class="${tone satisfies Tone}" x="${x - cell / 2 + 1}" y="${y + 1}" width="${cell - 2}" height="${cell - 2}" rx="3"/><text class="sign ${tone}" x="${x}" y="${y + 15}">${xmlText(sign)}</text></g>`;
}
