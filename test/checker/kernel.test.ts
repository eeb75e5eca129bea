import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { Arena } from '../../src/checker/kernel/arena.ts';
import { Search, spec } from '../../src/index.ts';
import { twoPhaseCommit } from '../oracles/two-phase-commit.ts';

const parameters = { rms: 5 };

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('the kernel in WebAssembly', () => {
  test('the kernel in WebAssembly equals its compiled source', () => {
    const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
    const compiled = execFileSync('node', [at('scripts/build-kernel.mjs'), '--print']);
    expect(readFileSync(at('src/checker/kernel/code.ts'), 'utf8')).toBe(compiled.toString());
  });

  test('the kernel in WebAssembly expands nine in ten states of two-phase commit', () => {
    const search = new Search(twoPhaseCommit, { parameters: { rms: 6 } }).run();
    expect(search.underWay.counters.kernel.states).toBeGreaterThan(0.9 * search.progress().states);
  });

  test('the search does not call the kernel where a property stops it, where it needs each edge, or depth first', () => {
    for (const options of [
      { stopAtViolation: true },
      { depthMax: 50 },
      { order: 'depth_first' },
      { memo: 'off' },
      { lookups: 'all' },
    ] as const) {
      const search = new Search(twoPhaseCommit, { parameters, kernel: { from: 0 }, ...options });
      expect(search.run().underWay.counters.kernel.states).toBe(0);
    }
  });

  test('JavaScript replaces the kernel where there is no WebAssembly, and the ledger says so once', () => {
    const {
      ledger: _,
      cost: __,
      ...known
    } = new Search(twoPhaseCommit, { parameters }).run().result();
    vi.stubGlobal('WebAssembly', undefined);
    const {
      ledger,
      cost: ___,
      ...result
    } = new Search(twoPhaseCommit, { parameters }).run().result();
    expect(ledger.withoutKernel).toMatch(/^the kernel in WebAssembly was not used to the end: /);
    expect(result).toEqual(known);
  });
});

/**
 * Up to n = 2 a run can fall into a loop of two states from which n = 8 is out of reach. The step
 * that closes the loop leads to a new state where it is taken first, so that only the kernel, which
 * takes it again, comes back to a state of an earlier level. Guards read no more than they need.
 */
function trap() {
  const model = spec<{ n: number; p: number; q: number; r: number }>();
  return model.scenario({
    name: 'trap',
    about: 'A count that a loop can stop for ever.',
    system: () => ({
      init: () => ({ n: 0, p: 1, q: 0, r: 0 }),
      actions: [
        model.action({
          actor: 'counter',
          name: 'count',
          when: (s) => s.q === 0 && s.n < 8,
          do: (s) => {
            s.n += 1;
          },
        }),
        model.action({
          actor: 'p',
          name: 'lower',
          when: (s) => s.p === 1 && s.n < 3,
          do: (s) => {
            s.p = 0;
          },
        }),
        model.action({
          actor: 'p',
          name: 'raise',
          when: (s) => s.p === 0 && s.q === 1,
          do: (s) => {
            s.p = 1;
          },
        }),
        model.action({
          actor: 'q',
          name: 'fall',
          when: (s) => s.p === 0 && s.q === 0 && s.n < 3,
          do: (s) => {
            s.q = 1;
          },
        }),
        // Repeats what the others do in further states, in which the kernel knows it.
        model.action({
          actor: 'r',
          name: 'rise',
          when: ({ r }) => r < 7,
          do: (s) => {
            s.r += 1;
          },
        }),
      ],
      final: ({ n }) => n === 8,
      properties: [],
    }),
  });
}

test('an end stays in reach through a loop that only the kernel closes', () => {
  const search = new Search(trap(), { kernel: { from: 0, runMin: 0 } }).run();
  expect(search.underWay.counters.kernel.states).toBeGreaterThan(0);
  expect(search.result().properties).toMatchObject([{ verdict: 'violated' }]);
});

describe('regions of an arena', () => {
  const change = fc.record({ region: fc.nat(3), length: fc.integer({ min: 1, max: 70_000 }) });

  test('regions of an arena keep their words, followed by zeros, when others grow', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 12 }), (changes) => {
        const arena = new Arena();
        const regions = [0, 1, 2, 3].map(() => arena.region(16));
        const plain = regions.map(() => [] as number[]);
        for (const [i, { region, length }] of changes.entries()) {
          regions[region]?.reserve(length);
          // Each word is written at most once, so that a word that is lost is seen.
          const at = plain[region]?.length ?? 0;
          const { words } = regions[region] as { words: Int32Array };
          if (at >= words.length) continue;
          words[at] = i + 1;
          plain[region]?.push(i + 1);
        }
        for (const [i, { words }] of regions.entries()) {
          const written = plain[i] as number[];
          expect([...words.subarray(0, written.length)]).toEqual(written);
          expect(words.subarray(written.length).every((word) => word === 0)).toBe(true);
        }
      }),
    );
  });

  test('regions of an arena do not grow beyond the pages that they may have', () => {
    const region = new Arena(2).region(16);
    expect(() => region.reserve(1 << 16)).toThrow(RangeError);
    expect(region.length).toBe(16);
  });
});

test('the kernel judges nine in ten new states of two-phase commit', () => {
  const search = new Search(twoPhaseCommit, { parameters: { rms: 7 } }).run();
  const { states, judged } = search.underWay.counters.kernel;
  expect(judged).toBeLessThan(0.1 * states);
});
