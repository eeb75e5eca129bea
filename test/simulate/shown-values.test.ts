import { expect, test } from 'vitest';
import { atEnd } from '../../src/checker/properties/with-trace.ts';
import { explainResult } from '../../src/cli/searching/explain-result.ts';
import type { Job } from '../../src/cli/searching/jobs.ts';
import {
  check,
  type PropertyResult,
  type Scenario,
  type Spec,
  simulate,
  spec,
} from '../../src/index.ts';

interface Desk {
  log: string[];
}
const desk: Spec<Desk> = spec<Desk>();

/** Clerks who write on one sheet, in any order. */
const writing = (clerks: number, lines: number): Scenario => {
  const flow = desk.flow({
    name: 'clerk',
    steps: Object.fromEntries(
      Array.from({ length: lines }, (_, i) => [
        `line${i}`,
        (state: Desk, self: { readonly pid: string }) => {
          state.log.push(`${self.pid}${i}`);
        },
      ]),
    ),
  });
  return desk.scenario({
    name: 'writing',
    about: 'Clerks write on one sheet.',
    system: () => ({
      init: () => ({ log: [] }),
      processes: Object.fromEntries(
        Array.from({ length: clerks }, (_, i) => [`p${i}`, flow.start()]),
      ),
      properties: [
        desk.never('a second clerk writes', ({ log }) => new Set(log.map((at) => at[1])).size > 1),
        desk.always('the sheet is short', ({ log }) => log.length < 3),
        desk.never('the first clerk ends', ({ log }) => log.includes(`p0${lines - 1}`)),
        desk.step(
          'a line of the first clerk comes first',
          (before, { actor }) => before.log.length < 2 || actor === 'p0',
        ),
        desk.implements(
          'one clerk writes',
          { init: () => ({ log: [] }), processes: { p0: flow.start() } },
          ({ log }, processes) => ({
            state: { log: log.filter((at) => at.startsWith('p0')).slice(0, 1) },
            processes: { p0: { at: processes['p0']?.at ?? 'done' } },
          }),
        ),
      ],
    }),
  });
};

/** What a result says of the end of a run is true of the run that it shows. */
function expectOfItsRun(scenario: Scenario, shown: readonly PropertyResult[]): number {
  const { properties = [] } = scenario.system({});
  let compared = 0;
  for (const { name, trace, read, abstract } of shown) {
    const property = properties.find((each) => each.name === name);
    if (property === undefined || trace === undefined) continue;
    const { read: wanted, abstract: side } = atEnd(property, trace);
    expect([name, read, abstract]).toEqual([name, wanted, side]);
    const end = trace.steps.at(-1)?.state.state ?? trace.init.state;
    for (const { path, value, when } of read ?? []) {
      if (path === 'log' && when !== 'before') expect(value).toEqual(end['log']);
    }
    compared += 1;
  }
  return compared;
}

test('a simulation says what was read at the end of the run that it shows', () => {
  let compared = 0;
  for (let seed = 1; seed <= 20; seed++) {
    const scenario = writing(2 + (seed % 2), 2 + (seed % 3));
    const { properties } = simulate(scenario, { runs: 2, seed });
    compared += expectOfItsRun(scenario, properties);
  }
  expect(compared).toBeGreaterThan(40);
});

test('an explained counterexample has the values of its own end', () => {
  for (const order of ['breadth_first', 'depth_first'] as const) {
    for (const clerks of [2, 3]) {
      const scenario = writing(clerks, 3);
      const result = check(scenario, { order, counterexamples: 3 });
      const job: Job = { scenario, requestedName: 'writing', point: {} } as unknown as Job;
      const wanted = { faults: undefined, graph: false, areShortest: order === 'breadth_first' };
      const explained = explainResult(job, { result, seconds: 0 } as never, wanted);
      const shown = explained.result.properties.flatMap((property) => [
        property,
        ...(property.others ?? []).map((other) => ({ ...property, read: undefined, ...other })),
      ]);
      expect(expectOfItsRun(scenario, shown as PropertyResult[])).toBeGreaterThan(4);
    }
  }
});
