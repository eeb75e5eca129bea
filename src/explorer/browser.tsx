import { render } from 'preact';
import { App } from './app.tsx';
import { unpacked } from './packed.ts';
import type { PageData, PageResult } from './page-data.ts';

/**
 * Replaces the plain page, which needs no scripts. In a browser that is too old the plain page
 * stays. The script of each page calls this once.
 */
export async function start(): Promise<void> {
  const root = document.getElementById('page');
  const text = document.getElementById('data')?.textContent;
  if (root === null || !text) return;
  // The same version of racewright wrote the data into this page.
  const data = JSON.parse(text) as PageData;
  const packed = document.getElementById('results')?.textContent;
  // Hidden first, so that the change does not flash.
  root.hidden = true;
  try {
    const results: PageResult[] = packed ? JSON.parse(await unpacked(packed)) : data.results;
    root.replaceChildren();
    // Shown before the list draws: hidden elements have no size, so the list could not scroll to
    // the current step.
    root.hidden = false;
    render(<App data={{ ...data, results }} />, root);
  } finally {
    root.hidden = false;
  }
}
