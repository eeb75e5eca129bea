/**
 * npm run bench [-- --quick] [--rounds N] [--only TEXT] [--no-spin] [--json]
 *
 * Fixed work, one process a run, contenders in turn within each round, medians. Seconds are those
 * of whole processes from start to exit, for both checkers, without the compilation of SPIN.
 * Counts must agree, or the exit code is 1.
 */
import { parseArgs } from 'node:util';
import { cases } from './cases.mjs';
import {
  machine,
  measureFloor,
  measureRacewright,
  measureSpin,
  prepare,
  spinIsInstalled,
} from './contenders.mjs';
import { table } from './table.mjs';

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '3' },
    only: { type: 'string', default: '' },
    'no-spin': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});

const median = (numbers) =>
  [...numbers].sort((a, b) => a - b)[Math.floor((numbers.length - 1) / 2)];

/** One run that stands for all: counts are the same in each, times and memory are medians. */
function middle(runs) {
  if (runs.length === 0) return undefined;
  const of = (name) => median(runs.map((run) => run[name]));
  const seconds = 'seconds' in runs[0] ? { seconds: of('seconds') } : {};
  return { ...runs[0], ...seconds, wall: of('wall'), peakBytes: of('peakBytes') };
}

/** The errors in the counts of a case; normally none. */
function complaints(one, memo, ours, spin) {
  const wrong = ours.asExpected === false ? [...ours.mismatches] : [];
  if (!ours.complete) wrong.push('the search is not complete');
  for (const count of ['states', 'generated', 'levels']) {
    // SPIN prints eight digits: above a hundred million, only those can be compared.
    if (spin && spin[count].toPrecision(8) !== ours[count].toPrecision(8)) {
      wrong.push(`${count}: SPIN has ${spin[count]}, racewright ${ours[count]}`);
    }
  }
  return wrong.map((text) => `${one.name} (memo ${memo}): ${text}`);
}

const chosen = cases.filter(
  ({ name, quick }) => (quick || !options.quick) && name.includes(options.only),
);
const before = machine();
const withSpin = !options['no-spin'] && spinIsInstalled();
const prepared = await prepare(chosen, withSpin);
const rounds = options.quick ? 1 : Number(options.rounds);

const results = chosen.map((one) => ({ one, ours: new Map(), spin: [], floor: [] }));
for (let round = 1; round <= rounds; round++) {
  for (const { one, ours, spin, floor } of results) {
    if (!options.json) process.stderr.write(`round ${round} of ${rounds}: ${one.name}\n`);
    for (const memo of one.memo ?? ['adaptive']) {
      ours.set(memo, [...(ours.get(memo) ?? []), measureRacewright(one, memo, prepared)]);
    }
    if (one.memo?.includes('off')) floor.push(measureFloor(one, prepared));
    const pan = prepared.pans.get(one);
    if (pan !== undefined) spin.push(measureSpin(pan));
  }
}

/** The medians of what a transition costs, in microseconds; undefined where none was measured. */
function costs(runs) {
  if (runs.length === 0) return undefined;
  const of = (name) => (median(runs.map((run) => run[name])) * 1e6) / runs[0].generated;
  return { first: of('first'), again: of('again'), byHand: of('byHand') };
}

const rows = results.flatMap(({ one, ours, spin, floor }) =>
  [...ours].map(([memo, runs]) => {
    const row = { name: one.name, given: one.given, memo, ours: middle(runs), spin: middle(spin) };
    const wrong = complaints(one, memo, row.ours, row.spin);
    if (memo !== 'off') return { ...row, complaints: wrong };
    if (floor.some(({ isSame }) => !isSame)) wrong.push(`${one.name}: by hand it has other counts`);
    return { ...row, floor: costs(floor), complaints: wrong };
  }),
);

console.log(
  options.json
    ? JSON.stringify({ format: 'racewright/bench', version: 1, machine: before, rounds, rows })
    : table(rows, before, rounds),
);
if (rows.some(({ complaints }) => complaints.length > 0)) process.exitCode = 1;
