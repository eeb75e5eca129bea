import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makePlace } from '../cli/run.ts';

describe('the graph command', () => {
  const place = makePlace();

  test('the graph command draws every state once, and says how many there are', () => {
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

  test('the graph command colours the violating states of a picture', () => {
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

  test('the graph command draws the states that given faults lead to, into a folder that it makes', () => {
    place.write({
      'lossy.ts': `
import { spec } from 'racewright';
const net = spec<{ lost: number }>();
export const lossy = net.scenario({
  name: 'lossy',
  about: 'Messages are lost.',
  system: () => ({
    init: () => ({ lost: 0 }),
    faults: [net.fault({ name: 'loss', do: (s) => { s.lost += 1; } })],
    properties: [net.always('at most two are lost', ({ lost }) => lost < 3)],
    final: 'anywhere',
  }),
});`,
    });
    const legend = (...words: readonly string[]) =>
      /(\d+) states, (\d+) steps.* (\d+) violating/.exec(place.run('graph', 'lossy.ts', ...words));
    expect(legend('-o', 'new/folder/g.dot')?.slice(1)).toEqual(['2', '1', '0']);
    expect(readFileSync(join(place.folder, 'new/folder/g.dot'), 'utf8')).toContain('digraph');
    expect(legend('--faults', 'loss=4')?.slice(1)).toEqual(['5', '4', '2']);
    expect(legend('--faults', 'loss=4', '--around')?.slice(1)).toEqual(['5', '4', '2']);
  });

  test('the graph command says that a space is too large, and offers the neighbourhood of the counterexample', () => {
    expect(place.run('graph', 'shared-connection')).toMatchInlineSnapshot(`
      "$ racewright graph shared-connection
      on stderr:
      error: scenario 'shared-connection' has more than 500 states at this point, which is too large to draw
        Give --around to draw the states around the first counterexample, or smaller parameters with --set.

      exit 2"
    `);
    expect(
      place.run('graph', 'shared-connection', '--around', '-o', 'g.dot'),
    ).toMatchInlineSnapshot(`
      "$ racewright graph shared-connection --around -o g.dot
      on stderr:
      the counterexample and one step around it: 100 states, 99 steps; 1 initial (bold rim); 4 violating (red); 0 deadlocked (orange)

      exit 0"
    `);
    expect(
      place.run('graph', 'seed-race', '--around', '--set', 'lock=both'),
    ).toMatchInlineSnapshot(`
      "$ racewright graph seed-race --around --set lock=both
      on stderr:
      error: scenario 'seed-race' has no counterexample at this point, so there is no neighbourhood to draw
        Leave --around out, or set other parameters.

      exit 2"
    `);
  });
});
