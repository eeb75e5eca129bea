import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { check, spec } from '../../src/index.ts';

// Before anything is checked, so that these are the functions of the platform.
const { now } = Date;
const drawn = Math.random();

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8').replace(
  /\s+/g,
  ' ',
);
const list = readme.slice(
  readme.indexOf('These are not seen:'),
  readme.indexOf('Standard output belongs'),
);

const s = spec<{ late: boolean }>();

/** The facts that no evaluation can notice, in the words of the README. */
test.each<[string, () => boolean]>([
  ['environment variables', () => process.env['PATH'] !== undefined],
  ['the time zone', () => new Date(0).getTimezoneOffset() > 0],
  ['the locale', () => Intl.DateTimeFormat().resolvedOptions().locale === 'en-US'],
  ['what another realm (`node:vm`)', () => Number(runInNewContext('Date.now()')) > 0],
  ['in your tests: what was kept before the first `check`', () => now() > 0],
  ['and a constant that is drawn while the file is loaded', () => drawn > 0.5],
])('the README lists what the checker does not see: %s', (words, read) => {
  expect(list).toContain(words);
  const look = s.action({
    name: 'look',
    do(state) {
      state.late = read();
    },
  });
  const scenario = s.scenario({
    name: 'not-seen',
    about: 'It looks at more than the state.',
    system: () => ({ init: () => ({ late: false }), actions: [look], final: 'anywhere' }),
  });
  expect(check(scenario).complete).toBe(true);
});
