import { style } from '../../explorer/style.ts';
import type { Example } from '../../playground/link.ts';
import { playgroundStyle } from '../../playground/style.ts';
import { CliUsageError } from '../arguments/cli-usage-error.ts';
import { bundled, own } from '../page/bundled.ts';
import { jsonForHtml } from '../page/page-html.ts';
import { cookbookExamples } from './examples.ts';

/** The packages of the editor and the compiler, which are optional peer dependencies. */
const packages = [
  'codemirror',
  '@codemirror/lang-javascript',
  '@codemirror/language',
  '@lezer/highlight',
  'sucrase',
];

/**
 * The files of the playground by name: static, for any web server. Throws CliUsageError where a
 * package of the editor or the compiler is not installed.
 */
export async function playgroundFiles(): Promise<ReadonlyMap<string, string>> {
  const missing = packages.filter((name) => !isInstalled(name));
  if (missing.length > 0) {
    throw new CliUsageError({
      what: `the playground needs packages that are not installed: ${missing.join(', ')}`,
      mend: `Install them beside racewright: npm install --save-dev ${missing.join(' ')}`,
    });
  }
  const [page, worker, result] = await Promise.all([
    script('playground/playground', '.tsx', 'start'),
    script('playground/worker', '.ts', 'serve'),
    script('playground/result-page', '.tsx', 'startFrame'),
  ]);
  return new Map([
    ['index.html', playgroundPage(cookbookExamples())],
    ['result.html', framePage],
    ['page.js', page],
    ['worker.js', worker],
    ['result.js', result],
    ['style.css', style + playgroundStyle],
  ]);
}

function isInstalled(name: string): boolean {
  try {
    import.meta.resolve(name);
    return true;
  } catch {
    return false;
  }
}

function script(module: string, source: '.ts' | '.tsx', name: string): Promise<string> {
  const path = JSON.stringify(own(module, source));
  return bundled(`import { ${name} } from ${path};\n${name}();`, 'esm');
}

/**
 * The page connects to nothing: neither do workers from its blobs, so a model that a link brings
 * cannot send anything. The editor writes styles of its own.
 */
const policy = [
  "default-src 'none'",
  "script-src 'self' blob: 'wasm-unsafe-eval'",
  // Chromium asks this one about the modules that a worker imports.
  "worker-src 'self' blob:",
  "style-src 'self' 'unsafe-inline'",
  'img-src data:',
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

function head(title: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<link rel="stylesheet" href="style.css">
<title>${title}</title>
</head>`;
}

function playgroundPage(examples: readonly Example[]): string {
  return `${head('racewright playground')}
<body class="playground">
<div id="page"><noscript>The playground needs scripts.</noscript></div>
<script type="application/json" id="examples">${jsonForHtml(examples)}</script>
<script type="module" src="page.js"></script>
</body>
</html>
`;
}

const framePage = `${head('Result - racewright playground')}
<body class="framed">
<div id="page"></div>
<script type="module" src="result.js"></script>
</body>
</html>
`;
