import { expect, test } from 'vitest';
import { candidateNumbers, candidates } from '../../src/scenarios/candidates/index.ts';
import { scenarioNameOf } from '../../src/scenarios/index.ts';

test('each candidate has the number with which its description begins', async () => {
  const numbers = Object.entries(candidates).map(async ([name, load]) => {
    const { about } = await load();
    return [/^(D\d+): /.exec(about)?.[1]?.toLowerCase(), name];
  });
  expect(Object.fromEntries(await Promise.all(numbers))).toEqual(candidateNumbers);
});

test('a candidate is found by its name and by its number', () => {
  const words = ['wrong-host-counted', 'd12', 'D12', 'candidate-d12'];
  expect(words.map(scenarioNameOf)).toEqual(words.map(() => 'wrong-host-counted'));
});

test('a number that no candidate has finds no scenario', () => {
  expect(['d2', 'candidate-d99', 'd', '12'].map(scenarioNameOf)).toEqual(Array(4).fill(undefined));
});
