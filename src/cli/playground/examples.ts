import { readdirSync, readFileSync } from 'node:fs';
import type { Example } from '../../playground/link.ts';

/** The pages of the cookbook, which are part of the package. */
const cookbook = new URL('../../../docs/cookbook/', import.meta.url);

/** The model of each page of the cookbook, in the order of their titles. */
export function cookbookExamples(): readonly Example[] {
  const pages = readdirSync(cookbook).filter((name) => name.endsWith('.md'));
  const found = pages.flatMap((page) => exampleIn(readFileSync(new URL(page, cookbook), 'utf8')));
  return found.sort((a, b) => (a.title < b.title ? -1 : 1));
}

/** The first file of a page that is written in TypeScript and imports racewright alone. */
function exampleIn(page: string): readonly Example[] {
  const [, title] = /^# (.+)$/m.exec(page) ?? [];
  const [, name, text] = /^```ts file=(\S+)\n(.*?)^```$/ms.exec(page) ?? [];
  if (title === undefined || name === undefined || text === undefined) return [];
  return [{ name, title, text }];
}
