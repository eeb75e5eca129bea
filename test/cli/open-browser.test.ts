import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hasScreen } from '../../src/cli/system/open-browser.ts';
import { startExplorer } from '../explorer/browser.ts';
import { makePlace } from './run.ts';

describe('a browser is opened', () => {
  const place = makePlace();

  test.each([
    ['on a desktop', { DISPLAY: ':0' }, 'linux', true, true],
    ['on Wayland', { WAYLAND_DISPLAY: 'wayland-0' }, 'linux', true, true],
    ['on a Mac', {}, 'darwin', true, true],
    ['on Windows', {}, 'win32', true, true],
    ['where BROWSER names one', { BROWSER: 'firefox' }, 'linux', true, true],
    ['not without a display', {}, 'linux', true, false],
    ['not over ssh', { SSH_CONNECTION: '10.0.0.1 1 10.0.0.2 22' }, 'darwin', true, false],
    ['not in CI', { DISPLAY: ':0', CI: 'true' }, 'linux', true, false],
    ['not behind a pipe', { DISPLAY: ':0' }, 'linux', false, false],
    ['not where BROWSER refuses', { DISPLAY: ':0', BROWSER: 'none' }, 'linux', true, false],
  ] as const)('the explorer opens a browser %s', (_, env, platform, isTerminal, opened) => {
    expect(hasScreen({ env, platform, isTerminal })).toBe(opened);
  });

  test('the explorer opens a browser with the address, when a flag asks for it', async () => {
    place.write({ 'browser.sh': '#!/bin/sh\necho "$1" > asked.tmp && mv asked.tmp asked\n' });
    chmodSync(join(place.folder, 'browser.sh'), 0o755);
    const env = { ...place.env, BROWSER: './browser.sh' };
    const { url } = await startExplorer({ ...place, env }, 'seed-race', '--open');
    const asked = join(place.folder, 'asked');
    await expect.poll(() => existsSync(asked) && readFileSync(asked, 'utf8')).toBe(`${url}\n`);
  });

  test('the explorer says that there is no browser, and goes on', async () => {
    const env = { ...place.env, BROWSER: 'no-such-browser' };
    const explorer = await startExplorer({ ...place, env }, 'seed-race', '--open');
    await expect
      .poll(explorer.printed)
      .toBe(
        `${explorer.url}\nCtrl-C stops the explorer.\n` +
          'No browser could be opened: there is no no-such-browser here. Open the address yourself.\n',
      );
    expect((await fetch(explorer.url)).status).toBe(200);
  });
});
