import { expect, test } from 'vitest';
import { explore, scheduleDiagram } from '../../src/async/index.ts';
import { withdrawTwice } from './bodies.ts';

const { failing } = await explore(withdrawTwice);
const [first] = failing;
if (first === undefined) throw new Error('no schedule fails');

test('a failing schedule is drawn with a lane for each task, and its answers', () => {
  expect(scheduleDiagram(first, 'mermaid')).toBe(
    [
      'sequenceDiagram',
      '  participant p1 as ann',
      '  participant p2 as bob',
      '  p1->>p1: 1 start',
      '  p1->>p1: 2 read (answer=1)',
      '  p2->>p2: 3 start',
      '  p2->>p2: 4 read (answer=1)',
      '  p2->>p2: 5 write',
      '  rect rgba(220, 50, 47, 0.25)',
      '  p1->>p1: 6 write',
      '  end',
      '  Note over p1: ✗ one coin was paid 2 times',
      '',
    ].join('\n'),
  );
});

test('a failing schedule is drawn as an SVG, and in no other format', () => {
  const svg = scheduleDiagram(first, 'svg');
  expect(svg).toMatch(/^<svg/);
  for (const text of ['ann', 'bob', 'one coin was paid 2 times']) expect(svg).toContain(text);
  expect(() => scheduleDiagram(first, 'png' as never)).toThrow("there is no format 'png'");
});
