import { render } from 'preact';
import { App } from './app.tsx';
import { unpacked } from './packed.ts';
import type { PageData, PageResult } from './page-data.ts';

/**
 * Puts the page in the place of what was readable without scripts. Where the browser is too old for
 * that, everything stays as it was. Called once, by the script of each page.
 */
export async function start(): Promise<void> {
  const root = document.getElementById('page');
  const text = document.getElementById('data')?.textContent;
  if (root === null || !text) return;
  // Written by the same version of racewright, into the same page.
  const data = JSON.parse(text) as PageData;
  const packed = document.getElementById('results')?.textContent;
  // The reader does not see the plain page flash.
  root.hidden = true;
  try {
    const results: PageResult[] = packed ? JSON.parse(await unpacked(packed)) : data.results;
    root.replaceChildren();
    // What is hidden has no size, and so cannot be scrolled to the step that is looked at.
    root.hidden = false;
    render(<App data={{ ...data, results }} />, root);
  } finally {
    root.hidden = false;
  }
}
