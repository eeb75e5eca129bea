import { createHash } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import type { PageData } from '../../explorer/page-data.ts';
import { style } from '../../explorer/style.ts';

/** The parts of a self-contained page. */
export interface PageParts {
  readonly data: PageData;
  /** The report in HTML that needs no scripts. */
  readonly body: string;
  readonly script: string;
  /** The script with the models, if one was made. */
  readonly model: string | undefined;
}

/**
 * A self-contained page: it opens from disk and asks no server for anything. Parts that a reader
 * sees later, or that the body repeats, are packed.
 */
export function selfContainedPage({ data, body, script, model }: PageParts): string {
  const scripts = model === undefined ? [script] : [script, model];
  const policy = [
    "default-src 'none'",
    `script-src ${scripts.map((text) => `'${hashOf(text)}'`).join(' ')}`,
    `style-src '${hashOf(style)}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const { results, ...rest } = data;
  const packed = [
    `<script type="text/plain" id="results">${packText(JSON.stringify(results))}</script>`,
    ...(model === undefined
      ? []
      : [`<script type="text/plain" id="model">${packText(model)}</script>`]),
  ];
  return documentText({ ...rest, results: [] }, body, {
    head: `<meta http-equiv="Content-Security-Policy" content="${policy}">\n<style>${style}</style>`,
    tail: `${packed.join('\n')}\n<script>${script}</script>`,
  });
}

/** Base64 of raw deflate, which every browser since 2023 can unpack. */
function packText(text: string): string {
  return deflateRawSync(text, { level: 9 }).toString('base64');
}

/** A page of the explorer's server. The server sends its policy as a header. */
export function servedPage(data: PageData, body: string): string {
  return documentText(data, body, {
    head: '<link rel="stylesheet" href="/style.css">',
    tail: `<script src="/page.js" defer></script>`,
  });
}

/** The content security policy of the server's pages. */
export const servedPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

function documentText(
  data: PageData,
  body: string,
  { head, tail }: { readonly head: string; readonly tail: string },
): string {
  const title = data.models.find(({ id }) => id === data.model)?.name ?? data.model;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
${head}
<title>${escapeHtml(title)} - racewright</title>
</head>
<body>
<div id="page">${body}</div>
<script type="application/json" id="data">${jsonForHtml(data)}</script>
${tail}
</body>
</html>
`;
}

/** JSON that can neither end its element nor reverse the text around it. */
export function jsonForHtml(data: object): string {
  return JSON.stringify(data).replace(/[<>\u2028-\u202e\u2066-\u2069]/g, (character) => {
    return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
  });
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
