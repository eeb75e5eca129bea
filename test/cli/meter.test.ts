import { Writable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { outputsIn } from '../../src/cli/commands/watch.ts';
import { makeMeter } from '../../src/cli/system/meter.ts';

/** A terminal that keeps its input. */
class Terminal extends Writable {
  readonly isTTY = true;
  readonly columns = 80;
  written = '';
  override _write(chunk: Buffer, _: string, done: () => void): void {
    this.written += chunk.toString();
    done();
  }
  cursorTo(): void {}
  clearLine(): void {}
  moveCursor(): void {}
}

test('a meter shows the cursor as often as it hides it, also where it is cleared while it starts', async () => {
  const terminal = new Terminal();
  const meter = makeMeter(terminal as never);
  // Who waits less than half a second sees no meter.
  await setTimeout(600);
  for (let i = 0; i < 20; i++) {
    meter.show(() => `${i}`);
    if (i % 3 === 0) meter.clear();
    meter.show(() => `${i} again`);
    if (i % 2 === 0) await setTimeout(20);
    meter.clear();
  }
  meter.show(() => 'the last');
  await setTimeout(100);
  meter.clear();
  const count = (code: string) => terminal.written.split(`\u001b[?25${code}`).length - 1;
  expect(count('l')).toBeGreaterThan(0);
  expect(count('h')).toBe(count('l'));
});

test('--watch knows the files that a check writes', () => {
  const words = [
    'check',
    'a.ts',
    '--report',
    'json=r/a.json',
    '--report=html=b.html',
    '--report',
    'dot',
    '--ci',
  ];
  expect([...outputsIn(words)].sort()).toEqual(['b.html', 'r/a.json', 'racewright-report']);
});
