import { request } from 'node:http';
import { beforeAll, expect, test } from 'vitest';
import { makePlace } from '../cli/run.ts';
import { axeViolations, describeInBrowser, startExplorer, useBrowser } from './browser.ts';

/** Asks for a path with headers of one's own, and returns the status and the policy. */
function ask(
  url: string,
  headers: Record<string, string>,
  method = 'GET',
): Promise<{ status: number | undefined; policy: string | string[] | undefined }> {
  return new Promise((resolve, reject) => {
    const asking = request(url, { headers, method }, (response) => {
      response.resume();
      response.on('end', () =>
        resolve({
          status: response.statusCode,
          policy: response.headers['content-security-policy'],
        }),
      );
    });
    asking.on('error', reject);
    asking.end();
  });
}

/** Counts for ever unless a fault ends it, so that no check comes to an end by itself. */
const counting = `
import { spec } from 'racewright';

const { scenario, always, reachable, action, fault } = spec();

export const counting = scenario({
  name: 'counting',
  about: 'A counter that nothing but a fault stops.',
  system: () => ({
    init: () => ({ counter: 0, broken: false }),
    actions: [action({ actor: 'clock', name: 'tick', when: ({ broken }) => !broken, do: (state) => { state.counter += 1; } })],
    faults: [fault({ name: 'power_cut', do: (state) => { state.broken = true; } })],
    properties: [
      always('it stays below three', ({ counter }) => counter < 3),
      reachable('it gets below zero', ({ counter }) => counter < 0),
    ],
    final: 'anywhere',
  }),
});
`;

const place = makePlace();

place.write({ 'counting.ts': counting });

const open = useBrowser();

// Starting one takes longer than most tests. Each test closes its pages, and what they ask for.
let seedUrl = '';

let countingUrl = '';

beforeAll(async () => {
  const [seed, counting] = await Promise.all([
    startExplorer(place, 'seed-race'),
    startExplorer(place, 'counting.ts'),
  ]);
  seedUrl = seed.url;
  countingUrl = counting.url;
  return () => {
    seed.end();
    counting.end();
  };
});

describeInBrowser('the explorer', () => {
  test('the explorer takes steps, and keeps them in the address', async () => {
    const url = seedUrl;
    const { page, troubles } = await open(url);
    await page.locator('.choice', { hasText: 'detach1' }).click();
    await page.locator('.choice', { hasText: 'attach1' }).click();
    expect(await page.evaluate(() => location.hash)).toBe('#do=detach1.start+attach1.start');
    await page.keyboard.press('k');
    expect(await page.evaluate(() => location.hash)).toBe('#at=1&do=detach1.start+attach1.start');
    await page.reload();
    expect(await page.locator('#card-title').innerText()).toBe('Step 1 of 2');
    await page.getByLabel(/^lock/).selectOption({ label: 'both' });
    expect(await page.evaluate(() => location.hash)).toBe('#set.lock=both');
    expect(troubles).toEqual([]);
  });

  test('the explorer lets the user choose the budget of each fault, and keeps it in the address', async () => {
    const url = countingUrl;
    const { page, troubles } = await open(url);
    const choices = () => page.locator('.choice .step-name').allInnerTexts();
    expect(await choices()).toEqual(['clock tick', 'fault power_cut']);
    await page.getByLabel('power_cut').fill('0');
    await page.getByLabel('power_cut').blur();
    await expect.poll(choices).toEqual(['clock tick']);
    expect(await page.evaluate(() => location.hash)).toBe('#fault.power_cut=0');
    await page.reload();
    await expect.poll(choices).toEqual(['clock tick']);
    expect(
      await page.locator('.copied', { hasText: 'Command' }).locator('input').inputValue(),
    ).toMatch(/ replay counting.ts --faults power_cut=0$/);
    expect(troubles).toEqual([]);
  });

  test('the explorer checks no further than the bounds say', async () => {
    const url = countingUrl;
    const { page } = await open(`${url}#fault.power_cut=0`);
    await page.getByText('Bounds').click();
    await page.getByLabel('states at most').fill('100');
    await page.getByRole('button', { name: 'Check' }).click();
    await page.locator('[aria-live] .tag').waitFor();
    expect(await page.locator('[aria-live]').innerText()).toMatch(
      /^violated 100 states, 100 levels, [\d.]+ s, not all of them: stopped at the bound on states$/,
    );
  });

  test('the explorer says where a schedule that does not replay stops, and what is enabled there', async () => {
    const url = seedUrl;
    const { page } = await open(`${url}#do=attach1.start+attach1.nonsense`);
    expect(await page.getByRole('alert').innerText()).toBe(
      "This schedule does not replay on the present model: step 2, 'attach1.nonsense', is not enabled. Enabled there: attach1.attachment_create detach1.start",
    );
  });

  test('the explorer breaks no rule of axe', async () => {
    const { url } = await startExplorer(place, 'shared-connection');
    for (const theme of ['light', 'dark'] as const) {
      const { page } = await open(url, { theme });
      await page.locator('.choice').first().click();
      expect(await axeViolations(page)).toEqual([]);
    }
  });
});

describeInBrowser('the explorer, asked to check,', () => {
  test('the explorer checks in a thread of its own and goes to the counterexample', async () => {
    const url = seedUrl;
    const { page, troubles } = await open(url);
    await page.getByRole('button', { name: 'Check' }).click();
    await page.locator('.headline-text .violated').waitFor();
    expect(await page.locator('.headline-text').innerText()).toBe(
      'violated an attached volume is reachable from its host after 7 steps',
    );
    expect(await page.locator('#card-title').innerText()).toBe('Step 7 of 7');
    await page.getByLabel(/^lock/).selectOption({ label: 'both' });
    await page.getByRole('button', { name: 'Check' }).click();
    const verdict = page.locator('[aria-live] .tag', { hasText: 'holds' });
    await verdict.waitFor();
    expect(await page.locator('[aria-live]').innerText()).toMatch(/^holds 16 states/);
    expect(troubles).toEqual([]);
  });

  test('the explorer ends a check early and shows the findings so far', async () => {
    const url = countingUrl;
    const { page } = await open(url);
    await page.getByRole('button', { name: 'Check' }).click();
    await page.getByText(/states, .* levels/).waitFor();
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.locator('[aria-live] .tag').waitFor();
    expect(await page.locator('[aria-live]').innerText()).toMatch(
      /not all of them: stopped by hand$/,
    );
    const verdicts = await page.locator('.properties .tag').allInnerTexts();
    expect(verdicts.slice(0, 2)).toEqual(['violated', 'undecided']);
    // The counterexample that was known is there to be looked at.
    expect(await page.locator('#card-title').innerText()).toBe('Step 3 of 3');
  });

  test('the explorer shows the message of a server that takes no more checks', async () => {
    const { url } = await startExplorer(place, 'counting.ts');
    const { page } = await open(url);
    const { origin } = new URL(url);
    const leave = new AbortController();
    const { signal } = leave;
    for (let i = 0; i < 10; i++) await fetch(`${origin}/check/counting.ts%3Acounting`, { signal });
    await page.getByRole('button', { name: 'Check' }).click();
    await page.getByText('2 checks run and 8 wait: no more are taken').waitFor();
    leave.abort();
    await page.getByLabel('power_cut').fill('0');
    await page.getByLabel('power_cut').blur();
    await page.getByRole('button', { name: 'Check' }).click();
    await page.getByText(/states, .* levels/).waitFor();
  });
});

describeInBrowser('the explorer at an address', () => {
  test.each([
    ['#set.lock=nope', "lock cannot be 'nope': it can be none, attach, detach, both"],
    ['#set.lok=both', "there is no parameter 'lok': there are "],
    [
      '#lock=both',
      "'lock' is unknown; an address takes set.PARAMETER, fault.NAME, init, at, loop, stops, do",
    ],
    ['#set.lock=both&set.lock=none', "'set.lock' is given twice"],
    ['#init=7', 'there is no initial state 7: there is 1, counted from 0'],
    ['#at=3&do=attach1.start', 'there is no step 3: there are 1'],
    ['#fault.flood=1', "has no fault 'flood'"],
  ])('the explorer shows nothing where the address %s names no place', async (hash, why) => {
    const url = seedUrl;
    const { page, troubles } = await open(`${url}${hash}`);
    expect(await page.getByRole('alert').innerText()).toContain(why);
    await page.keyboard.press('k');
    expect(await page.getByRole('alert').innerText()).toContain(why);
    expect(await page.locator('.choice').count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Check' }).isDisabled()).toBe(true);
    expect(await page.locator('#share-title').count()).toBe(0);
    expect(await page.evaluate(() => location.hash)).toBe(hash);
    expect(await axeViolations(page)).toEqual([]);
    // Choosing a value leads to a point that there is.
    await page.getByLabel(/^lock/).selectOption({ label: 'both' });
    expect(await page.locator('.choice').count()).toBeGreaterThan(0);
    expect(await page.evaluate(() => location.hash)).toBe('#set.lock=both');
    expect(troubles).toEqual([]);
  });

  test('the explorer follows an address that a user changes by hand', async () => {
    const url = seedUrl;
    const { page } = await open(url);
    await page.evaluate(() => {
      location.hash = '#set.lock=both&do=detach1.start';
    });
    await page.getByText('Step 1 of 1').waitFor();
    expect(await page.getByLabel(/^lock/).locator('option:checked').innerText()).toBe('both');
    await page.evaluate(() => {
      location.hash = '#set.lock=nope';
    });
    await page.getByRole('alert').waitFor();
    expect(await page.locator('.choice').count()).toBe(0);
  });
});

describeInBrowser('the server of the explorer', () => {
  test('the explorer answers only to its own pages, and serves nothing beside them', async () => {
    const url = seedUrl;
    const { origin, host } = new URL(url);
    const statuses = await Promise.all([
      ask(url, { host }),
      ask(url, { host: 'example.org' }),
      ask(url, { host, origin: 'http://example.org' }),
      ask(`${origin}/check/seed-race`, { host, 'sec-fetch-site': 'cross-site' }),
      ask(url, {
        host,
        'sec-fetch-site': 'cross-site',
        'sec-fetch-mode': 'navigate',
        'sec-fetch-dest': 'document',
      }),
      ask(url, { host }, 'POST'),
      ask(`${origin}/explore/..%2f..%2fpackage.json`, { host }),
      ask(`${origin}/model/%2e%2e%2fpackage.json`, { host }),
      ask(`${origin}/package.json`, { host }),
      ask(`${origin}/stop/1`, { host }, 'POST'),
      ask(`${origin}/stop/1`, { host, origin: 'http://example.org' }, 'POST'),
    ]);
    expect(statuses.map(({ status }) => status)).toEqual([
      200, 403, 403, 403, 200, 404, 404, 404, 404, 404, 403,
    ]);
    expect(new Set(statuses.map(({ policy }) => policy))).toEqual(
      new Set([
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      ]),
    );
  });

  test('the explorer stops with the command, even while a check runs', async () => {
    const explorer = await startExplorer(place, 'seed-race');
    const { page } = await open(explorer.url);
    await page.getByRole('button', { name: 'Check' }).click();
    explorer.process.kill('SIGINT');
    expect(await explorer.ended).toBe(0);
  });

  test('the explorer says that a port is in use', async () => {
    const url = seedUrl;
    const { port } = new URL(url);
    expect(
      place.run('explore', 'seed-race', '--port', port).replaceAll(port, 'PORT'),
    ).toMatchInlineSnapshot(`
      "$ racewright explore seed-race --port PORT
      on stderr:
      error: port PORT is in use
        at --port
        Name another, or leave --port out to get a free one.

      exit 2"
    `);
  });
});
