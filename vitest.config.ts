import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const report = process.env['RACEWRIGHT_TEST_REPORT'];
const root = fileURLToPath(new URL('.', import.meta.url));

/** The files that take the longest, in this order: one that began last would end alone. */
const longest = [
  'test/explorer/explore.test.ts',
  'test/cli/lost.test.ts',
  'test/cases/cases.test.ts',
  'test/explorer/report-page.test.ts',
  'test/checker/fair-cycles.test.ts',
  'test/scenarios/expectations.test.ts',
  'test/checker/programs/programs.test.ts',
  'test/scenarios/reference.test.ts',
  'test/checker/traps-chains.test.ts',
  'test/cli/exposure.test.ts',
  'test/explorer/explorer-server.test.ts',
  'test/cli/wrong-flags.test.ts',
  'test/cli/wrong-usage.test.ts',
];

/** Files that replace what others see, or that look at objects of Node which others replace. */
const alone = [
  'test/checker/purity.test.ts',
  'test/cli/invocation.test.ts',
  'test/model/guards.test.ts',
  'test/model/mutation/asked.test.ts',
  'test/report/formats/drawings.test.ts',
];

/** A clean checkout has no record of how long each file took. */
class LongestFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId, project }: TestSpecification): number => {
      // A process is used again only for the next file of the same project.
      if (project.name === 'alone') return -1;
      const at = longest.indexOf(relative(root, moduleId));
      return at === -1 ? longest.length : at;
    };
    return Promise.resolve([...files].sort((a, b) => place(a) - place(b)));
  }
}

// biome-ignore lint/style/noDefaultExport: the form that vitest asks for
export default defineConfig({
  resolve: {
    alias: {
      'racewright/async': fileURLToPath(new URL('src/async/index.ts', import.meta.url)),
      'racewright/openstack': fileURLToPath(new URL('src/openstack.ts', import.meta.url)),
      racewright: fileURLToPath(new URL('src/index.ts', import.meta.url)),
    },
  },
  test: {
    // .ci/run counts from this file.
    ...(report === undefined
      ? {}
      : { reporters: ['default', 'json'], outputFile: { json: report } }),
    // A busy machine is slow, and no test is wrong for that. What never ends is ended all the same.
    testTimeout: 1_800_000,
    hookTimeout: 1_800_000,
    expect: { poll: { timeout: 600_000 } },
    // One core would stay idle otherwise.
    maxWorkers: '100%',
    sequence: { sequencer: LongestFirst },
    projects: [
      // A process for each file costs more than most files: it loads the whole of racewright anew.
      {
        extends: true,
        test: {
          name: 'together',
          isolate: false,
          include: ['test/**/*.test.ts', 'examples/**/*.test.ts'],
          exclude: alone,
        },
      },
      {
        extends: true,
        test: {
          name: 'alone',
          include: alone,
          // `npm run types` looks at all files; here only at these, with what they import.
          typecheck: {
            enabled: true,
            include: ['test/**/*.test-d.ts'],
            tsconfig: 'tsconfig.inference.json',
          },
        },
      },
    ],
  },
});
