import { mkdirSync, symlinkSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { makePlace, type Place } from '../cli/run.ts';
import type { Page } from './page.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Where racewright is installed; each page has a folder with its files. */
export interface PagePlace extends Place {
  folderOf(page: Page): string;
  /** The JavaScript of the snippets of all pages, by page and name. */
  readonly modules: readonly (readonly [page: Page, name: string, file: string])[];
}

/**
 * Writes the files of pages. `beside` are those that a page may use without showing them. Removed
 * after the tests of the file.
 */
export async function makePagePlace(
  pages: readonly Page[],
  beside: (page: Page) => { readonly [name: string]: string },
): Promise<PagePlace> {
  const place = makePlace();
  for (const page of pages) {
    const files = { ...beside(page), ...page.files, ...page.snippets };
    const named = Object.entries(files).map(([name, text]) => [`${page.folder}/${name}`, text]);
    place.write(Object.fromEntries(named));
  }
  mkdirSync(`${place.folder}/node_modules`);
  const installed = { racewright: '', vitest: 'node_modules/vitest' };
  for (const [name, path] of Object.entries(installed)) {
    symlinkSync(`${root}${path}`, `${place.folder}/node_modules/${name}`);
  }
  const names = pages.flatMap((page) => Object.keys(page.snippets).map((name) => ({ page, name })));
  await build({
    entryPoints: names.map(({ page, name }) => ({
      in: `${place.folder}/${page.folder}/${name}`,
      out: `${page.folder}/${name}`,
    })),
    outdir: place.folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    logLevel: 'silent',
  });
  return {
    ...place,
    folderOf: (page) => `${place.folder}/${page.folder}`,
    modules: names.map(({ page, name }) => [
      page,
      name,
      `${place.folder}/${page.folder}/${name}.mjs`,
    ]),
  };
}
