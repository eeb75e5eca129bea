import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { invocation } from '../../src/cli/arguments/invocation.ts';
import { makePlace } from './run.ts';

const { folder } = makePlace();
const bin = join(folder, 'node_modules', '.bin', 'racewright');
mkdirSync(join(folder, 'node_modules', '.bin'), { recursive: true });
mkdirSync(join(folder, 'models', 'small'), { recursive: true });
writeFileSync(bin, '');

afterEach(() => vi.restoreAllMocks());

test.each(['', 'models', 'models/small'])(
  'a command that npx started suggests npx again, in the folder of the package or below (%s)',
  (below) => {
    vi.spyOn(process, 'cwd').mockReturnValue(join(folder, below));
    expect(invocation(bin)).toEqual(['npx', 'racewright']);
  },
);

test('a command suggests no npx where it would not find the package', () => {
  vi.spyOn(process, 'cwd').mockReturnValue('/');
  expect(invocation(bin)).toEqual([bin.slice(1)]);
});
