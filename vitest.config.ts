import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const report = process.env['RACEWRIGHT_TEST_REPORT'];

// biome-ignore lint/style/noDefaultExport: the form that vitest asks for
export default defineConfig({
  resolve: {
    alias: { racewright: fileURLToPath(new URL('src/index.ts', import.meta.url)) },
  },
  test: {
    // .ci/run counts from this file.
    ...(report === undefined
      ? {}
      : { reporters: ['default', 'json'], outputFile: { json: report } }),
    include: ['test/**/*.test.ts'],
    // A busy machine is slow, and no test is wrong for that. What never ends is ended all the same.
    testTimeout: 1_800_000,
    hookTimeout: 1_800_000,
    expect: { poll: { timeout: 600_000 } },
    // One core would stay idle otherwise.
    maxWorkers: '100%',
    typecheck: { enabled: true, include: ['test/**/*.test-d.ts'], ignoreSourceErrors: true },
  },
});
