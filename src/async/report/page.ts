import { createHash } from 'node:crypto';
import { diagramStyle } from '../../report/diagram/style.ts';
import { valueText } from '../../report/value-text.ts';
import { xmlText } from '../../report/xml.ts';
import type { Plain } from '../../spec/plain.ts';
import { linesWithoutCommands, withoutCommands } from '../../spec/visible.ts';
import type { Exploration, FailingSchedule } from '../exploration.ts';
import { scheduleDiagram, traceOf } from './diagram.ts';
import { failureText } from './failure-text.ts';
import { ledgerLines } from './ledger-text.ts';
import { replayLine } from './schedule-text.ts';

const style = `
:root { color-scheme: light dark; }
body { font: 15px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 72rem; padding: 1rem; }
h1 { font-size: 1.3rem; } h2 { font-size: 1.1rem; overflow-wrap: anywhere; }
.verdict { font-weight: 600; } .violated { color: light-dark(#b91c1c, #fca5a5); }
.holds { color: light-dark(#15803d, #86efac); }
.drawn, pre { overflow-x: auto; }
pre, code, td { font-family: ui-monospace, Menlo, Consolas, monospace; font-size: 13px; }
pre { border: 1px solid #9aa5b1; padding: 0.5rem; }
table { border-collapse: collapse; } td, th { padding: 0.1rem 0.8rem 0.1rem 0; text-align: left; }
td { vertical-align: top; overflow-wrap: anywhere; } .failing { font-weight: 600; }
`;

/**
 * An exploration as one HTML page that opens from disk and loads nothing: each failing schedule as
 * a space-time diagram, its steps with their answers and changes, why it fails, the line that
 * replays it, and what was covered. It has no script: the code runs in the test only. `title` is
 * escaped.
 */
export function schedulePage(exploration: Exploration, title: string): string {
  const { verdict, failing } = exploration;
  const name = xmlText(withoutCommands(title));
  const policy = [
    "default-src 'none'",
    `style-src ${[style, diagramStyle].map(hashOf).join(' ')}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${xmlText(policy)}">
<link rel="icon" href="data:,">
<style>${style}</style>
<title>${name} - racewright</title>
</head>
<body>
<main>
<h1>${name}</h1>
<p class="verdict ${verdict}">${verdict}</p>
${failing.map(sectionOf).join('\n')}
<h2>What was covered</h2>
<ul>
${ledgerLines(exploration)
  .map((line) => `<li>${textOf(line)}</li>`)
  .join('\n')}
</ul>
</main>
</body>
</html>
`;
}

function sectionOf(failing: FailingSchedule, i: number): string {
  const lines = linesWithoutCommands(failureText(failing.failure)).split('\n');
  const [first = '', ...rest] = lines;
  return `<section>
<h2>${xmlText(first)}</h2>
<div class="drawn">${numbered(scheduleDiagram(failing, 'svg'), i)}</div>
<table>
<thead><tr><th>#</th><th>step</th><th>answer</th><th>changes</th></tr></thead>
<tbody>
${rowsOf(failing).join('\n')}
</tbody>
</table>
${rest.length === 0 ? '' : `<pre>${xmlText(rest.join('\n'))}</pre>`}
<p>To replay it:</p>
<pre>${textOf(replayLine(failing.schedule))}</pre>
</section>`;
}

/** Several diagrams stand in one page: an id is unique there. */
const numbered = (svg: string, i: number): string =>
  svg
    .replace('aria-labelledby="rw-title rw-desc"', `aria-labelledby="rw-title-${i} rw-desc-${i}"`)
    .replace('<title id="rw-title">', `<title id="rw-title-${i}">`)
    .replace('<desc id="rw-desc">', `<desc id="rw-desc-${i}">`);

function rowsOf(failing: FailingSchedule): string[] {
  const { steps } = failing.run;
  const changes = traceOf(failing).steps.map((step) => step.changes);
  return steps.map(({ entry, answer }, i) => {
    const changed = (changes[i] ?? []).map(
      ({ path, before, after }) => `${path}: ${side(before)} → ${side(after)}`,
    );
    const cells = [String(i + 1), entry, answer ?? ''].map((text) => `<td>${textOf(text)}</td>`);
    const row = `${cells.join('')}<td>${changed.map(textOf).join('<br>')}</td>`;
    return `<tr${i === steps.length - 1 ? ' class="failing"' : ''}>${row}</tr>`;
  });
}

const side = (value: Plain | undefined): string =>
  value === undefined ? '(absent)' : valueText(value);

const textOf = (text: string): string => xmlText(withoutCommands(text));

const hashOf = (text: string): string =>
  `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
