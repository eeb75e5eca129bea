// Computes some cells of docs/atlas.json again, after a build: twenty of those whose inputs have
// changed since, and ten of the others. Fails if one of them has another answer now.
import { readFileSync } from 'node:fs';
import { Cells, statesMax } from '../dist/atlas/cell.js';
import { cellHasher } from '../dist/cli/searching/atlas-hash.js';
import { ownVersion } from '../dist/cli/system/own-version.js';
import { faultNames } from '../dist/model/faults/faults.js';
import { drawn } from './drawn.mjs';

const page = JSON.parse(readFileSync(new URL('../docs/atlas.json', import.meta.url), 'utf8'));
const { release } = page;
const faults = page.withFaults ? faultNames : [];
const seed = Number(process.env.RACEWRIGHT_SEED ?? Date.now() % 1_000_000);
const changedMax = 20;
const othersMax = 10;
/** Cells with more states are left to `npm run atlas`. */
const statesOfCell = 10_000;

const hashOf = await cellHasher({ version: ownVersion(), release, faults, statesMax });
const all = [...page.alone, ...page.pairs];
const changed = all.filter((cell) => hashOf(cell.requests) !== cell.hash);
const isSmall = ({ parts }) =>
  parts.reduce((sum, part) => sum + part.states + (part.statesWithFaults ?? 0), 0) < statesOfCell;
const same = all.filter((cell) => !changed.includes(cell));
const chosen = [
  ...drawn(changed.filter(isSmall), changedMax, seed),
  ...drawn(same.filter(isSmall), othersMax, seed),
];

const cells = new Cells({ release, faults, statesMax });
const different = chosen.filter(({ requests, status, findings, parts }) => {
  const [one, other] = requests;
  const now = other === undefined ? cells.alone(one) : cells.pair(one, other);
  const before = findings.map(({ class: _, ...finding }) => finding);
  const told = (cell) => JSON.stringify([cell.status, cell.findings, cell.parts]);
  return told(now) !== told({ status, findings: before, parts });
});

console.log(
  `seed ${seed}: ${all.length} cells, the inputs of ${changed.length} have changed; computes ${chosen.length} again`,
);
for (const { requests } of different) console.log(`another answer: ${requests.join(' + ')}`);
if (different.length > 0) {
  console.log("'npm run atlas' computes docs/atlas.md and docs/atlas.json again.");
  process.exitCode = 1;
}
