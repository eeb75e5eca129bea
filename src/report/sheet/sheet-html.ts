import { printable } from '../value-text.ts';
import { xmlText } from '../xml.ts';
import type { Sheet, SheetCell } from './sheet.ts';

const style = `:root { color-scheme: light dark; --page: light-dark(#f6f7f9, #14171c); --panel: light-dark(#fff, #1c2027); --line: light-dark(#d5dae2, #363d49);
--text: light-dark(#1b2027, #e6e9ee); --quiet: light-dark(#57606d, #a3adba); --good: light-dark(#11693a, #6fd69a); --good-bg: light-dark(#def5e7, #17372a);
--bad: light-dark(#b1202c, #ff9b9b); --bad-bg: light-dark(#fde8e8, #452128); --warn: light-dark(#7d4e00, #f0c36a); --warn-bg: light-dark(#fdf1d8, #3d3117); }
body { margin: 0; padding: 20px; background: var(--page); color: var(--text); font: 15px/1.5 system-ui, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif; }
h1 { font-size: 21px; margin: 0; } p { margin: 4px 0 14px; color: var(--quiet); max-width: 100ch; }
.box { overflow: auto; max-height: 86vh; background: var(--panel); border: 1px solid var(--line); border-radius: 8px; }
table { border-collapse: separate; border-spacing: 2px; font: 13px ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace; }
thead th { position: sticky; top: 0; background: var(--panel); vertical-align: bottom; padding: 8px 2px; }
thead th span { writing-mode: vertical-rl; transform: rotate(180deg); font-weight: 400; white-space: nowrap; }
tbody th { position: sticky; left: 0; background: var(--panel); text-align: end; font-weight: 400; padding: 2px 10px; white-space: nowrap; }
td, .sign { text-align: center; min-width: 26px; font-weight: 600; border-radius: 3px; padding: 2px; }
.good { background: var(--good-bg); color: var(--good); } .bad { background: var(--bad-bg); color: var(--bad); } .warn { background: var(--warn-bg); color: var(--warn); } .dim { background: var(--page); color: var(--quiet); }
ul { list-style: none; padding: 0; } li { margin: 4px 0; } .sign { display: inline-block; }
@media (max-width: 600px) { body { padding: 12px; } tbody th { max-width: 46vw; white-space: normal; overflow-wrap: anywhere; } }`;

/**
 * A sheet as one page without scripts: a table whose cells tell their meaning. Names are escaped.
 * `hash` is the SHA-256 of a text in base64, for the policy that allows this style sheet alone.
 */
export function sheetHtml(sheet: Sheet, hash: (text: string) => string): string {
  const { title, about, columns, rows, legend } = sheet;
  const head = columns.map((name) => `<th scope="col"><span>${textOf(name)}</span></th>`).join('');
  const body = rows.map(
    ({ name, cells }) =>
      `<tr><th scope="row">${textOf(name)}</th>${cells.map(cellOf).join('')}</tr>`,
  );
  const meanings = legend.map(
    ({ sign, title: text, tone }) =>
      `<li><span class="sign ${tone}">${textOf(sign)}</span> ${textOf(text)}</li>`,
  );
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${hash(style)}'; img-src data:; base-uri 'none'; form-action 'none'">`,
    '<link rel="icon" href="data:,">',
    `<style>${style}</style>`,
    `<title>${textOf(title)} - racewright</title>`,
    '</head>',
    '<body>',
    '<main>',
    `<h1>${textOf(title)}</h1>`,
    `<p>${textOf(about)}</p>`,
    `<section class="box" aria-label="${textOf(title)}" tabindex="0"><table><thead><tr><td></td>${head}</tr></thead><tbody>`,
    ...body,
    '</tbody></table></section>',
    `<ul>${meanings.join('')}</ul>`,
    '</main>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function cellOf(cell: SheetCell | undefined): string {
  if (cell === undefined) return '<td></td>';
  return `<td class="${cell.tone}" title="${textOf(cell.title)}">${textOf(cell.sign)}</td>`;
}

const textOf = (text: string): string => xmlText(printable(text));
