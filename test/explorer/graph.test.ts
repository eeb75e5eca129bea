import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makePlace } from '../cli/run.ts';

describe('the graph command', () => {
  const place = makePlace();

  test('draws every state once, and says how many there are', () => {
    expect(
      place.run('graph', 'seed-race', '--set', 'lock=both', '-o', 'g.dot'),
    ).toMatchInlineSnapshot(`
      "$ racewright graph seed-race --set lock=both -o g.dot
      on stderr:
      all: 16 states, 16 steps; 1 initial (bold rim); 0 violating (red); 0 deadlocked (orange)

      exit 0"
    `);
    const dot = readFileSync(join(place.folder, 'g.dot'), 'utf8');
    expect(dot.match(/^ {2}"s\d+" \[/gm)).toHaveLength(16);
    expect(dot.match(/^ {2}"s\d+" -> "s\d+"/gm)).toHaveLength(16);
  });

  test('colours the violating states of a picture', () => {
    expect(place.run('graph', 'seed-race', '--svg', '-o', 'g.svg')).toMatchInlineSnapshot(`
      "$ racewright graph seed-race --svg -o g.svg
      on stderr:
      all: 36 states, 55 steps; 1 initial (bold rim); 2 violating (red); 0 deadlocked (orange)

      exit 0"
    `);
    const svg = readFileSync(join(place.folder, 'g.svg'), 'utf8');
    expect(svg.match(/<g id="node\d+" class="node">/g)).toHaveLength(36);
    expect(svg.match(/<ellipse fill="#dc322f"/g)).toHaveLength(2);
  });

  test('says that a space is too large, and offers the neighbourhood of the counterexample', () => {
    expect(place.run('graph', 'shared-connection')).toMatchInlineSnapshot(`
      "$ racewright graph shared-connection
      on stderr:
      error: scenario 'shared-connection' has more than 500 states here, which is too large to draw
        Say --around to draw the states around the first counterexample, or take smaller parameters with --set.

      exit 2"
    `);
    expect(
      place.run('graph', 'shared-connection', '--around', '-o', 'g.dot'),
    ).toMatchInlineSnapshot(`
      "$ racewright graph shared-connection --around -o g.dot
      on stderr:
      the counterexample and one step around it: 79 states, 78 steps; 1 initial (bold rim); 3 violating (red); 0 deadlocked (orange)

      exit 0"
    `);
    expect(
      place.run('graph', 'seed-race', '--around', '--set', 'lock=both'),
    ).toMatchInlineSnapshot(`
      "$ racewright graph seed-race --around --set lock=both
      on stderr:
      error: scenario 'seed-race' has no counterexample here to draw the neighbourhood of
        Leave --around out, or set other parameters.

      exit 2"
    `);
  });
});
