import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, onTestFinished } from 'vitest';
import type { Place } from '../cli/run.ts';

const executablePath = '/usr/bin/chromium';
const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A busy machine is slow; what never comes is given up all the same. */
const patienceMs = 600_000;

/**
 * Without a browser these tests are left out, but not in CI, where their absence would go
 * unnoticed.
 */
export function describeInBrowser(name: string, body: () => void): void {
  // A browser on a busy machine may be late with anything; a fault of ours is there each time.
  if (existsSync(executablePath) || process.env['CI']) describe(name, { retry: 2 }, body);
  else
    describe.skip(
      `${name} (skipped: there is no ${executablePath}; apt-get install chromium)`,
      body,
    );
}

export interface OpenOptions {
  readonly theme?: 'light' | 'dark';
  readonly scripts?: boolean;
  readonly width?: number;
  /** Resolves when the page can be used; by default when it shows a step of a run. */
  readonly ready?: (page: Page) => Promise<void>;
}

/**
 * A page, and whatever went wrong in it: errors, refused content, and requests for anything but
 * itself.
 */
export interface Opened {
  readonly page: Page;
  readonly troubles: readonly string[];
}

/** One browser for the tests of a file. */
export function useBrowser(): (url: string, options?: OpenOptions) => Promise<Opened> {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args: flags });
  });
  afterAll(async () => {
    await browser.close();
  });
  return async (
    url,
    { theme = 'light', scripts = true, width = 1280, ready = untilReady } = {},
  ) => {
    const context = await browser.newContext({
      colorScheme: theme,
      javaScriptEnabled: scripts,
      viewport: { width, height: 900 },
    });
    // A page that nothing looks at any more would go on drawing, and asking for its server.
    onTestFinished(() => context.close());
    const page = await context.newPage();
    page.setDefaultTimeout(patienceMs);
    page.setDefaultNavigationTimeout(patienceMs);
    if (scripts) drawAfterKeys(page);
    const troubles: string[] = [];
    const { origin } = new URL(url);
    page.on('pageerror', (error) => troubles.push(error.message));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) troubles.push(message.text());
    });
    page.on('request', (request) => {
      const asked = request.url();
      if (!/^(data|blob):/.test(asked) && new URL(asked).origin !== origin) troubles.push(asked);
    });
    await page.goto(url);
    if (scripts) await ready(page);
    return { page, troubles };
  };
}

/** The rules of axe that the page breaks, with the elements that break them. */
export async function axeViolations(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}

/**
 * The explorer, started in a place as a user does. It ends with the test that starts it; a hook
 * that starts it returns `end`.
 */
export interface Explorer {
  readonly url: string;
  readonly end: () => void;
  readonly process: ChildProcess;
  /** All that it has printed so far. */
  readonly printed: () => string;
  /** The exit code, once it has ended. */
  readonly ended: Promise<number | null>;
}

/** Does it when the test has finished. A hook cannot ask for that, and returns `end`. */
function endWithTest(end: () => void): void {
  try {
    onTestFinished(end);
  } catch {
    // Not inside a test.
  }
}

/** Starts `racewright explore` and waits for the address that it prints. */
export function startExplorer(place: Place, ...words: readonly string[]): Promise<Explorer> {
  return startServer(place, 'explore', ...words);
}

/** Starts a command that serves, and waits for the address that it prints. */
export async function startServer(place: Place, ...words: readonly string[]): Promise<Explorer> {
  const child = spawn(process.execPath, [place.command, ...words], {
    cwd: place.folder,
    env: place.env,
  });
  const end = () => {
    child.kill('SIGKILL');
  };
  endWithTest(end);
  const ended = new Promise<number | null>((resolve) => {
    child.on('exit', (code) => resolve(code));
  });
  let printed = '';
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (data) => {
      printed += String(data);
      const [found] = /http:\S+(?=\n)/.exec(printed) ?? [];
      if (found !== undefined) resolve(found);
    });
    child.stderr.on('data', (data) => {
      printed += String(data);
    });
    child.on('exit', () => reject(new Error(`it ended at once: ${printed}`)));
  });
  return { url, end, process: child, printed: () => printed, ended };
}

/** The page has taken the place of the plain one, and its model has come. */
async function untilReady(page: Page): Promise<void> {
  await page.locator('#card-title').waitFor();
  await page.getByText('The model is being loaded.').waitFor({ state: 'detached' });
}

/**
 * A key is pressed when the page has drawn what it leads to: state, then two frames, then effects.
 */
function drawAfterKeys(page: Page): void {
  const press = page.keyboard.press.bind(page.keyboard);
  page.keyboard.press = async (...words) => {
    await press(...words);
    await page.evaluate(
      'new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(r))))',
    );
  };
}
