import { resolve } from 'node:path';

const mark = '//# sourceMappingURL=data:application/json;base64,';

/**
 * A module whose inline source map has the absolute paths of its sources, so that it can be stored
 * anywhere. Now they are relative to `folder`. A module without such a map stays as it is.
 */
export function withAbsoluteSources(code: string, folder: string): string {
  const at = code.lastIndexOf(mark);
  if (at === -1) return code;
  const map = Buffer.from(code.slice(at + mark.length), 'base64').toString();
  // esbuild has written it.
  const parsed = JSON.parse(map) as { sources: string[] };
  const sources = parsed.sources.map((source) => resolve(folder, source));
  const placed = Buffer.from(JSON.stringify({ ...parsed, sources })).toString('base64');
  return `${code.slice(0, at)}${mark}${placed}\n`;
}
