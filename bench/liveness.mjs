/**
 * npm run bench:liveness [-- --rounds N]
 *
 * The cost of liveness: the same model asked for safety only and with a liveness property, in turn,
 * one process a run, medians. The ratio is that of the searches; bytes an edge are those of the
 * graph that the checker keeps during the search.
 */
import { parseArgs } from 'node:util';
import { machine, measureRacewright, prepare } from './contenders.mjs';

const { values: options } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } });
const cases = [
  {
    name: 'two-phase commit, 7 resource managers',
    scenario: 'bench/live-two-phase-commit',
    given: {},
  },
  { name: 'bug-1662483, the largest of the cloud', scenario: 'bench/live-cloud', given: {} },
];
const median = (numbers) =>
  [...numbers].sort((a, b) => a - b)[Math.floor((numbers.length - 1) / 2)];

const prepared = await prepare(cases, false);
console.log(JSON.stringify(machine()));
for (const { name, scenario, given } of cases) {
  const runs = { safety: [], liveness: [] };
  for (let round = 0; round < Number(options.rounds); round++) {
    for (const ask of ['safety', 'liveness']) {
      const one = { scenario, given: { ...given, ask } };
      runs[ask].push(measureRacewright(one, 'adaptive', prepared));
    }
  }
  const [safety, liveness] = ['safety', 'liveness'].map((ask) =>
    median(runs[ask].map(({ seconds }) => seconds)),
  );
  const { states, cost } = runs.liveness[0];
  const bytes = (cost.edgeBytes / Math.max(1, cost.edges)).toFixed(1);
  console.log(
    `${name}: ${states} states, ${cost.edges} edges at ${bytes} bytes; ` +
      `safety ${safety.toFixed(3)} s, with liveness ${liveness.toFixed(3)} s: ${(liveness / safety).toFixed(2)} times`,
  );
}
