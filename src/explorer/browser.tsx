import { render } from 'preact';
import type { Scenario } from '../spec/scenario.ts';
import { App } from './app.tsx';
import type { PageData } from './page-data.ts';

/**
 * Puts the page in the place of what was readable without scripts. `scenarios` are the models that are in the page.
 * Called once, by the script that is made for each page.
 */
export function start(scenarios: readonly Scenario[]): void {
  const root = document.getElementById('page');
  const text = document.getElementById('data')?.textContent;
  if (root === null || !text) return;
  // Written by the same version of racewright, into the same page.
  const data = JSON.parse(text) as PageData;
  root.replaceChildren();
  render(<App data={data} models={new Map(scenarios.map((each) => [each.name, each]))} />, root);
}
