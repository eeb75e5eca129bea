/**
 * A file with a package, whose scenarios hold, are violated, are broken and are refused at their
 * points.
 */
export const countFiles = {
  'count.ts': `import { choice, spec } from 'racewright';
import { start } from 'starts';
const counting = spec<{ n: number }>();
export const counts = counting.scenario({
  name: 'counts',
  about: 'Counts.',
  parameters: { most: choice([3, 4, 5, 6]), by: choice([1, 2]) },
  refuses: ({ most, by }) => (most === 5 && by === 2 ? 'five is odd' : undefined),
  expect: [
    { given: { most: 3 } },
    { given: { most: 5 }, violates: { 'at most 4': 5 } },
    { given: { most: 6 } },
    { given: { most: 4 }, states: 5 },
    { given: { most: 4, by: 2 }, states: 9 },
  ],
  system: ({ most, by }) => ({
    init: () => ({ n: start }),
    final: 'anywhere',
    actions: [counting.action({
      name: 'count', when: ({ n }) => n < most,
      do: (state) => {
        if (most === 6 && state.n === 3) throw new Error('broken at three');
        state.n += by;
      } })],
    properties: [counting.always('at most 4', ({ n }) => n <= 4)],
  }),
});`,
  'node_modules/starts/package.json': '{ "name": "starts", "type": "module", "main": "index.js" }',
  'node_modules/starts/index.js': 'export const start = 0;',
};
