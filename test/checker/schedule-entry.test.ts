import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatEntry, parseEntry } from '../../src/checker/result/schedule-entry.ts';
import { type Stepper, stepperFor, type Vector } from '../../src/checker/runs/stepper.ts';
import { check, replay, SpecError } from '../../src/index.ts';
import { visible } from '../../src/spec/visible.ts';
import { hostileName, hostileValue } from './hostile-names.ts';
import { type HostileSystem, hostileSystem, scenarioOf, sorted, told } from './hostile-system.ts';

const numRuns = Number(process.env['RACEWRIGHT_WORDS_RUNS'] ?? 150);

/** States of one system that are looked at. */
const statesMax = 60;

const action = fc
  .record({
    actor: fc.option(hostileName, { nil: undefined }),
    label: hostileName,
    picks: fc.uniqueArray(fc.tuple(hostileName, hostileValue), {
      maxLength: 3,
      selector: ([name]) => name,
    }),
  })
  .map(({ actor, label, picks }) => ({
    actor,
    label,
    // As the engine hands them over: canonical, so without the sign of zero.
    picks: JSON.parse(JSON.stringify(sorted(picks))) as [string, string][],
  }));

describe('a schedule entry', () => {
  test('a schedule entry says who takes which step with which picks, and is read back as just that', () => {
    fc.assert(
      fc.property(action, (each) => {
        expect(parseEntry(formatEntry(each))).toEqual(each);
      }),
      { numRuns: 10 * numRuns },
    );
  });

  test('a schedule entry differs from that of every other action', () => {
    fc.assert(
      fc.property(fc.array(action, { minLength: 2, maxLength: 40 }), (actions) => {
        const different = new Set(
          actions.map(({ actor, label, picks }) => told(actor, label, picks)),
        );
        expect(new Set(actions.map(formatEntry)).size).toBe(different.size);
      }),
      { numRuns },
    );
  });

  test('a schedule entry has no invisible character, and is the same in the normal form of Unicode', () => {
    fc.assert(
      fc.property(action, (each) => {
        const word = formatEntry(each);
        expect(word).toBe(visible(word));
        expect(word).toBe(word.normalize('NFC'));
        expect(word).not.toMatch(/^-|\p{Cc}|\p{Cf}/u);
      }),
      { numRuns: 10 * numRuns },
    );
  });

  test('a text that is no schedule entry is not read as one', () => {
    for (const text of [
      '',
      '.',
      'a.',
      '.a',
      'a.b.c',
      'a[',
      'a[]',
      'a[v]',
      'a[v=]',
      'a[v=1',
      'a[v=1]b',
    ])
      expect(parseEntry(text)).toBe(undefined);
    for (const text of ['"a', 'a[v=01]', 'a[v={]', 'a[v=[1]', 'a[v=1,]', 'a  b', 'a[v=1][w=2]'])
      expect(parseEntry(text)).toBe(undefined);
  });
});

/** The states of a system, each with the run that leads there. Throws the errors of the engine. */
function* statesOf(stepper: Stepper, initial: readonly Vector[]): Generator<Vector> {
  const seen = new Set<string>();
  const queue = [...initial];
  for (let vector = queue.shift(); vector !== undefined; vector = queue.shift()) {
    const key = JSON.stringify(stepper.world(vector));
    if (seen.has(key)) continue;
    if (seen.size === statesMax) return;
    seen.add(key);
    yield vector;
    for (const { outcome } of stepper.enabled(vector)) queue.push(stepper.after(vector, outcome));
  }
}

/** The texts that a refusal may have here. Each of them names the fault. */
const refusals = [
  /^two steps have the same schedule entry '.*': (?:step|action|fault) '.*, and (?:action|fault) '.*'/s,
  /^two different flows are called '/,
  /^pick \d+ of the name '.*' and pick 1 of the name '.*' are both called '/s,
  /^options \d+ and \d+ of the pick '.*' are different and are both written /s,
  /^option \d+ of the pick '.*' was given (?:the number -?(?:NaN|Infinity)|undefined|a )/s,
  /^a pick cannot have the name '/,
  /^the name of (?:a flow|a label|an action|an actor|a fault) cannot be ''/,
  /^'(?:done|__proto__|\d+)' cannot be a label/,
  /^a process has an empty id/,
  /has a name that JavaScript gives to something else$/,
  /^it lists the fault '.*' twice/s,
];

function refusalOf(body: () => void): string | undefined {
  try {
    body();
    return undefined;
  } catch (error) {
    if (error instanceof SpecError) return error.what;
    throw error;
  }
}

/** Whether an act may be refused: only because of its picks, or of the processes that it starts. */
const isTame = ({ flows, actions, faults, processes }: HostileSystem): boolean => {
  const acts = [
    ...flows.flatMap(({ steps }) => steps.map(([, act]) => act)),
    ...actions,
    ...faults,
  ];
  const names = [
    ...flows.flatMap(({ name, steps }) => [name, ...steps.map(([label]) => label)]),
    ...actions.flatMap(({ actor, name }) => [actor ?? 'none', name]),
    ...[...faults.map(({ name }) => name), ...processes.map(([pid]) => pid)],
    ...acts.flatMap(({ starts }) => (starts === undefined ? [] : [starts[0]])),
  ];
  return (
    new Set(names).size === names.length &&
    names.every((name) => !/^(?:done|\d+|fault|)$/.test(name) && !(name in Object.prototype)) &&
    acts.every(({ picks }) => picks.every(isTamePick)) &&
    acts.every(({ picks }) => picks.every(({ name }) => !/#\d/.test(name)))
  );
};

const isTamePick = ({ name, options }: { name: string; options: readonly unknown[] }): boolean =>
  !(name in Object.prototype) &&
  options.every((option) => typeof option === 'string' || typeof option === 'boolean');

describe('a system with hostile names and values', () => {
  test('a system with hostile names and values has a different schedule entry for each step of a state, which replay takes and a property sees, or is refused by name', () => {
    let [kept, refused] = [0, 0];
    fc.assert(
      fc.property(hostileSystem, fc.array(fc.nat(), { maxLength: 6 }), (system, choices) => {
        const scenario = scenarioOf(system);
        const refusal = refusalOf(() => {
          const { stepper, initial } = stepperFor(scenario);
          for (const vector of statesOf(stepper, initial)) expectDistinct(stepper, vector);
          expectReplayed(scenario, choices);
          const result = check(scenario, { statesMax });
          expect(result.properties.map(({ verdict }) => verdict)).not.toContain('violated');
        });
        if (refusal === undefined) kept += 1;
        else {
          refused += 1;
          expect(refusals.some((each) => each.test(refusal)) ? '' : refusal).toBe('');
          expect(isTame(system)).toBe(false);
        }
      }),
      { numRuns },
    );
    // A generator that makes only systems that are refused would test nothing.
    expect(kept).toBeGreaterThan(numRuns / 10);
    expect(refused).toBeGreaterThan(numRuns / 10);
  });
});

/**
 * The steps of a state have different entries, each of which agrees with the record that the recipe
 * makes.
 */
function expectDistinct(stepper: Stepper, vector: Vector): void {
  const enabled = stepper.enabled(vector);
  const entries = enabled.map(({ entry }) => entry);
  expect(new Set(entries).size).toBe(entries.length);
  for (const candidate of enabled) {
    const { state, picks } = stepper.describe(vector, candidate);
    const said = parseEntry(candidate.entry);
    expect(said).toBeDefined();
    const text = told(said?.actor, said?.label ?? '', said?.picks ?? []);
    const did: unknown = JSON.parse(String(state.state['last']));
    expect(text).toBe(JSON.stringify(sorted(did)));
    expect(sorted(picks)).toEqual(sorted(Object.fromEntries(said?.picks ?? [])));
  }
}

function expectReplayed(scenario: ReturnType<typeof scenarioOf>, choices: readonly number[]): void {
  const { stepper, initial } = stepperFor(scenario);
  const init = (choices[0] ?? 0) % initial.length;
  let vector = initial[init] as Vector;
  const worlds = [stepper.world(vector)];
  const schedule: string[] = [];
  for (const choice of choices) {
    const enabled = stepper.enabled(vector);
    const taken = enabled[choice % Math.max(1, enabled.length)];
    if (taken === undefined) break;
    schedule.push(taken.entry);
    vector = stepper.after(vector, taken.outcome);
    worlds.push(stepper.world(vector));
  }
  const again = replay(scenario, schedule, { init });
  expect([again.init, ...again.steps.map(({ state }) => state)]).toEqual(worlds);
  expect(again.schedule).toEqual(schedule);
}
