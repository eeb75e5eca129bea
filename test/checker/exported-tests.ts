import { expect } from 'vitest';
import { isScenario, judgeRun, type Scenario } from '../../src/index.ts';

/**
 * The tests of an exported file, each to be run in this process, with another scenario in place of
 * what the file imports. What is imported is not looked for: `runTests` of the tests of the format
 * runs such files as Vitest does.
 */
export function testsIn(text: string, scenario: Scenario): readonly (() => 'failed' | 'passed')[] {
  const body = text.replace(/^import .*$/gm, '');
  const names = ['isScenario', 'judgeRun', 'expect', 'test', 'file1'];
  const bodies: (() => void)[] = [];
  const test = (_name: string, run: () => void) => bodies.push(run);
  new Function(...names, body)(isScenario, judgeRun, expect, test, { scenario });
  return bodies.map((run) => () => {
    try {
      run();
      return 'passed';
    } catch (error) {
      // An assertion that fails; anything else is a mistake in the test.
      if (error instanceof Error && error.name === 'AssertionError') return 'failed';
      throw error;
    }
  });
}
