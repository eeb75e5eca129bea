import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { fragmentOf } from '../../src/playground/link.ts';
import { makePlace } from '../cli/run.ts';
import { axeViolations, describeInBrowser, startServer, useBrowser } from '../explorer/browser.ts';

const place = makePlace();
const openPage = useBrowser();
let home = '';

beforeAll(async () => {
  const { url, end } = await startServer(place, 'playground');
  home = url;
  return end;
});

const open = (fragment = '', theme: 'light' | 'dark' = 'light') =>
  openPage(`${home}${fragment}`, {
    theme,
    ready: (page) => page.locator('.cm-content').waitFor(),
  });

const openModel = async (text: string) => open(await fragmentOf(text, []));

async function check(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Check' }).click();
  return ended(page);
}

async function ended(page: Page): Promise<string> {
  const stop = page.getByRole('button', { name: 'Stop' });
  await expect.poll(() => stop.isDisabled(), { timeout: 60_000 }).toBe(true);
  return page.getByRole('status').innerText();
}

const frameOf = (page: Page) => page.frameLocator('iframe');

const counter = (body: string, property = 'n < 3') => `
import { spec } from 'racewright';
const world = spec<{ n: number }>();
export const counter = world.scenario({
  name: 'counter',
  about: 'It counts.',
  system: () => ({
    init: () => ({ n: 0 }),
    actions: [world.action({ actor: 'clock', name: 'tick', do: (state) => { ${body} } })],
    properties: [world.always('the number is small', ({ n }) => ${property})],
    final: 'anywhere',
  }),
});
`;

const toThree = 'state.n = (state.n + 1) % 4;';

describeInBrowser('the playground', () => {
  test('an example is checked at every point, and the page shows the run of the first violation', async () => {
    const { page, troubles } = await open('#example=two-phase-commit.ts');
    expect(await check(page)).toMatch(/^Checked in/);
    const frame = frameOf(page);
    // The counts of states are those that the command prints in docs/cookbook/two-phase-commit.md.
    expect(await frame.locator('#grid-title').innerText()).toBe(
      '4 points were checked: 1 hold, 2 violated as expected, 1 violated',
    );
    const grid = await frame.locator('.grid').innerText();
    expect(grid.match(/\d+ states/g)).toEqual([
      '99 states',
      '127 states',
      '54 states',
      '74 states',
    ]);
    expect(await frame.locator('body').innerText()).toContain('one commits, the other aborts');
    expect(await axeViolations(page)).toEqual([]);
    expect(troubles).toEqual([]);
  });

  test('an edit changes the verdict and the link, and the link opens the edited model', async () => {
    const { page } = await openModel(counter(toThree));
    await check(page);
    const body = frameOf(page).locator('body');
    expect(await body.innerText()).toContain('violated');
    await page.locator('.cm-content').click();
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText(counter(toThree, 'n < 9'));
    await expect
      .poll(() => page.getByRole('status').innerText(), { timeout: 60_000 })
      .toMatch(/^Checked/);
    expect(await body.innerText()).not.toContain('violated');
    expect(await body.innerText()).toContain('holds');
    const { page: other } = await openPage(page.url(), {
      ready: (opened) => opened.locator('.cm-content').waitFor(),
    });
    expect(await other.locator('.cm-content').innerText()).toContain('n < 9');
    expect(await other.getByRole('status').innerText()).toContain('Press Check');
  });

  test.each([
    ['a step', counter('for (;;) state.n = 0;')],
    ['the module', 'for (;;) {}'],
  ])('the button ends a check in which %s never ends, and it says undecided', async (_, text) => {
    const { page } = await openModel(text);
    await page.getByRole('button', { name: 'Check' }).click();
    await page.getByRole('button', { name: 'Stop' }).click();
    expect(await ended(page)).toContain('Undecided');
    expect(await page.locator('iframe').isVisible()).toBe(false);
  });

  test('a check without an end is ended after its seconds, with what it found', async () => {
    const { page } = await openModel(counter('state.n += 1;', 'n !== 5'));
    expect(await check(page)).toBeDefined();
    const text = await frameOf(page).locator('body').innerText();
    expect(text).toContain('violated');
  });
});

describeInBrowser('what the playground is given', () => {
  test.each([
    ['cut', '#model=eJxLzkjNyVcozy_KSQEAGgsEX', 'damaged or was cut'],
    ['of no base64', '#model=%F0%9F%92%A5', 'damaged or was cut'],
    ['to an unknown example', '#example=constructor', 'an example that this playground'],
    ['without a model', '#set.lock=both', 'holds no model'],
  ])('a link %s is told in a sentence', async (_, fragment, sentence) => {
    const { page } = await open(fragment);
    expect(await page.getByRole('alert').innerText()).toContain(sentence);
  });

  test.each([
    ['that is not TypeScript', 'export const = ;', 'model.ts: '],
    ['without a scenario', 'export const n = 1;', 'exports no scenario'],
    ['that imports a module of Node', "import fs from 'node:fs'; fs;", "it imports 'node:fs'"],
    [
      'that imports an unknown name',
      "import { specc } from 'racewright'; specc();",
      "it imports 'specc'",
    ],
    ['that throws', 'throw new Error("<img src=x onerror=alert(1)>");', '<img src=x'],
    ['with a random step', counter('state.n = Math.random();'), 'Math.random'],
  ])('a model %s is told in a sentence, and nothing holds', async (_, text, sentence) => {
    const { page } = await openModel(text);
    await check(page);
    expect(await page.getByRole('alert').first().innerText()).toContain(sentence);
    expect(await page.locator('iframe').isVisible()).toBe(false);
  });

  test('a model cannot send anything, nor answer in place of the checker', async () => {
    const asked: (string | undefined)[] = [];
    const elsewhere = createServer((request, response) => {
      asked.push(request.url);
      response.setHeader('Access-Control-Allow-Origin', '*').end();
    });
    await new Promise<void>((listens) => elsewhere.listen(0, '127.0.0.1', listens));
    const { port } = elsewhere.address() as AddressInfo;
    const { page } = await openModel(`
      const there = 'http://127.0.0.1:${port}/';
      const tries = [fetch(there + 'fetched'), import(there + 'imported')];
      postMessage({ event: 'done' });
      await Promise.allSettled(tries);
      ${counter(toThree)}`);
    expect(await check(page)).toMatch(/^Checked in/);
    expect(await frameOf(page).locator('body').innerText()).toContain('violated');
    elsewhere.close();
    expect(asked).toEqual([]);
  });

  test('names with markup and other directions stay text in the result', async () => {
    const hostile = '<img src=x onerror=alert(1)>\\u202e';
    const { page, troubles } = await openModel(
      counter(toThree)
        .replaceAll('the number is small', hostile)
        .replace("'counter'", `'${hostile}'`),
    );
    await check(page);
    expect(await frameOf(page).locator('img').count()).toBe(0);
    expect(troubles).toEqual([]);
  });

  test('two-phase commit with 6 participants is decided with its published number of states', async () => {
    const source = readFileSync(new URL('../oracles/two-phase-commit.ts', import.meta.url), 'utf8');
    const six = source
      .replace(/range\([^)]*\)/, 'range(6, 6)')
      .replace(/expect: rows[\s\S]*\}\)\),/, '');
    const { page } = await openModel(six);
    expect(await check(page)).toMatch(/^Checked in/);
    expect(await frameOf(page).locator('body').innerText()).toContain('50,816 states');
  });
});
