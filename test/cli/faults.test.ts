import { expect, test } from 'vitest';
import { makePlace } from './run.ts';

const { run, write } = makePlace();
write({
  'lossy.ts': `
import { choice, spec } from 'racewright';
const net = spec<{ lost: number }>();
export const lossy = net.scenario({
  name: 'lossy',
  about: 'Messages are lost.',
  parameters: { most: choice([1, 2]) },
  expect: [{ violates: {} }],
  system: ({ most }) => ({
    init: () => ({ lost: 0 }),
    faults: [net.fault({ name: 'loss', do: (s) => { s.lost += 1; } })],
    properties: [net.always('not too many are lost', ({ lost }) => lost <= most)],
    final: 'anywhere',
  }),
});`,
});

/** The first line that a command prints. */
const title = (...words: readonly string[]): string | undefined =>
  run(...words)
    .split('\n')[1]
    ?.trim();

test('given budgets stand in the title of every output', () => {
  expect(title('check', 'lossy.ts', '--faults', 'loss=2')).toBe('lossy  most=1 --faults loss=2');
  expect(title('check', 'lossy.ts', '--all', '--faults', 'loss=2')).toBe(
    '? violated          3 states  lossy --faults loss=2',
  );
  expect(title('replay', 'lossy.ts', '--faults', 'loss=2')).toBe('lossy  most=1 --faults loss=2');
  expect(title('matrix', 'lossy.ts', '--faults', 'loss=2')).toBe('lossy  --faults loss=2');
  expect(title('check', 'lossy.ts')).toBe('lossy  most=1');
});

test('a document has the given budgets, with or without a report beside it', () => {
  const faultsIn = (...words: readonly string[]): unknown => {
    const output = run('check', 'lossy.ts', '--json', ...words);
    const [result] = JSON.parse(output.slice(output.indexOf('{'), -6)).results;
    return [result.faults, result.ledger.faultBudgets];
  };
  expect(faultsIn()).toEqual([undefined, { loss: 1 }]);
  expect(faultsIn('--faults', 'loss=2')).toEqual([{ loss: 2 }, { loss: 2 }]);
  expect(faultsIn('--faults', 'loss=0', '--why')).toEqual([{ loss: 0 }, { loss: 0 }]);
});
