import { describe, expect, test } from 'vitest';
import { explainResult } from '../../src/cli/searching/explain-result.ts';
import { check, type Scenario } from '../../src/index.ts';
import { resultLines } from '../../src/report/result-text.ts';
import { plainPaint } from '../../src/report/text-style.ts';
import { builtIn } from './documents.ts';

/** The text of a check with --why, at 80 columns. */
function explained(scenario: Scenario, point: { readonly [name: string]: string } = {}): string {
  const result = check(scenario, { parameters: point });
  const job = { scenario, requestedName: scenario.name, point: result.parameters };
  const wanted = { faults: undefined, graph: false, areShortest: true };
  const timed = explainResult(job, { result, seconds: 0 }, wanted);
  const context = {
    shown: point,
    seconds: 0,
    why: timed.extras?.why,
    expectedViolations: undefined,
    replayCommand: ['racewright', 'replay', scenario.name],
    next: [],
  };
  return resultLines(timed.result, context, { width: 80, paint: plainPaint }).join('\n');
}

describe('a counterexample with its reasons', () => {
  test('a counterexample with its reasons shows every step that they name, and how to replay it', async () => {
    const text = explained(await builtIn('bug-2048837'), { release: '2025.2' });
    const [, ...blocks] = text.split(/^ {2}VIOLATED /m);
    expect(blocks.length).toBeGreaterThan(1);
    for (const block of blocks) {
      const [steps = '', rest = ''] = block.split(/^ {2}why:$/m);
      const [reasons = ''] = rest.split(/^ {2}to replay it:$/m);
      const named = reasons.replace(/\s+/g, ' ').matchAll(/(\S+) \(step (\d+)\)/g);
      for (const [, word = '', number] of named) {
        expect(steps).toMatch(
          new RegExp(`^[ ✗]+${number} +${word.replace(/[.[\]]/g, '\\$&')}`, 'm'),
        );
      }
      expect(block).toContain('to replay it:');
    }
  });

  test('a counterexample with its reasons says that it has fewer switches than without them, where it does', async () => {
    const seedRace = await builtIn('seed-race');
    expect(explained(seedRace)).toMatch(/reordered\s+to\s+switch\s+less/);
    // One process after the other is the only way.
    expect(explained(seedRace, { lock: 'both' })).not.toMatch(/reordered\s+to\s+switch\s+less/);
  });
});
