import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exposureSheet } from '../../src/exposure/sheet.ts';
import { sheetHtml } from '../../src/report/sheet/sheet-html.ts';
import { sheetSvg } from '../../src/report/sheet/sheet-svg.ts';
import { makePlace } from './run.ts';

const place = makePlace();
const root = new URL('../../', import.meta.url);
const atlas = readFileSync(new URL('docs/atlas.json', root), 'utf8');
const races = {
  format: 'racewright/report',
  version: 2,
  releases: ['train', '<b>'],
  races: [
    {
      scenario: 'a-race',
      about: 'about',
      setting: { lock: '"><script>alert(1)</script>\u202e' },
      cells: [
        {
          release: 'train',
          status: 'exposed',
          violated: [{ property: '<i>', steps: 3 }],
          others: [],
        },
        { release: '<b>', status: 'closed', violated: [], others: [] },
      ],
    },
  ],
};
place.write({
  'atlas.json': atlas,
  'cut.json': atlas.slice(0, 5000),
  'wrong.json': atlas.replace('"status":"', '"status":"not '),
  'exposure.json': JSON.stringify(races),
  'half.json': JSON.stringify({ ...races, releases: 7 }),
  'withdraw.ts': readFileSync(new URL('examples/withdraw.ts', root), 'utf8'),
});
const written = (name: string) => readFileSync(join(place.folder, name), 'utf8');

test('the atlas as a page and as a picture has a cell for each pair, violated where the atlas says so', () => {
  const pairs: readonly { status: string }[] = JSON.parse(atlas).pairs;
  const violated = pairs.filter(({ status }) => status === 'violated').length;
  place.run('report', 'atlas.json', '--to', 'html', '-o', 'atlas.html');
  place.run('report', 'atlas.json', '--to', 'svg', '-o', 'atlas.svg');
  const html = written('atlas.html');
  expect(html.match(/<td class=/g)?.length).toBe(pairs.length);
  expect(html.match(/<td class="bad"/g)?.length).toBe(violated);
  // The legend has one more.
  expect(written('atlas.svg').match(/<rect class="bad"/g)?.length).toBe(violated + 1);
});

test('names in a table of races are text, and no part of the page', () => {
  place.run('report', 'exposure.json', '--to', 'html', '-o', 'exposure.html');
  const html = written('exposure.html');
  expect(html).toContain('a-race lock=&#34;&#62;&#60;script&#62;alert(1)&#60;/script&#62;');
  const sheet = exposureSheet({ releases: races.releases, rows: races.races as never });
  for (const text of [html, sheetHtml(sheet, () => ''), sheetSvg(sheet)]) {
    expect(text).not.toMatch(/<script|<b>|<i>|\u202e/);
  }
});

test.each([
  ['cut.json', 'svg', 'the file is cut'],
  ['wrong.json', 'svg', "it is not a whole document of 'atlas --json'"],
  ['half.json', 'html', "it is not a whole document of 'exposure --json'"],
  ['atlas.json', 'markdown', 'a table of races cannot be written as markdown'],
])('the table %s as %s is refused: %s', (file, format, said) => {
  const printed = place.run('report', file, '--to', format);
  expect(printed).toContain(`error: ${said}`);
  expect(printed).toMatch(/exit 2$/);
});

test('a table of races has no properties to choose from', () => {
  const words = ['report', 'atlas.json', '--to', 'svg', '--property', 'x'];
  expect(place.run(...words)).toMatch(/has no scenarios to choose from[\s\S]*exit 2$/);
});

test('the README shows the picture that the command draws', async () => {
  place.run('check', 'withdraw.ts', '--set', 'lock=no,yes', '--report', 'pair=pair.svg');
  expect(readFileSync(new URL('README.md', root), 'utf8')).toContain(
    '(docs/pictures/withdrawals.svg)',
  );
  await expect(written('pair.svg')).toMatchFileSnapshot('../../docs/pictures/withdrawals.svg');
});
