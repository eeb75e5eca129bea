import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { fieldsOf } from '../../src/explorer/change-list.tsx';
import { makePlace } from '../cli/run.ts';
import { axeViolations, describeInBrowser, useBrowser } from './browser.ts';

/** Ten by ten points, of which some have too few tokens for two clients. */
const tokens = `
import { range, spec } from 'racewright';

const world = spec<{ tokens: number; taken: Record<string, { by: string; at: number }> }>();
const take = world.flow({
  name: 'take',
  steps: { take(state, self) { state.tokens -= 1; state.taken[self.pid] = { by: self.pid, at: state.tokens }; } },
});

export const tokensTaken = world.scenario({
  name: 'tokens-taken',
  about: 'Clients take tokens one after another.',
  parameters: { tokens: range(0, 9), asked: range(1, 10) },
  system: ({ tokens, asked }) => ({
    init: () => ({ tokens, taken: {} }),
    processes: { client1: take.start(), 'writer': take.start() },
    properties: [world.always('tokens are never negative', (state) => state.tokens >= Math.min(0, 2 - asked))],
  }),
  expect: [{ given: { tokens: 0, asked: 1 }, violates: { 'tokens are never negative': 1 } }],
});
`;

const place = makePlace();
const open = useBrowser();
const address = (name: string) => pathToFileURL(join(place.folder, name)).href;
const all = Array.from({ length: 10 }, (_, i) => i);

beforeAll(() => {
  place.write({ 'tokens.ts': tokens });
  const values = ['--set', `tokens=${all}`, '--set', `asked=${all.map((i) => i + 1)}`];
  place.run('check', 'tokens.ts', ...values, '--report', 'html=grid.html');
  place.run('check', 'tokens.ts', '--set', 'tokens=9', '--report', 'html=holds.html');
});

describeInBrowser('the report of a grid as a page', () => {
  test('the page of a grid begins with every point, and each cell opens its run', async () => {
    const { page, troubles } = await open(address('grid.html'));
    expect(await page.locator('#grid-title').innerText()).toMatch(
      /^100 points were checked: \d+ hold, 1 violated as expected, \d+ violated$/,
    );
    expect(await page.locator('.grid .cell').count()).toBe(100);
    const top = (selector: string) =>
      page.locator(selector).evaluate((element) => element.getBoundingClientRect().top);
    expect(await top('.grid')).toBeLessThan(await top('.headline'));
    await page.locator('.cell').nth(9).click();
    expect(await page.locator('.headline').innerText()).toContain('all 2 properties hold');
    expect(await page.locator('#verdict-title').innerText()).toBe('What holds in every run');
    await page.locator('.cell').nth(0).click();
    expect(await page.locator('.headline').innerText()).toContain('tokens are never negative');
    expect(await page.locator('#card-title').innerText()).toMatch(/^Step (\d+) of \1$/);
    expect(await page.locator('.cell[aria-current]').count()).toBe(1);
    expect(troubles).toEqual([]);
  });

  test('the file of a grid of 100 points weighs less than 600 kB, and has the grid without scripts', async () => {
    expect(statSync(join(place.folder, 'grid.html')).size).toBeLessThan(600_000);
    const { page } = await open(address('grid.html'), { scripts: false });
    expect(await page.locator('.grid .cell').count()).toBe(100);
    const [before = ''] = readFileSync(join(place.folder, 'grid.html'), 'utf8').split('id="data"');
    expect(before.split('class="cell"').length - 1).toBe(100);
  });

  test('the page of a point that holds names what holds and what that rests on', async () => {
    const { page } = await open(address('holds.html'));
    expect(await page.locator('.headline').innerText()).toContain('all 2 properties hold');
    expect(await page.locator('.verdict .names li').allInnerTexts()).toEqual([
      '✓ tokens are never negative',
      '✓ every run can go on until it is done',
    ]);
    const rests = await page.locator('.rests li').allInnerTexts();
    expect(rests[0]).toMatch(/^Every reachable state was visited: \d+ states/);
    expect(rests).toContain('The model has no faults.');
    expect(rests).toContain('The scenario states no expectation for this point.');
  });
});

describeInBrowser('a counterexample in the page of a grid', () => {
  test('the state at the end of a counterexample comes before what can happen next', async () => {
    const { page } = await open(address('grid.html'));
    const titles = () => page.locator('main h2').allInnerTexts();
    expect(await titles()).toEqual([
      expect.stringMatching(/^Step/),
      expect.stringMatching(/^State after step/),
      'What can happen next',
    ]);
    await page.keyboard.press('Home');
    expect((await titles()).at(-1)).toBe('The initial state');
  });

  test('a new record is shown by its fields, and operations have colours of their own', async () => {
    const { page } = await open(address('grid.html'));
    const fields = page.locator('.card .changes li', { hasText: 'taken.' }).locator('.field');
    expect((await fields.allInnerTexts()).map((text) => text.replace(/\s+/g, ' '))).toEqual([
      expect.stringMatching(/^at -?\d$/),
      expect.stringMatching(/^by (client1|writer)$/),
    ]);
    await page.keyboard.press('Home');
    const colours = await page
      .locator('.choice .actor')
      .evaluateAll((actors) => actors.map((actor) => getComputedStyle(actor).borderLeftColor));
    expect(new Set(colours).size).toBe(2);
  });

  test('the diagram is open, fits, and can be enlarged', async () => {
    const { page } = await open(address('grid.html'));
    const width = () =>
      page.locator('.diagram svg').evaluate((svg) => svg.getBoundingClientRect().width);
    const fitted = await width();
    expect(fitted).toBeLessThanOrEqual(1280);
    await page.getByRole('button', { name: 'Larger' }).click();
    await expect.poll(width).toBeGreaterThan(fitted * 1.2);
    await page.getByRole('button', { name: 'fit', exact: true }).click();
    await expect.poll(width).toBe(fitted);
  });

  test.each(['light', 'dark'] as const)(
    'the page of a grid breaks no rule of axe and is never wider than the window in %s colours',
    async (theme) => {
      const { page } = await open(address('grid.html'), { theme, width: 390 });
      expect(await axeViolations(page)).toEqual([]);
      for (const width of [390, 768, 1280, 2560]) {
        await page.setViewportSize({ width, height: 900 });
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      }
      const plain = await open(address('holds.html'), { theme, width: 390 });
      expect(await axeViolations(plain.page)).toEqual([]);
    },
  );
});

test('the fields that differ lead from one record to the other, and no other field is among them', () => {
  const record = fc.dictionary(fc.string(), fc.oneof(fc.integer(), fc.string(), fc.constant(null)));
  fc.assert(
    fc.property(record, record, (before, after) => {
      const { changed, same } = fieldsOf(before, after);
      const result = new Map(Object.entries(before));
      for (const { name, old, now } of changed) {
        expect(old).not.toEqual(now);
        if (now === undefined) result.delete(name);
        else result.set(name, now as string);
      }
      expect(Object.fromEntries(result)).toEqual(Object.fromEntries(Object.entries(after)));
      expect(same + changed.length).toBe(
        new Set([...Object.keys(before), ...Object.keys(after)]).size,
      );
    }),
  );
});
