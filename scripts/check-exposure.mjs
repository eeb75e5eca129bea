// Compares docs/exposure.md with what is computed anew, after a build: the whole page where the
// model or a scenario has changed since it was written, else ten rows that a seed draws.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { meaningOfSwitch } from '../dist/cli/searching/race-row.js';
import { exposureMarkdown } from '../dist/exposure/markdown.js';
import { racesOf } from '../dist/exposure/races.js';
import { exposureOf } from '../dist/exposure/search.js';
import { Search } from '../dist/index.js';
import { releaseNames } from '../dist/model/releases/release-names.js';
import { scenarios } from '../dist/scenarios/index.js';
import { basisLine, exposureBasis } from './basis.mjs';
import { drawn } from './drawn.mjs';

const rowsMax = 10;
const seed = Number(process.env.RACEWRIGHT_SEED ?? Date.now() % 1_000_000);
const page = readFileSync(new URL('../docs/exposure.md', import.meta.url), 'utf8');
const isSame = page.includes(basisLine(await exposureBasis()));
const wrong = isSame ? await wrongRows() : wrongLines();
for (const line of wrong) console.log(`docs/exposure.md does not have: ${line}`);
if (wrong.length > 0) {
  console.log('npm run exposure writes docs/exposure.md anew.');
  process.exitCode = 1;
}

/** The rows of some races that the page has otherwise. */
async function wrongRows() {
  const all = await Promise.all(Object.values(scenarios).map((load) => load()));
  const races = all.flatMap((scenario) => racesOf(scenario, meaningOfSwitch));
  const search = async (scenario, parameters) => {
    const run = new Search(scenario, { parameters }).run();
    return { result: run.result(), read: run.slotsRead() };
  };
  const { rows } = await exposureOf(drawn(races, rowsMax, seed), releaseNames, search);
  console.log(
    `seed ${seed}: nothing has changed; ${rows.length} of ${races.length} rows computed anew`,
  );
  const lines = exposureMarkdown({ releases: releaseNames, rows }).split('\n');
  return lines.filter((line) => line.startsWith('| ') && !page.includes(`${line}\n`));
}

/** The lines of the whole page that it has otherwise. */
function wrongLines() {
  console.log('the model or a scenario has changed: the whole page is computed anew');
  const command = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
  const options = { maxBuffer: 1e9, stdio: ['ignore', 'pipe', 'ignore'] };
  const text = execFileSync(process.execPath, [command, 'exposure', '--markdown'], options);
  const known = new Set(page.split('\n'));
  return text
    .toString()
    .split('\n')
    .filter((line) => !known.has(line));
}
