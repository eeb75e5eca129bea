import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { makePlace } from '../cli/run.ts';
import { startExplorer } from './browser.ts';
import { resultOf, twins } from './explorer-requests.ts';

const place = makePlace();

place.write({
  'twins.ts': `${twins}\nexport const small = twin(2);\nexport const large = twin(5);`,
  'other/twins.ts': `${twins}\nexport const small = twin(3);`,
  'own-name.ts': `${twins.replace("'twin'", "'seed-race'")}\nexport const small = twin(4);`,
  'odd.ts': `${twins}\nconst odd = twin(6);\nexport { odd as 'a/b: c?#&.ts:x' };\nexport const other = twin(7);`,
  // Each is exported under the name of the other.
  'crossed.ts': `${twins.replace("'twin'", "most === 8 ? 'one' : 'two'")}\nexport const two = twin(8);\nexport const one = twin(9);`,
  'counting.ts': `
import { choice, spec } from 'racewright';

const world = spec<{ n: number; broken: boolean }>();
export const counting = world.scenario({
  name: 'counting',
  about: 'A counter that nothing but a fault stops.',
  parameters: { by: choice([1, 2]), lock: choice(['no', 'yes']) },
  system: ({ by }) => ({
    init: () => ({ n: 0, broken: false }),
    actions: [world.action({ actor: 'clock', name: 'tick', when: ({ broken }) => !broken, do: (state) => { state.n += by; } })],
    faults: [world.fault({ name: 'power_cut', do: (state) => { state.broken = true; } })],
    properties: [world.reachable('it gets below zero', ({ n }) => n < 0)],
    final: 'anywhere',
  }),
  refuses: ({ by, lock }) => (by === 2 && lock === 'yes' ? 'no lock counts by two' : undefined),
});
`,
});

interface ShownPage {
  readonly model: string;
  readonly models: readonly {
    readonly id: string;
    readonly name: string;
    readonly about?: string;
  }[];
  readonly modelPath: string;
  readonly checkPath: string;
}

async function pageAt(url: string): Promise<ShownPage> {
  const text = await (await fetch(url)).text();
  return JSON.parse(/id="data">(.*?)</s.exec(text)?.[1] ?? '');
}

describe('the explorer', () => {
  test.each([
    ['twins.ts:small', 'twins.ts:small', 2],
    ['twins.ts:large', 'twins.ts:large', 5],
    ['other/twins.ts', 'other/twins.ts:small', 3],
    ['own-name.ts', 'own-name.ts:small', 4],
    ['odd.ts:a/b: c?#&.ts:x', 'odd.ts:a/b: c?#&.ts:x', 6],
    ['odd.ts:other', 'odd.ts:other', 7],
    ['crossed.ts:two', 'crossed.ts:two', 8],
    ['crossed.ts:one', 'crossed.ts:one', 9],
  ] as const)(
    'the explorer shows, walks and checks the very scenario that %s names',
    async (typed, id, most) => {
      const { url } = await startExplorer(place, typed);
      const { origin } = new URL(url);
      const page = await pageAt(url);
      expect(page.model).toBe(id);
      expect(page.models[0]).toMatchObject({ id, about: `counts to ${most}` });
      const script = await (await fetch(origin + page.modelPath)).text();
      expect(runModels(script).map(([key, about]) => [key, about])).toEqual([
        [id, `counts to ${most}`],
      ]);
      for (const path of [page.checkPath, `/check/${encodeURIComponent(page.model)}`]) {
        expect(await resultOf(origin + path)).toMatchObject({
          model: id,
          states: most + 1,
          properties: expect.arrayContaining([
            expect.objectContaining({ name: `n stays below ${most}`, verdict: 'violated' }),
          ]),
        });
      }
    },
  );

  test('the explorer checks the version of a file from which a page was made, and shows the new one to new pages', async () => {
    place.write({ 'edited.ts': `${twins}\nexport const it = twin(2);` });
    const { url } = await startExplorer(place, 'edited.ts');
    const { origin } = new URL(url);
    const before = await pageAt(url);
    writeFileSync(join(place.folder, 'edited.ts'), `${twins}\nexport const it = twin(8);`);
    const after = await pageAt(url);
    expect(before.checkPath).not.toBe(after.checkPath);
    expect(await resultOf(origin + before.checkPath)).toMatchObject({ states: 3 });
    expect(await resultOf(origin + after.checkPath)).toMatchObject({ states: 9 });
    const scripts = await Promise.all(
      [before, after].map(async ({ modelPath }) => (await fetch(origin + modelPath)).text()),
    );
    expect(scripts.map((text) => runModels(text)[0]?.[1])).toEqual(['counts to 2', 'counts to 8']);
    writeFileSync(join(place.folder, 'edited.ts'), 'export const it = ;');
    const broken = await fetch(url);
    expect([broken.status, await broken.text()]).toEqual([
      500,
      expect.stringContaining('edited.ts:1:19'),
    ]);
    const unknown = await fetch(`${origin}/check/${encodeURIComponent(before.model)}/nonsense`);
    expect(unknown.status).toBe(409);
  });
});

/** Runs the script with the models; the ids and what their scenarios are about. */
function runModels(script: string): [string, string][] {
  const scope: { racewrightModels?: { scenarios: Map<string, { about: string }> } } = {};
  new Function('globalThis', script)(scope);
  return [...(scope.racewrightModels?.scenarios ?? [])].map(([id, { about }]) => [id, about]);
}

describe('a check of a point that does not exist', () => {
  let origin = '';
  beforeAll(async () => {
    const { url, end } = await startExplorer(place, 'counting.ts');
    ({ origin } = new URL(url));
    return end;
  });
  const asked = async (query: string) => {
    const response = await fetch(`${origin}/check/counting.ts%3Acounting?${query}`);
    return { status: response.status, text: await response.text() };
  };

  test('a check of a point that does not exist is refused with the existing ones', async () => {
    const { status, text } = await asked('set.lock=nope');
    expect(status).toBe(400);
    expect(JSON.parse(text)).toEqual({
      error: {
        what: "lock cannot be 'nope': it can be no, yes",
        where: "a check of 'counting'",
        mend: 'A question looks like this: ?set.PARAMETER=VALUE&fault.NAME=TIMES&states=1000',
      },
      known: {
        parameters: { by: [1, 2], lock: ['no', 'yes'] },
        faults: [],
        bounds: ['states', 'depth', 'seconds'],
      },
    });
  });

  test.each([
    ['lock=nope', "'lock' is unknown"],
    ['lock=yes', "'lock' is unknown"],
    ['set.lok=yes', "there is no parameter 'lok': there are by, lock"],
    ['set.by=3', "by cannot be '3': it can be 1, 2"],
    ['set.by=1&set.by=2', "'set.by' is given twice"],
    ['set.by=1&set.b%79=1', "'set.by' is given twice"],
    ['set.by=2&set.lock=yes', 'the scenario refuses this point: no lock counts by two'],
    ['fault.flood=1', "there is no fault 'flood': there are power_cut"],
    ['fault.power_cut=-1', "'fault.power_cut' is not a number of times"],
    ['states=0', "'states' is not a whole number from 1 up"],
    ['states=1e3', "'states' is not a whole number from 1 up"],
    ['depth=', "'depth' is not a whole number from 1 up"],
    ['seconds=5&seconds=6', "'seconds' is given twice"],
    ['do=clock.tick', "'do' is unknown"],
    ['init=1', "'init' is unknown"],
    ['set.by=%zz', "'set.by=%zz' cannot be decoded"],
    ['set.__proto__=1', "there is no parameter '__proto__'"],
    ['fault.constructor=1', "there is no fault 'constructor'"],
    ['&', "'' is not of the form name=value"],
    ['states=1000&', "'' is not of the form name=value"],
  ])('the query ?%s of a check is refused', async (query, why) => {
    const { status, text } = await asked(query);
    expect([status, JSON.parse(text).error.what]).toEqual([400, expect.stringContaining(why)]);
  });
});

/** What stands between the ampersands of a query: what is right, and what is not. */
const right = {
  by: fc.constantFrom(
    ['set.by=1', 1] as const,
    ['set.by=2', 2] as const,
    ['set.b%79=2', 2] as const,
  ),
  lock: fc.constantFrom(['set.lock=no', 'no'] as const, ['set.lock=%79es', 'yes'] as const),
  rest: fc.subarray(['fault.power_cut=0', 'depth=3', 'seconds=9']),
};

const wrong = fc.oneof(
  fc.constantFrom('lock=yes', 'set.lock', 'set.lock=', 'set.=1', 'fault.=1', 'states=-1', '=', ''),
  fc.constantFrom('%', 'depth=1.5', 'set.by=1%00', 'set.by=%E0%A4%A', 'fault.power_cut=1e9'),
  fc.constantFrom('set.__proto__=x', 'fault.__proto__=1', 'set.toString=1', 'version=1', 'at=0'),
  fc.constantFrom('states=7', 'x'.repeat(9000), `set.${'y'.repeat(9000)}=1`, 'do=clock.tick'),
  fc.webQueryParameters().map((text) => text.replace(/&/g, '')),
  fc.string({ unit: 'grapheme' }).map((text) => `set.lock=n${encodeURIComponent(`${text}!`)}`),
);

const queries = fc.record({
  by: fc.option(right.by, { nil: undefined }),
  lock: fc.option(right.lock, { nil: undefined }),
  rest: right.rest,
  wrong: fc.option(wrong, { nil: undefined }),
});

test('the query of a check is the point that it names, or is refused', async () => {
  const { url } = await startExplorer(place, 'counting.ts');
  const { origin } = new URL(url);
  await fc.assert(
    fc.asyncProperty(queries, async ({ by, lock, rest, wrong: strange }) => {
      const said = [by?.[0], lock?.[0], ...rest].filter((part) => part !== undefined);
      const query = ['states=7', ...said, ...(strange === undefined ? [] : [strange])].join('&');
      const point = { by: by?.[1] ?? 1, lock: lock?.[1] ?? 'no' };
      const isPoint = strange === undefined && !(point.by === 2 && point.lock === 'yes');
      const response = await fetch(`${origin}/check/counting.ts%3Acounting?${query}`);
      const text = await response.text();
      expect([query, response.status]).toEqual([query, isPoint ? 200 : 400]);
      const answer = isPoint ? /event: result\ndata: (.*)/.exec(text)?.[1] : text;
      expect(JSON.parse(answer ?? '')).toMatchObject(
        isPoint ? { parameters: point } : { known: { bounds: ['states', 'depth', 'seconds'] } },
      );
    }),
    { numRuns: Number(process.env['RACEWRIGHT_RUNS'] ?? 40) },
  );
});

describe('a request', () => {
  test('a request with a body, with a query where none is read, or too long is refused', async () => {
    const { url } = await startExplorer(place, 'seed-race');
    const { origin } = new URL(url);
    const statusOf = async (path: string, options: RequestInit = {}) =>
      (await fetch(origin + path, options)).status;
    expect(await statusOf('/stop/1', { method: 'POST', body: 'x'.repeat(100_000) })).toBe(413);
    expect(await statusOf('/explore/seed-race?lock=nope')).toBe(400);
    expect(await statusOf('/model/seed-race/own?x')).toBe(400);
    expect(await statusOf('/page.js?')).toBe(200);
    expect(await statusOf(`/check/seed-race?set.lock=${'x'.repeat(20_000)}`)).toBe(431);
    expect(await statusOf('/check/no-such')).toBe(404);
    expect(await statusOf('/check/seed-race/nonsense')).toBe(409);
    expect(await statusOf('/explore/%zz')).toBe(404);
    expect(await statusOf('/explore/__proto__')).toBe(404);
    expect(await statusOf('/check/seed-race', { method: 'HEAD' })).toBe(405);
    expect(await statusOf('/check/seed-race?states=1')).toBe(200);
  });
});
