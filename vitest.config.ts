import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// biome-ignore lint/style/noDefaultExport: the form that vitest asks for
export default defineConfig({
  resolve: {
    alias: { racewright: fileURLToPath(new URL('src/index.ts', import.meta.url)) },
  },
  test: { include: ['test/**/*.test.ts'], testTimeout: 120_000 },
});
