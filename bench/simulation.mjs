/**
 * npm run bench:simulation
 *
 * Simulated steps a second of two-phase commit with 7 resource managers, beside the commands of
 * fast-check on the same protocol, in one process and in turn; and how long a violation after about
 * a thousand steps takes to be made short.
 */
import { performance } from 'node:perf_hooks';
import fc from 'fast-check';
import { Simulation, spec } from 'racewright';
import { prepare } from './contenders.mjs';

const names = Array.from({ length: 7 }, (_, i) => `rm${i + 1}`);
const timed = (call) => {
  const began = process.cpuUsage();
  const steps = call();
  const { user, system } = process.cpuUsage(began);
  // Of the processor, because others may use the machine, too.
  return { steps, seconds: (user + system) / 1e6 };
};

function simulated(scenario, seed) {
  const options = { parameters: { rms: names.length }, runs: 1_000_000, seed };
  return timed(() => {
    const simulation = new Simulation(scenario, options);
    while (!simulation.advance(1 << 16));
    return simulation.progress().steps;
  });
}

/** A step of the protocol as a command: `check` is its guard, `run` takes and judges it. */
const command = (guard, take) => ({
  check: guard,
  run(model, real) {
    take(model);
    real.steps += 1;
    const states = Object.values(model.rms);
    if (states.includes('committed') && states.includes('aborted')) throw new Error('inconsistent');
  },
  toString: () => 'command',
});
const commands = [
  command(
    ({ tm, prepared }) => tm === 'init' && names.every((name) => prepared[name]),
    (model) => {
      model.tm = 'committed';
      model.sent.committed = true;
    },
  ),
  command(
    ({ tm }) => tm === 'init',
    (model) => {
      model.tm = 'aborted';
      model.sent.aborted = true;
    },
  ),
  ...names.flatMap((name) => [
    command(
      ({ tm, sent, prepared }) => tm === 'init' && sent[name] === true && !prepared[name],
      (model) => {
        model.prepared[name] = true;
      },
    ),
    command(
      ({ rms }) => rms[name] === 'working',
      (model) => {
        model.rms[name] = 'prepared';
        model.sent[name] = true;
      },
    ),
    command(
      ({ rms }) => rms[name] === 'working',
      (model) => {
        model.rms[name] = 'aborted';
      },
    ),
    ...['committed', 'aborted'].map((outcome) =>
      command(
        ({ rms, sent }) => sent[outcome] === true && rms[name] !== outcome,
        (model) => {
          model.rms[name] = outcome;
        },
      ),
    ),
  ]),
];

function byFastCheck(seed) {
  const real = { steps: 0 };
  const setup = () => ({
    model: {
      rms: Object.fromEntries(names.map((name) => [name, 'working'])),
      tm: 'init',
      prepared: {},
      sent: {},
    },
    real,
  });
  const all = fc.commands(commands.map(fc.constant), { maxCommands: 60, size: 'max' });
  return timed(() => {
    fc.assert(
      fc.property(all, (some) => fc.modelRun(setup, some)),
      { numRuns: 5_000, seed },
    );
    return real.steps;
  });
}

const tower = spec();
/** Eleven lamps flicker, and each of forty levels needs that one of them is on. */
const climbing = tower.scenario({
  name: 'climbing',
  about: 'A tower is climbed among lamps that flicker.',
  system: () => ({
    init: () => ({
      level: 0,
      lamps: Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`l${i}`, false])),
    }),
    actions: [
      tower.action({
        name: 'climb',
        when: ({ level, lamps }) => level < 40 && lamps[`l${level % 11}`] === true,
        do: (state) => {
          state.level += 1;
        },
      }),
      ...Array.from({ length: 11 }, (_, i) =>
        tower.action({
          name: `turn ${i}`,
          do: ({ lamps }) => {
            lamps[`l${i}`] = !lamps[`l${i}`];
          },
        }),
      ),
    ],
    final: 'anywhere',
    properties: [tower.never('the top is reached', ({ level }) => level === 40)],
  }),
});

function shortened(seed) {
  const simulation = new Simulation(climbing, { runs: 1, depth: 5_000, seed });
  while (!simulation.advance(1 << 16));
  const began = performance.now();
  const { properties, simulated: facts } = simulation.result();
  const seconds = (performance.now() - began) / 1000;
  const { steps, minimal } = facts.found['the top is reached'];
  return { steps, minimal, left: properties[0].trace.steps.length, seconds };
}

const oracle = { scenario: 'test/oracles/two-phase-commit', given: {} };
const prepared = await prepare([oracle], false);
const { twoPhaseCommit } = await import(`${prepared.folder}/${oracle.scenario}.mjs`);
for (const seed of [1, 2, 3]) {
  const [ours, theirs] = [simulated(twoPhaseCommit, seed), byFastCheck(seed)];
  const rate = ({ steps, seconds }) => steps / seconds;
  console.log(
    `two-phase commit, 7: ${(rate(ours) / 1e6).toFixed(2)} M steps/s; fast-check commands ` +
      `${(rate(theirs) / 1e6).toFixed(3)} M steps/s; ${(rate(ours) / rate(theirs)).toFixed(0)} times`,
  );
}
for (const seed of [1, 2, 3]) {
  const { steps, left, minimal, seconds } = shortened(seed);
  console.log(`climbing: ${steps} steps, ${left} left (${minimal}) in ${seconds.toFixed(1)} s`);
}
