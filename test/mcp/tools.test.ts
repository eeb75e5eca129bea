import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { boundedBuffer } from '../../examples/bounded-buffer.ts';
import { withdrawals } from '../../examples/withdraw.ts';
import { check } from '../../src/checker/check.ts';
import type { Scenario } from '../../src/spec/scenario.ts';
import { makeAgent } from './agent.ts';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const { client, call } = makeAgent({
  'withdraw.ts': read('../../examples/withdraw.ts'),
  'buffer.ts': read('../../examples/bounded-buffer.ts'),
});
const place = { scenario: 'withdraw.ts', seconds: 30 };
const overdrawn = 'the account is never overdrawn';

test('the server lists five tools, and each of them requires a time budget', async () => {
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name)).toEqual([
    'validate',
    'check',
    'why',
    'replay',
    'explore_from',
  ]);
  for (const { inputSchema } of tools) {
    expect(inputSchema.required).toContain('seconds');
    expect(inputSchema['additionalProperties']).toBe(false);
  }
});

test('validate names what a file has, and what to call next', async () => {
  const { reply } = await call('validate', place);
  expect(reply).toMatchObject({
    valid: true,
    scenarios: [
      {
        scenario: 'withdraw.ts',
        parameters: { lock: { values: ['no', 'yes'], default: 'no' } },
        processes: ['ann: withdraw', 'bob: withdraw'],
        properties: [`always ${overdrawn}`],
        enabledFirst: ['ann.lock', 'bob.lock'],
      },
    ],
    next: { tool: 'check', arguments: place },
  });
});

test('check names the verdict, the failing property, a reason, and the shortest trace', async () => {
  const { reply, isError } = await call('check', place);
  expect(isError).toBe(false);
  expect(reply).toMatchObject({
    verdict: 'violated',
    asExpected: null,
    holds: ['every run can go on until it is done'],
    violated: [overdrawn],
    search: { states: 37, complete: true },
    warnings: [],
    next: { tool: 'why' },
  });
  const [violation] = reply['violations'] as readonly Record<string, string[]>[];
  expect(violation).toMatchObject({ property: overdrawn, steps: 6 });
  expect(violation?.['reasons']?.[0]).toMatch(/in every run with step \d before step \d/);
  expect(violation?.['trace']?.at(-1)).toMatch(/^6\. (ann|bob)\.withdraw {2}balance: 0 → -1$/);
});

test('check says of each point what the checker says, and what the scenario expects', async () => {
  const { reply } = await call('check', { ...place, parameters: { lock: ['no', 'yes'] } });
  const rows = reply['rows'] as readonly Record<string, unknown>[];
  const known = (['no', 'yes'] as const).map((lock) => {
    const { verdict, states } = check(withdrawals as Scenario, { parameters: { lock } });
    return { at: { lock }, verdict, states };
  });
  expect(rows).toMatchObject(known);
  expect(reply).toMatchObject({ points: 2, holds: 1, violated: 1, asExpected: null });
  const expected = await call('check', { scenario: 'buffer.ts', expected: true, seconds: 60 });
  const points = boundedBuffer.expect.length;
  expect(expected.reply).toMatchObject({ points, unchecked: 0, broken: 0, asExpected: true });
});

test('a client that follows the next call of each reply reaches the end of a run', async () => {
  let next: unknown = { tool: 'validate', arguments: place };
  const called: string[] = [];
  for (let i = 0; i < 12; i++) {
    const { tool, arguments: given } = next as { tool?: string; arguments?: object };
    if (tool === undefined) break;
    called.push(tool);
    const { reply, isError } = await call(tool, given ?? {});
    expect(isError).toBe(false);
    next = reply['next'];
  }
  const steps = Array.from({ length: 4 }, () => 'explore_from');
  expect(called).toEqual(['validate', 'check', 'why', ...steps]);
  expect(next).toEqual({ because: 'nothing is enabled: the run ends here' });
});

test('replay and explore_from follow a schedule, and a counterexample by its property', async () => {
  const schedule = ['ann.lock', 'ann.read', 'bob.lock'];
  const { reply } = await call('replay', { ...place, schedule });
  expect(reply).toMatchObject({
    steps: 3,
    violated: [],
    enabledNext: ['ann.withdraw', 'bob.read'],
  });
  await call('check', place);
  const whole = await call('replay', { ...place, counterexample: overdrawn });
  expect(whole.reply).toMatchObject({ violated: [{ property: overdrawn, afterStep: 6 }] });
  const before = await call('explore_from', { ...place, counterexample: overdrawn, steps: 5 });
  expect(before.reply['violatedHere']).toEqual([]);
  expect(before.reply['enabled']).toContainEqual({
    entry: expect.stringMatching(/^(ann|bob)\.withdraw$/),
    changes: 'balance: 0 → -1',
    violates: [overdrawn],
  });
});
