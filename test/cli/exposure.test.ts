import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { meaningOfSwitch } from '../../src/cli/searching/race-row.ts';
import { settingText } from '../../src/exposure/exposure.ts';
import { exposureMarkdown } from '../../src/exposure/markdown.ts';
import { type Race, racesOf } from '../../src/exposure/races.ts';
import { exposureOf, type SearchAt } from '../../src/exposure/search.ts';
import { exposureLines } from '../../src/exposure/text.ts';
import { choice, Search, spec } from '../../src/index.ts';
import { releaseNames } from '../../src/model/releases/release-names.ts';
import { plainPaint } from '../../src/report/text-style.ts';
import { scenarios } from '../../src/scenarios/index.ts';
import { makePlace } from './run.ts';

const all = await Promise.all(Object.values(scenarios).map((load) => load()));
const races = all.flatMap((scenario) => racesOf(scenario, meaningOfSwitch));

const nameOf = ({ scenario, setting }: Race) => `${scenario.name} ${settingText(setting)}`.trim();

const page = readFileSync(new URL('../../docs/exposure.md', import.meta.url), 'utf8');
const rows = new Map(
  page
    .split('\n')
    .filter((line) => Object.hasOwn(scenarios, /^\| (\S+)/.exec(line)?.[1] ?? ''))
    .map((line) => {
      const [scenario, setting, ...cells] = line.split('|').slice(1, -1);
      const name = `${scenario?.trim()} ${setting?.trim().replaceAll('`', '')}`.trim();
      return [name, cells.map((cell) => cell.trim())] as const;
    }),
);

const search: SearchAt = async (scenario, parameters) => {
  const run = new Search(scenario, { parameters }).run();
  return { result: run.result(), read: run.slotsRead() };
};

describe('docs/exposure.md', () => {
  test('docs/exposure.md has a row for each race that a scenario states, and no other: else npm run exposure', () => {
    expect([...rows.keys()].sort()).toEqual(races.map(nameOf).sort());
  });

  // .ci/run computes and compares the whole table, and says so; here it is the first release of
  // each range, where a status begins.
  test
    .skipIf(process.env['RACEWRIGHT_EXPOSURE'] === 'compared')
    .each(races.map((race) => [nameOf(race), race] as const))(
    'docs/exposure.md says of %s what checking says where its status changes',
    async (name, race) => {
      const statuses = ['exposed', 'partly', 'closed', 'not_applicable'];
      const stated = (rows.get(name) ?? []).flatMap((cell, i) =>
        cell
          .split(', ')
          .filter((range) => range !== '')
          .map((range) => [range.split('..')[0] ?? '', statuses[i]] as const),
      );
      const { rows: found } = await exposureOf(
        [race],
        stated.map(([release]) => release),
        search,
      );
      const cells = found[0]?.cells.map(({ release, status }) => [release, status]);
      expect(cells).toEqual(stated);
    },
  );
});

describe('exposureOf', () => {
  test('exposureOf does not search a release again that differs in no slot that a search read', async () => {
    const race = races.find(({ scenario }) => scenario.name === 'bug-1937084');
    if (race === undefined) throw new Error('the scenario is gone');
    const { rows: found, searches } = await exposureOf([race], releaseNames, search);
    const apart = await Promise.all(
      releaseNames.map((release) => exposureOf([race], [release], search)),
    );
    const alone = apart.flatMap(({ rows: [row] }) => row?.cells ?? []);
    expect(found[0]?.cells).toEqual(alone);
    expect(searches).toBeLessThan(apart.reduce((sum, one) => sum + one.searches, 0));
  });
});

/**
 * A race whose scenario, on these releases, reaches what it is about, violates what it lists, or
 * violates something else.
 */
function raceOn(on: {
  readonly [release: string]: readonly ('reached' | 'own' | 'other')[];
}): Race {
  const s = spec<{ n: number }>();
  const names = Object.keys(on) as [string, ...string[]];
  const scenario = s.scenario({
    name: 'bug-1',
    about: 'Something goes wrong. It did so for years.',
    parameters: { release: choice(names) },
    system: ({ release }) => ({
      init: () => ({ n: 0 }),
      final: 'anywhere',
      properties: [
        s.reachable('it comes about', () => on[release]?.includes('reached') === true),
        s.never('it goes wrong', () => on[release]?.includes('own') === true),
        s.never('something else goes wrong', () => on[release]?.includes('other') === true),
      ],
    }),
  });
  return {
    scenario,
    setting: {},
    own: new Set(['it goes wrong']),
    listed: new Set(['it goes wrong']),
  };
}

describe('a race that is not seen on a release', () => {
  const race = raceOn({
    old: [],
    early: ['reached', 'other'],
    exposed: ['reached', 'own'],
    late: ['reached'],
    last: ['reached'],
  });
  const all = ['old', 'early', 'exposed', 'late', 'last'];

  test('a race is not closed on a release where its scenario never comes about', async () => {
    const {
      rows: [row],
    } = await exposureOf([race], ['old'], search);
    expect(row?.cells).toMatchObject([
      { status: 'not_applicable', reason: 'it never reaches its subject: it comes about' },
    ]);
  });

  test('a race is closed on a release without it, with the other violations there', async () => {
    const look = { width: 80, paint: plainPaint };
    const table = await exposureOf([race], all, search);
    const one = await exposureOf([race], ['early'], search, all);
    expect(`\n${exposureLines(table, look).join('\n')}\n`).toMatchInlineSnapshot(`
      "
        race   exposed  closed      not applicable
        bug-1  exposed  early       old
                        late..last

        closed, but another property is violated there:
          bug-1, early: something else goes wrong

        1 row on last: 1 closed; 5 searches, 5 states
      "
    `);
    expect(exposureMarkdown(table).split('\n').slice(17)).toMatchInlineSnapshot(`
      [
        "| bug-1 | | exposed | | early, late..last | old |",
        "",
        "Closed, but another race in the same scenario violates a property there:",
        "",
        "- bug-1, early: something else goes wrong",
        "",
      ]
    `);
    expect(`\n${exposureLines(one, look).join('\n')}\n`).toMatchInlineSnapshot(`
      "
      closed (1)
        bug-1
          but also violated: something else goes wrong

        1 row on early: 1 closed; 1 search, 1 state
      "
    `);
  });
});

describe('releases with others between them', () => {
  test('releases with others between them are not joined to a range, of which the table knows only the ends', async () => {
    const race = raceOn({ first: ['reached'], second: ['reached'], third: ['reached'] });
    const look = { width: 80, paint: plainPaint };
    const names = ['first', 'second', 'third'];
    const closedOn = async (...releases: readonly string[]): Promise<string[]> => {
      const lines = exposureLines(await exposureOf([race], releases, search, names), look);
      return lines.slice(1, lines.indexOf('')).map((line) => line.replace('bug-1', '').trim());
    };
    expect(await closedOn('first', 'third')).toEqual(['first', 'third']);
    expect(await closedOn('second', 'third')).toEqual(['second..third']);
  });
});

describe('a single release', () => {
  const race = raceOn({
    first: ['reached', 'own'],
    second: ['reached', 'own'],
    third: ['reached'],
    fourth: ['reached'],
  });
  const forEver = raceOn({ first: ['reached', 'own'], fourth: ['reached', 'own'] });
  const all = ['first', 'second', 'third', 'fourth'];

  test('the exposure of a single release says what each race is, what mends it, and how to see it', async () => {
    const exposure = await exposureOf([race, forEver], ['first'], search, all);
    expect(exposure.rows.map(({ cells: [cell] }) => cell?.mendedIn)).toEqual(['third', null]);
    const lines = exposureLines(exposure, { width: 80, paint: plainPaint });
    expect(`\n${lines.join('\n')}\n`).toMatchInlineSnapshot(`
      "
      exposed (2)

        bug-1
          Something goes wrong.
          - it goes wrong (0 steps)
          mended in third
          racewright check bug-1 --set release=first

        bug-1
          Something goes wrong.
          - it goes wrong (0 steps)
          no later release mends it
          racewright check bug-1 --set release=first

        2 rows on first: 2 exposed; 6 searches, 6 states
      "
    `);
  });

  test('the exposure of a single release has one column in a page', async () => {
    const exposure = await exposureOf([race], ['first'], search, all);
    expect(exposureMarkdown(exposure).split('\n').slice(17)).toMatchInlineSnapshot(`
      [
        "| bug-1 | | exposed | third |",
        "",
      ]
    `);
  });
});

describe('racewright exposure', () => {
  const cell = (release: string, status: 'exposed' | 'closed' | 'not_applicable') => ({
    release,
    status,
    violated: [],
    others: [],
  });

  test('racewright exposure joins neighbouring releases, so that the table fits 80 columns', () => {
    const releases = ['newton', 'pike', 'queens', '2025.2', '2026.1'];
    const lines = exposureLines(
      {
        releases,
        rows: [
          {
            scenario: 'bug-2004555',
            about: '',
            setting: { cause: 'accident' },
            cells: [
              cell('newton', 'not_applicable'),
              cell('pike', 'not_applicable'),
              cell('queens', 'exposed'),
              cell('2025.2', 'closed'),
              cell('2026.1', 'exposed'),
            ],
          },
        ],
        searches: 3,
        states: 1234,
      },
      { width: 80, paint: plainPaint },
    );
    expect(`\n${lines.join('\n')}\n`).toMatchInlineSnapshot(`
      "
        race              exposed  closed  not applicable
        bug-2004555       queens   2025.2  newton..pike
          cause=accident  2026.1

        1 row on 2026.1: 1 exposed; 3 searches, 1,234 states
      "
    `);
  });

  test('racewright exposure names the known releases when it does not know one', () => {
    expect(makePlace().run('exposure', '--release', 'nweton')).toMatchInlineSnapshot(`
      "$ racewright exposure --release nweton
      on stderr:
      error: there is no release 'nweton'
        at --release nweton
        Did you mean 'newton'? The releases: newton, ocata, pike, queens, rocky, stein, train, ussuri, victoria, wallaby,
        xena, yoga, zed, 2023.1, 2023.2, 2024.1, 2024.2, 2025.1, 2025.2, 2026.1.

      exit 2"
    `);
  });
});
