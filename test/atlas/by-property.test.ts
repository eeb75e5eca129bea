import { expect, test } from 'vitest';
import { byProperty } from '../../src/atlas/by-property.ts';

test('findings about one property stand together, with the shortest counterexample and each fault once', () => {
  const finding = (property: string, steps: number, fault: 'rest-500' | null) => ({
    property,
    steps,
    fault,
    configuration: 'same',
  });
  const all = [finding('a', 9, null), finding('b', 4, 'rest-500'), finding('a', 5, 'rest-500')];
  expect(byProperty([...all, finding('a', 7, 'rest-500')])).toMatchObject([
    { property: 'a', steps: 5, faults: ['rest-500'] },
    { property: 'b', steps: 4, faults: ['rest-500'] },
  ]);
});
