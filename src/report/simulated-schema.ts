import { z } from 'zod';

const counted = z.int().min(0);

const coverage = z.looseObject({
  visited: counted.describe('States that runs visited.'),
  judged: counted.describe('Those, and successors that no run went to.'),
  transitions: counted,
  labels: counted,
  labelsKnown: counted,
  exact: z
    .looseObject({
      states: counted,
      transitions: counted,
      labels: counted,
      missed: z.array(z.string()),
    })
    .optional()
    .describe('What an exhaustive search found, where one ended within its budget.'),
  atLeast: z
    .looseObject({ states: counted, once: counted, twice: counted })
    .optional()
    .describe('A lower bound for the number of reachable states.'),
  discovery: z
    .tuple([z.number(), z.number(), z.number(), z.number()])
    .describe('New states for each step, in each quarter of all steps.'),
  rarest: z.array(z.looseObject({ label: z.string(), times: counted })),
});

/** What a simulation did and saw. */
export const simulatedSchema = z
  .looseObject({
    strategy: z.enum(['random', 'pct']),
    seed: counted,
    runs: counted,
    steps: counted,
    depthMax: z.int().min(1),
    runsCut: counted,
    longestRun: counted,
    coverage,
    parts: counted
      .optional()
      .describe('How often states were kept from the beginning. The first ones are covered.'),
    pct: z
      .looseObject({
        depth: z.int().min(1),
        actors: counted,
        steps: z.int().min(1),
        probability: z.number(),
        runs: counted,
        runsLonger: counted,
      })
      .optional(),
    found: z.record(
      z.string(),
      z.looseObject({
        run: counted.optional(),
        steps: counted.optional(),
        causal: counted.optional(),
        minimal: z.enum(['shortest', 'locally', 'no']),
      }),
    ),
  })
  .meta({ id: 'Simulated', description: 'What a simulation did, and how much it saw.' });
