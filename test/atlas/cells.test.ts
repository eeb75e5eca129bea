import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/atlas/atlas.ts';
import { Cells } from '../../src/atlas/cell.ts';
import {
  type Configuration,
  configurationOfOne,
  configurationsOf,
} from '../../src/atlas/configurations.ts';
import { allPairs, lacksPartner } from '../../src/atlas/pairs.ts';
import { type RequestName, requestNames, requests } from '../../src/atlas/requests.ts';
import { meets, scenarioOf } from '../../src/atlas/scenario-of.ts';
import { check } from '../../src/index.ts';
import { type FaultName, faultNames } from '../../src/model/faults/faults.ts';
import { newestRelease } from '../../src/model/releases/release-names.ts';
import * as openstack from '../../src/openstack.ts';
import { defaultPoint } from '../../src/spec/parameters.ts';

const statesMax = 60_000;
const cells = new Cells({ statesMax });

/** Exported for scenarios, and no request: parts of one, repairs that wait, proposals. */
const noRequests: readonly string[] = [
  'c-api.attach',
  'c-api.attachment_create',
  'c-api.reimage',
  'operator.ask_later',
  'operator.repair',
  'operator.restart_compute',
  'operator.convert_later',
  'n-api.poc_v1_attach',
  'n-api.poc_v2_attach',
  'n-api.poc_detach',
];

describe('the requests of the atlas', () => {
  test('the requests of the atlas are all that the model offers to users, operators and other services', () => {
    const place = { server: 's1', volume: 'v1', next: 'v2', host: 'h1', dest: 'h2' };
    const started = ['newton', newestRelease].flatMap((release) =>
      requestNames.map(
        (name) => requests[name].start(place, openstack.switchesOf(release as 'newton')).flow.name,
      ),
    );
    const offered = Object.values(openstack)
      .flatMap((one) => (isFlow(one) ? [one.name] : []))
      .filter((name) => /^(n-api|c-api|operator|client)\./.test(name));
    const missing = offered.filter((name) => !started.includes(name) && !noRequests.includes(name));
    expect(missing.filter((name) => !/convert/.test(name))).toEqual([]);
  });

  test('each request of the atlas begins alone, except a swap and a forced detach, which a server with the volume forbids', () => {
    const idle = requestNames
      .filter((name) => requests[name].only === undefined)
      .filter((name) => cells.alone(name).status === 'cannot_meet');
    expect(idle).toEqual(['swap-volume', 'force-detach']);
  });

  test('no request of the atlas violates a property alone, except where an operator passes Nova by', () => {
    const violated = requestNames
      .filter((name) => requests[name].only === undefined)
      .filter((name) => cells.alone(name).status === 'violated');
    expect(violated).toMatchInlineSnapshot(`
      [
        "evacuate",
        "retype",
        "reset-available",
        "reset-error",
        "reset-detached",
      ]
    `);
  });

  test('the requests of the atlas meet in every unordered pair', () => {
    const amount = requestNames.length;
    expect(allPairs.length).toBe((amount * (amount + 1)) / 2);
    expect(new Set(allPairs.map((pair) => [...pair].sort().join('+'))).size).toBe(allPairs.length);
    expect(allPairs.filter(([one, other]) => lacksPartner(one, other) !== undefined)).not.toContain(
      expect.arrayContaining(['live-migrate', 'abort-migration']),
    );
  });
});

const isFlow = (one: unknown): one is { readonly name: string } =>
  typeof one === 'object' && one !== null && 'kind' in one && one.kind === 'flow' && 'name' in one;

describe('a cell', () => {
  test('a cell has the violations of two requests, without those of one of them alone', () => {
    const { status, findings } = cells.pair('attach', 'reset-detached');
    const alone = cells.alone('reset-detached').findings.map(({ property }) => property);
    expect(status).toBe('violated');
    expect(findings.filter(({ property }) => alone.includes(property))).toEqual([]);
  });

  test('a cell never holds if a search did not end', () => {
    const { status, parts } = new Cells({ statesMax: 20 }).pair('attach', 'extend');
    const cut = parts.filter(({ states }) => states >= 20);
    expect(cut.length).toBeGreaterThan(2);
    expect(cut.map((part) => part.status)).not.toContain('holds');
    expect(status).toBe('undecided');
  });

  test('a cell of a request that the release lacks is refused, with the reason', () => {
    const old = new Cells({ statesMax, release: 'newton' });
    const { status, parts } = old.pair('attach', 'shelve');
    expect(status).toBe('refused');
    expect(new Set(parts.map(({ reason }) => reason))).toEqual(
      new Set([
        'the model has n-api.shelve_server with the attachments API only, which Nova uses since Queens',
        'Nova refuses multiattach volumes before Queens',
      ]),
    );
  });

  test('a cell of requests that need different volumes says that they cannot meet', () => {
    expect(cells.pair('delete-volume', 'extend').status).toBe('cannot_meet');
  });
});

/** Each of these is small, and together they have many kinds of faults. */
const sampled: readonly (readonly [RequestName, RequestName])[] = [
  ['detach-shelved', 'reset-in-use'],
  ['boot', 'reset-error'],
];

describe('faults that are searched together', () => {
  test.each(sampled)(
    '%s + %s: a search of several faults finds what a search of each of them finds',
    (one, other) => {
      const faults = faultNames.filter((name) => name !== 'crash');
      const { findings, parts } = new Cells({ statesMax, faults }).pair(one, other);
      const asked = parts.filter(({ statesWithFaults = 0 }) => statesWithFaults > 0);
      expect(asked).not.toEqual([]);
      const expected = asked.flatMap(({ configuration }) =>
        faults.flatMap((fault) => separately([one, other], configuration, fault)),
      );
      const inOrder = (list: readonly Finding[]) => list.map((each) => JSON.stringify(each)).sort();
      const found = findings.filter(({ fault }) => fault !== null);
      expect(inOrder(found)).toEqual(inOrder(expected));
    },
  );
});

/**
 * The violations of two requests with a fault of the model, without those of fewer requests or no
 * fault.
 */
function separately(
  [one, other]: readonly [RequestName, RequestName],
  name: string,
  fault: FaultName,
): readonly Finding[] {
  const configuration = configurationsOf(one, other).find((each) => each.name === name);
  if (configuration === undefined) throw new Error(`there is no ${name}`);
  const violated = (
    names: readonly RequestName[],
    i: number,
    faults: Record<string, number>,
    own?: Configuration,
  ) => {
    const place = configuration.places[i];
    const places = names.length === 2 || place === undefined ? configuration.places : [place];
    const scenario = scenarioOf({
      names,
      configuration: own ?? { ...configuration, places },
      release: newestRelease,
    });
    return check(scenario, {
      parameters: defaultPoint(scenario.parameters),
      faults,
    }).properties.flatMap((each) =>
      each.verdict === 'violated' && each.name !== meets
        ? [{ property: each.name, steps: each.trace?.steps.length ?? 0 }]
        : [],
    );
  };
  const less = new Set(
    [
      ...violated([one, other], 0, {}),
      ...violated([one], 0, { [fault]: 1 }),
      ...violated([other], 1, { [fault]: 1 }),
      ...violated([one], 0, { [fault]: 1 }, configurationOfOne(one)),
      ...violated([other], 0, { [fault]: 1 }, configurationOfOne(other)),
    ].map(({ property }) => property),
  );
  return violated([one, other], 0, { [fault]: 1 })
    .filter(({ property }) => !less.has(property))
    .map(({ property, steps }) => ({ property, configuration: name, fault, steps }));
}
