import fc from 'fast-check';
import { expect, test } from 'vitest';
import { explore } from '../../src/async/index.ts';
import { bodyOf, bruteForce, type Instruction, type Program } from './programs.ts';

const cell = fc.constantFrom('a', 'b', 'c');
const instruction: fc.Arbitrary<Instruction> = fc.oneof(
  fc.record({ kind: fc.constant('read' as const), cell }),
  fc.record({ kind: fc.constant('write' as const), cell, n: fc.nat({ max: 9 }) }),
  fc.record({ kind: fc.constant('bump' as const), cell, n: fc.nat({ max: 9 }) }),
);
const two = (most: number) => fc.array(instruction, { minLength: 1, maxLength: most });
const program: fc.Arbitrary<Program> = fc.oneof(
  fc.record({ ann: two(4), bob: two(4) }),
  fc.record({ ann: two(2), bob: two(2), cat: two(2) }),
);

async function outcomes(one: Program, declaresKeys: boolean) {
  const found = new Set<string>();
  const { ledger, verdict } = await explore(bodyOf(one, declaresKeys, (each) => found.add(each)));
  return { found, ledger, verdict };
}

test('200 random programs have the outcomes of brute force, with and without keys', async () => {
  await fc.assert(
    fc.asyncProperty(program, async (one) => {
      const known = bruteForce(one);
      const [plain, reduced] = [await outcomes(one, false), await outcomes(one, true)];
      expect(plain.found).toEqual(known);
      expect(reduced.found).toEqual(known);
      expect([plain.verdict, reduced.verdict]).toEqual(['holds', 'holds']);
      expect(reduced.ledger.schedules).toBeLessThanOrEqual(plain.ledger.schedules);
    }),
    { numRuns: 200 },
  );
});
