import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

/**
 * Whatever a comment, a message or a page cites exists: sections and rows of docs/openstack.md,
 * decisions, files, and functions of a class. Of places in Nova, Cinder and os-brick only the form
 * is known here.
 */
const root = fileURLToPath(new URL('../', import.meta.url));
const everyFile = readdirSync(root, { withFileTypes: true })
  .filter(({ name }) => !['node_modules', 'dist', 'api', '.git'].includes(name))
  .flatMap((entry) =>
    entry.isDirectory()
      ? readdirSync(join(root, entry.name), { recursive: true, encoding: 'utf8' }).map(
          (path) => `${entry.name}/${path.replaceAll('\\', '/')}`,
        )
      : [entry.name],
  );
const paths = everyFile.filter((path) => /\.(tsx?|mjs|md)$/.test(path));
const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** Citations that tests and comments make up: files of a user. */
const invented = new Set([
  'counter.ts',
  'file.ts',
  'my-race.ts',
  'my.ts',
  'my/lock.ts',
  'withdraw.ts',
]);

/** A source as one line a sentence: comments lose their stars, strings in parts are joined. */
const unwrapped = (text: string) =>
  text.replaceAll(/\n\s*(?:\*|\/\/)(?!\/) ?/g, ' ').replaceAll(/' \+\n\s*'/g, '');

/** The comments of a source, or a page without its blocks of code. */
function prose(path: string): string {
  const text = read(path);
  if (path.endsWith('.md')) return text.replaceAll(/^```.*?^```$/gms, '');
  return text
    .split('\n')
    .filter((line) => /^\s*(\/\*\*|\*|\/\/)/.test(line))
    .join('\n');
}

describe('docs/openstack.md', () => {
  const page = read('docs/openstack.md');
  const sections = new Map<string, string>();
  for (const [heading, marks = '', number = ''] of page.matchAll(/^(#{2,3}) ([\d.]+?)\.? .*$/gm)) {
    const [body = ''] =
      page.split(heading)[1]?.split(new RegExp(`^#{2,${marks.length}} `, 'm')) ?? [];
    sections.set(number, body);
  }

  /** `5.4, A5 to A7; 9.3, D25` as pairs of a section and a row in it, from where it begins. */
  function cited(text: string): (readonly [section: string, row: string | null])[] {
    const next =
      /(?:[,;]? (?:and |to )?)?(?:(\d+(?:\.\d+)?)(?![\w-])|([A-Z]{1,2}\d+e?|[a-z]\d)\b|(?:step|points?|rule) (\d+)(?: and (\d+))?)/gy;
    let section = '';
    return [...text.matchAll(next)].flatMap(([, number, row, ...points]) => {
      section = number ?? section;
      const rows = [row, ...points.map((point) => point && `${point}.`)].filter(
        (each) => each !== undefined,
      );
      return (number === undefined ? rows : [null]).map((each) => [section, each] as const);
    });
  }

  const citations = paths.flatMap((path) =>
    [...unwrapped(read(path)).matchAll(/docs\/openstack\.md(?=( \d.{0,80}))/g)].flatMap(
      ([, text = '']) => cited(text).map((each) => [path, ...each] as const),
    ),
  );

  test('docs/openstack.md is cited by its sections, never as a whole', () => {
    const whole = paths
      .filter((path) => path.startsWith('src/'))
      .filter((path) => /docs\/openstack\.md(?! \d)/.test(unwrapped(read(path))));
    expect(whole).toEqual([]);
    expect(citations.length).toBeGreaterThan(200);
  });

  test('docs/openstack.md has every section that is cited', () => {
    expect(citations.filter(([, section]) => !sections.has(section))).toEqual([]);
  });

  test('docs/openstack.md has every row that is cited, in the section that the citation names', () => {
    const missing = citations.filter(([, section, row]) => {
      if (row === null) return false;
      const body = sections.get(section) ?? '';
      return row.endsWith('.')
        ? !body.includes(`\n${row} `)
        : !new RegExp(`\\b${row}\\b`).test(body);
    });
    expect(missing).toEqual([]);
  });

  test('docs/openstack.md has its sections in order, each once', () => {
    const order = (number: string) =>
      number.split('.').reduce((sum, part, i) => sum + Number(part) / 100 ** i, 0);
    const numbers = [...page.matchAll(/^#{2,3} ([\d.]+?)\.? /gm)].map(([, number = '']) => number);
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => order(a) - order(b)));
  });
});

test('places in other repositories have the form repository:path@function', () => {
  const wrong = paths.flatMap((path) =>
    [...read(path).matchAll(/\b(?:nova|cinder|os-brick)(?:-specs)?:[^\s);,'`(]+/g)]
      .map(([place]) => place.replace(/\.$/, ''))
      .filter((place) => !/^[\w-]+:(path|[\w./-]+\.(py|rst)|[\w./-]+\/\w+)(@[\w.]+)?$/.test(place))
      .map((place) => `${path}: ${place}`),
  );
  expect(wrong).toEqual([]);
});

test('every file that a comment or a page names exists', () => {
  const exists = (name: string) =>
    invented.has(name) ||
    everyFile.some((path) =>
      [name, name.replace(/\.d\.ts$/, '.ts')].some((one) => `/${path}`.endsWith(`/${one}`)),
    );
  /** A page shows files that its reader writes. */
  const isShown = (path: string, name: string) =>
    path.endsWith('.md') && read(path).includes(`file=${name}\n`);
  const missing = paths.flatMap((path) =>
    [
      ...prose(path).matchAll(
        /(?<![\w:/.@-])[\w-]+(?:\/[\w-]+)*(?:\.test|\.d)?\.(?:tsx?|mjs|md)\b/g,
      ),
    ]
      .filter(([name]) => !exists(name) && !isShown(path, name))
      .map(([name]) => `${path}: ${name}`),
  );
  expect(missing).toEqual([]);
});

test('every decision that is cited by its number exists', () => {
  const missing = paths.flatMap((path) =>
    [...read(path).matchAll(/docs\/adr\/(\d{4})/g)]
      .filter(([start]) => !everyFile.some((file) => file.startsWith(`${start}-`)))
      .map(([start]) => `${path}: ${start}`),
  );
  expect(missing).toEqual([]);
});

test('every function of a class that a page names exists', () => {
  const sources = paths.filter((path) => path.startsWith('src/')).map(read);
  const declares = (text: string, owner: string, member: string) =>
    new RegExp(`\\bclass ${owner}\\b`).test(text) &&
    new RegExp(`^  .*\\b${member}\\b`, 'm').test(text);
  const missing = paths
    .filter((path) => path === 'docs/ARCHITECTURE.md' || path.startsWith('docs/adr/'))
    .flatMap((path) =>
      [...read(path).matchAll(/`([A-Z]\w+)\.(\w+)`/g)]
        .filter(
          ([, owner = '', member = '']) => !sources.some((text) => declares(text, owner, member)),
        )
        .map(([name]) => `${path}: ${name}`),
    );
  expect(missing).toEqual([]);
});

test('every link of a page leads to a file and a heading', () => {
  const anchors = (path: string) =>
    [...read(path).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    );
  const broken = paths
    .filter((path) => path.endsWith('.md'))
    .flatMap((path) =>
      [...prose(path).matchAll(/\]\((?!\w+:)([^)#]*)(?:#([^)]*))?\)/g)].flatMap(
        ([link, file = '', anchor]) => {
          const target =
            file === '' ? path : normalize(join(dirname(path), file)).replace(/\/$/, '');
          const isThere = everyFile.some(
            (each) => each === target || each.startsWith(`${target}/`),
          );
          const hasHeading = anchor === undefined || (isThere && anchors(target).includes(anchor));
          return isThere && hasHeading ? [] : [`${path}: ${link}`];
        },
      ),
    );
  expect(broken).toEqual([]);
});
