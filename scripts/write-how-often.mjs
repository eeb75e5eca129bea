// Writes docs/how-often.md and docs/how-often.svg from the built package. With --check it compares
// them with what it would write, and ends with 1 where they differ.
import { readFileSync, writeFileSync } from 'node:fs';
import { constant, TimedSimulation } from '../dist/index.js';
import { seedDurations } from '../dist/model/seed/durations.js';
import { loadSvg } from '../dist/report/diagram/load-svg.js';
import { figure, percent } from '../dist/report/timed-text.js';
import { seedRace } from '../dist/scenarios/proofs-of-concept/seed-race.js';

const locks = ['none', 'attach', 'detach', 'both'];
const who = { none: 'none', attach: 'of attaches', detach: 'of detaches', both: 'of both' };
const LOST = 0;
const LEFT = 1;
const loads = [1, 3.16, 10, 31.6, 100, 316, 1_000, 3_160, 10_000];

function answerOf(parameters, options = {}) {
  const simulation = new TimedSimulation(seedRace, {
    parameters,
    perHour: 200,
    rounds: 20_000,
    seed: 1,
    ...options,
  });
  while (!simulation.advance(10_000));
  return { simulation, answer: simulation.answer() };
}

const durationText = ({ kind, mean }) => `${kind}, ${figure(mean)} s on average`;
const basisText = ({ basis }) =>
  'measured' in basis ? `measured: ${basis.measured}` : `assumed: ${basis.assumed}`;
const row = (cells) => `| ${cells.join(' | ')} |`;
const table = (head, rows) => [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
const interval = ({ low, high }, text) => `${text(low)} to ${text(high)}`;

/** How far the answer moves between half of a duration and its double. */
const spreadOf = ({ halved, doubled }) => Math.abs(doubled.value - halved.value);

/** What a property does at a point: exact, and as simulated. */
function cellsOf(parameters, property) {
  const { perRequest, perDay, exact, window } = answerOf(parameters).answer.likelihoods[property];
  if (exact.perRequest === 0) return ['never', 'never', '', ''];
  return [
    figure(exact.perDay),
    percent(exact.perRequest),
    `${interval(perRequest, percent)}`,
    `${figure(window)} s`,
  ].map((text, i) =>
    i === 2 && perDay.value === 0 ? `at most ${percent(perRequest.high)}` : text,
  );
}

const questions = [
  ['A is attached. A is detached while B is attached', { attaches: 1, detaches: 1 }, LOST, 'lost'],
  [
    'A and B are attached. Both are detached while C and D are attached',
    { attaches: 2, detaches: 2 },
    LOST,
    'lost',
  ],
  ['A and B are attached. Both are detached', { attaches: 0, detaches: 2 }, LEFT, 'left behind'],
];

const answers = questions
  .map(
    ([situation, point, property, verb]) => `### ${situation}

${table(
  ['lock', `${verb} a day`, 'of requests', '95 % of 20,000 simulated rounds', 'window'],
  locks.map((lock) => [who[lock], ...cellsOf({ ...point, lock }, property)]),
)}`,
  )
  .join('\n\n');

const base = { attaches: 1, detaches: 1, lock: 'none' };
const { answer } = answerOf(base);
const lost = answer.likelihoods[LOST];

const byLoad = table(
  ['requests an hour', 'of requests', 'lost a day'],
  [1, 10, 50, 200, 1_000].map((perHour) => {
    const { exact } = answerOf(base, { perHour, rounds: 1 }).answer.likelihoods[LOST];
    return [figure(perHour), percent(exact.perRequest), figure(exact.perDay)];
  }),
);

const sensitivity = table(
  ['step', 'duration', 'half of it', 'double', 'basis'],
  [...lost.sensitivity]
    .sort((one, other) => spreadOf(other) - spreadOf(one))
    .map(({ step, duration, halved, doubled }) => [
      `\`${step}\``,
      durationText(duration),
      percent(halved.value),
      percent(doubled.value),
      basisText(duration),
    ]),
);

const fixed = Object.fromEntries(
  Object.entries(seedDurations).map(([step, { mean, basis }]) => [step, constant(mean, basis)]),
);
const constantly = answerOf(base, { durations: fixed }).answer.likelihoods[LOST];

const page = `# How often the race happens

Computed by \`npm run often\`. The seed of this project asks whether a host loses a connection
when a detach and an attach meet ([the model](../src/model/seed)). This page asks how often, at 200
attaches and detaches an hour on one host, in equal shares.

**With the lock of both sides: never. Without a lock, or with a lock of one side only, it depends on
how much the durations vary.** Take a host whose only volume is detached while another one is
attached, and let each step take as long as [assumed](#what-it-depends-on) on average. With
exponential durations the host loses a connection ${figure(lost.exact.perDay)} times a day. With constant ones it loses
${constantly.hits === 0 ? 'none in 20,000 simulated rounds, because each disconnect ends before the connect' : `${figure(constantly.perDay.value)} a day`}. Only
one of these durations is measured, so the figures are no better than the assumptions.

${answers}

*Lost*: an attached volume is not reachable from its host. *Left behind*: a connection is up
without an attachment. *Never* means that no state of the model violates it, whatever the durations.
*Window*: the race is as frequent as if a request failed whenever another one arrived so soon after
it, and never otherwise. The first columns are computed exactly from the state graph, the fourth is
simulated: two ways that share no code but the graph.

## What it depends on

No lock, 200 requests an hour, ${percent(lost.exact.perRequest)} of requests. In each row one duration is halved, or doubled:

${sensitivity}

With constant durations of the same lengths in place of exponential ones, 20,000 simulated rounds
give ${percent(constantly.perRequest.value)} of requests (95 %: ${interval(constantly.perRequest, percent)}). The shape of the distribution is an assumption, too,
and this one decides most.

## How it grows with the load

${byLoad}

![of requests, against requests an hour](how-often.svg)

## What is computed

Each process of \`seed-race\` is a request that arrives as a Poisson process. Requests that have
arrived take their steps; a step that is enabled takes effect after its duration, unless it is
disabled before. Once no request is under way, the volumes return to where they began, and a new
round begins. An entity takes one request at a time: while its request is under way, or has ended in
this round, it gets no other. So at high loads fewer requests arrive than are asked for, and the
probability for a request is the better figure.

The exact values solve the continuous-time Markov chain of states and arrived requests. The interval
is that of the ratio of violations and requests over independent rounds.

\`racewright simulate seed-race --timed\` prints this for any point, \`--rate\` sets the load, and
\`--svg\` draws the curve. The durations are in \`src/model/seed/durations.ts\`.
`;

const curves = locks.flatMap((lock) => {
  const { simulation: one, answer: at } = answerOf({ ...base, lock }, { rounds: 1 });
  if (at.likelihoods[LOST].exact.perRequest === 0) return [];
  const points = loads.map((perHour) => ({
    perHour,
    perRequest: one.perRequest(LOST, { perHour }).value,
  }));
  return [{ name: `lock ${who[lock]}`, points }];
});
const svg = loadSvg('A host loses a connection, for each request', curves);

const files = { 'docs/how-often.md': page, 'docs/how-often.svg': svg };
for (const [file, text] of Object.entries(files)) {
  const place = new URL(`../${file}`, import.meta.url);
  if (!process.argv.includes('--check')) writeFileSync(place, text);
  else if (readFileSync(place, 'utf8') !== text) {
    console.error(`${file} is not what npm run often writes`);
    process.exitCode = 1;
  }
}
