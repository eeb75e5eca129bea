import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inflateRawSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import { makePlace } from '../cli/run.ts';
import { axeViolations, describeInBrowser, useBrowser } from './browser.ts';
import { hostile, long, twins } from './report-page-models.ts';

/**
 * What is read out of a page at once: the step that is looked at, the steps there are, and what
 * fails.
 */
const seen = () => ({
  heading: document.querySelector('#card-title')?.textContent,
  steps: document.querySelector('#steps-title')?.textContent,
  current: document.querySelector('[role=option][aria-selected=true] .step-name')?.textContent,
  fails: [...document.querySelectorAll('.properties .fails .property-name')].map(
    (element) => element.textContent,
  ),
  choices: [...document.querySelectorAll('.choice .step-name')].map((each) => each.textContent),
});

const place = makePlace();

const open = useBrowser();

const file = (name: string) => join(place.folder, name);

const address = (name: string) => pathToFileURL(file(name)).href;

beforeAll(() => {
  place.write({
    'hostile.ts': hostile,
    'long.ts': long,
    'twins.js': twins,
    'two.js':
      "import { twin } from './twins.js';\nexport const a = twin(2);\nexport const b = twin(3);",
    'four.js': "import { twin } from './twins.js';\nexport const a = twin(4);",
  });
  place.run('check', 'two.js', 'four.js', '--report', 'json=twins.json');
  place.run('report', 'twins.json', '--to', 'html', '-o', 'twins.html');
  place.run('report', 'twins.json', '--to', 'markdown', '-o', 'twins.md');
  place.run('check', 'seed-race', '--report', 'html=seed.html', '--report', 'json=seed.json');
  place.run(
    'check',
    'shared-connection',
    '--report',
    'html=shared.html',
    '--report',
    'json=shared.json',
  );
  place.run('check', 'hostile.ts', '--report', 'html=hostile.html');
  place.run('check', 'long.ts', '--max-states', '10001', '--report', 'html=long.html');
});

describeInBrowser('the report as a page', () => {
  test('the report page opens from disk at the end of the counterexample, and asks for nothing else', async () => {
    const { page, troubles } = await open(address('seed.html'));
    expect(await page.evaluate(seen)).toEqual({
      heading: 'Step 7 of 7',
      steps: '7 steps',
      current: 'detach1 disconnect_volume',
      fails: ['an attached volume is reachable from its host'],
      choices: ['detach1 attachment_delete'],
    });
    expect(troubles).toEqual([]);
  });

  test('the report page has the same marks in its diagram as the picture that report --to svg makes', async () => {
    place.run('report', 'shared.json', '--to', 'svg', '-o', 'shared.svg');
    const picture = readFileSync(file('shared.svg'), 'utf8');
    const { page } = await open(address('shared.html'));
    for (const kind of ['step', 'call', 'reply', 'lock', 'race', 'fail']) {
      const drawn = picture.split(new RegExp(`class="${kind}[" ]`)).length - 1;
      expect(drawn).toBeGreaterThan(0);
      expect([kind, await page.locator(`.diagram .scroll .${kind}`).count()]).toEqual([
        kind,
        drawn,
      ]);
    }
  });

  test('the report page shows nothing where its address names no place', async () => {
    const { page } = await open(`${address('seed.html')}#set.lock=nope`);
    expect(await page.getByRole('alert').innerText()).toContain("lock cannot be 'nope'");
    expect((await page.evaluate(seen)).choices).toEqual([]);
    expect(await page.locator('#share-title').count()).toBe(0);
  });

  test('the report page takes another step than the run did, by the real model, and finds the way back', async () => {
    const { page } = await open(address('seed.html'));
    await page.keyboard.press('Home');
    const { choices } = await page.evaluate(seen);
    expect(choices).toEqual(['attach1 start', 'detach1 start']);
    // The counterexample of the report begins with the detach: taking the attach leaves it.
    await page.keyboard.press('1');
    await page.keyboard.press('1');
    expect(await page.evaluate(seen)).toEqual({
      heading: 'Step 2 of 2',
      steps: '2 steps',
      current: 'attach1 attachment_create',
      fails: [],
      choices: ['attach1 connect_volume', 'detach1 start'],
    });
    await page.getByRole('button', { name: 'Back to the counterexample' }).click();
    expect((await page.evaluate(seen)).steps).toBe('7 steps');
  });

  test('the report page names each place by its file, which opens there', async () => {
    const { page } = await open(address('seed.html'));
    await page.keyboard.press('Home');
    await page.keyboard.press('1');
    const place = page.locator('.copied', { hasText: 'Place' }).locator('input');
    await expect.poll(() => place.inputValue()).toBe('seed.html#do=attach1.start');
    const other = await open(new URL(await place.inputValue(), address('seed.html')).href);
    expect((await other.page.evaluate(seen)).current).toBe('attach1 start');
  });
});

describeInBrowser('the report as a file', () => {
  test('the report page weighs less than 400 kB, with thirty steps of the large model in it', () => {
    const results = JSON.parse(readFileSync(file('shared.json'), 'utf8')).results;
    const longest = Math.max(
      ...results[0].properties.map(
        (each: { trace?: { schedule: string[] } }) => each.trace?.schedule.length ?? 0,
      ),
    );
    expect(longest).toBeGreaterThanOrEqual(30);
    expect(statSync(file('shared.html')).size).toBeLessThan(400_000);
  });

  test('the report page can be read before the model has loaded, which needs no click', async () => {
    const text = readFileSync(file('shared.html'), 'utf8');
    const [, packed = ''] = /id="model">(.*?)</s.exec(text) ?? [];
    expect(packed.length).toBeGreaterThan(20_000);
    const without = text.replace(packed, '');
    place.write({ 'no-model.html': without });
    const { page } = await open(address('no-model.html'));
    expect((await page.evaluate(seen)).heading).toMatch(/^Step (\d+) of \1$/);
    expect(await page.locator('.headline-text .violated').count()).toBe(1);
    expect(await page.locator('.notice').innerText()).toBe(
      'The model in this page cannot be unpacked: the file is damaged, or the browser is older than 2023. The page can still be read.',
    );
  });

  test('the report page equals what report --to html makes of the JSON report', () => {
    place.run('report', 'seed.json', '--to', 'html', '-o', 'again.html');
    // The results are the same but for the order of their keys, which reading them may change.
    const parts = (name: string): unknown[] => {
      const text = readFileSync(file(name), 'utf8');
      const [, before, packed = '', after] = /^(.*id="results">)(.*?)(<.*)$/s.exec(text) ?? [];
      return [before, JSON.parse(inflateRawSync(Buffer.from(packed, 'base64')).toString()), after];
    };
    expect(parts('again.html')).toEqual(parts('seed.html'));
  });

  test('the report page can be read without scripts', async () => {
    const { page } = await open(address('seed.html'), { scripts: false });
    const steps = await page.locator('.plain ol > li').allInnerTexts();
    expect(steps.length).toBe(7);
    expect(steps.at(-1)?.replace(/\s+/g, ' ')).toBe(
      'detach1 disconnect_volume connections.host1 up → down',
    );
  });
});

describeInBrowser('the report as a page, large or of many scenarios,', () => {
  test('the report page walks each of several scenarios of one name in its own model', async () => {
    const ids = ['two.js:a', 'two.js:b', 'four.js:a'];
    const { page, troubles } = await open(address('twins.html'));
    for (const [i, id] of ids.entries()) {
      await page.locator('.runs select').selectOption(String(i));
      expect(await page.locator('h1').innerText()).toBe(`twin (${id})`);
      const most = i + 2;
      expect((await page.evaluate(seen)).current).toBe(`clock tick${most}`);
      await page.keyboard.press('Home');
      expect((await page.evaluate(seen)).choices).toEqual([`clock tick${most}`]);
      const command = await page
        .locator('.copied', { hasText: 'Command' })
        .locator('input')
        .inputValue();
      expect(command).toMatch(new RegExp(` replay ${id}$`));
      expect(place.run('replay', id, ...Array(most).fill(`clock.tick${most}`))).toContain(
        `n: ${most - 1} → ${most}`,
      );
    }
    expect(troubles).toEqual([]);
    const { page: plain } = await open(address('twins.html'), { scripts: false });
    expect(await plain.locator('h2:not(#grid-title)').allInnerTexts()).toEqual(
      ids.map((id) => `twin (${id})`),
    );
    expect(readFileSync(file('twins.md'), 'utf8').match(/racewright replay \S+/g)).toEqual(
      ids.map((id) => `racewright replay ${id}`),
    );
  });

  test('the report page of ten thousand steps draws only those in view', async () => {
    const { page } = await open(address('long.html'));
    expect((await page.evaluate(seen)).heading).toBe('Step 10000 of 10000');
    const drawn = await page.locator('[role=option]').count();
    expect(drawn).toBeGreaterThan(5);
    expect(drawn).toBeLessThan(60);
    await page.keyboard.press('Home');
    await page.keyboard.press('j');
    expect((await page.evaluate(seen)).heading).toBe('Step 1 of 10000');
    expect((await page.evaluate(seen)).choices).toEqual(['clock tick']);
    // The diagram shows the part around the step that is looked at.
    const drawnSteps = () =>
      page
        .locator('.diagram .step')
        .evaluateAll((all) => all.map((each) => Number(each.getAttribute('data-step'))));
    await expect.poll(drawnSteps).toEqual(Array.from({ length: 60 }, (_, i) => i + 1));
    await page.keyboard.press('End');
    await expect.poll(async () => (await drawnSteps())[0]).toBe(9961);
    expect(await page.locator('.diagram .fail').count()).toBe(1);
    expect(await page.locator('*').count()).toBeLessThan(2_000);
  });
});

describeInBrowser('the report as a page, for every reader,', () => {
  test('a user can walk through the report page with the keyboard alone', async () => {
    const { page } = await open(address('seed.html'));
    const headings: (string | null | undefined)[] = [];
    for (const key of ['Home', 'j', 'ArrowDown', 'k', 'End', 'ArrowUp']) {
      await page.keyboard.press(key);
      headings.push((await page.evaluate(seen)).heading);
    }
    expect(headings).toEqual([
      'Initial state',
      'Step 1 of 7',
      'Step 2 of 7',
      'Step 1 of 7',
      'Step 7 of 7',
      'Step 6 of 7',
    ]);
    await page.keyboard.press('/');
    await page.keyboard.type('connections');
    expect(await page.locator('[role=option]').allInnerTexts()).toHaveLength(1);
    await page.keyboard.press('Escape');
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('BODY');
  });

  test.each(['light', 'dark'] as const)(
    'the report page breaks no rule of axe in %s colours',
    async (theme) => {
      for (const width of [1280, 390]) {
        const { page } = await open(address('seed.html'), { theme, width });
        expect(await axeViolations(page)).toEqual([]);
      }
    },
  );

  test('the report page changes its colours at the switch, whatever the system has', async () => {
    const { page } = await open(address('seed.html'), { theme: 'dark' });
    const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const dark = await paper();
    await page.getByText('light', { exact: true }).click();
    expect(await paper()).not.toBe(dark);
    expect(await axeViolations(page)).toEqual([]);
  });

  test('the report page shows names that are markup as text, and never wider than the window', async () => {
    for (const width of [1280, 390]) {
      const { page, troubles } = await open(address('hostile.html'), { width });
      await page.keyboard.press('Home');
      // One of them turns the line around.
      for (let i = 0; i < 3; i++) await page.locator('.choice').first().click();
      expect(troubles).toEqual([]);
      expect(await page.locator('#page :is(script, img, i, u, s)').count()).toBe(0);
      expect(await page.locator('.property-name').first().innerText()).toBe(
        '<b>nothing</b> is "gone" \\u202eereh',
      );
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      expect(await page.evaluate(() => document.body.innerHTML.includes('\u202e'))).toBe(false);
      expect(await axeViolations(page)).toEqual([]);
    }
  });
});
