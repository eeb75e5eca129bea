import { z } from 'zod';
import type { ReportDocument } from './document.ts';
import { simulatedSchema } from './simulated-schema.ts';

// Importing zod takes 50 ms, so this file is loaded only to read a report or to write the schema.

const plain = z.json();
const counted = z.int().min(0);
const verdict = z.enum(['holds', 'violated', 'undecided']);
const stopReason = z.enum([
  'states_max',
  'depth_max',
  'time_max',
  'memory_max',
  'no_memory',
  'first_violation',
  'constraint',
  'symmetry',
  'simulated',
  'error',
  'interrupted',
]);

const world = z
  .looseObject({
    state: z.record(z.string(), plain),
    processes: z.record(
      z.string(),
      z.looseObject({ flow: z.string(), at: z.string(), vars: z.record(z.string(), plain) }),
    ),
    faults: z.record(z.string(), z.number()),
  })
  .meta({
    id: 'World',
    description:
      'A whole state: the fields of the model, the processes, and how often faults may still happen.',
  });

const change = z.looseObject({
  path: z.string().describe('Table, id and fields, joined by dots.'),
  keys: z
    .array(z.string())
    .optional()
    .describe('The parts of the path, where the dots do not tell them.'),
  before: plain.optional().describe('Missing where the step created the entry.'),
  after: plain.optional().describe('Missing where the step deleted the entry.'),
});

const step = z
  .looseObject({
    actor: z
      .string()
      .nullable()
      .describe("A process id, the actor of an action, 'fault', or null for the system."),
    label: z.string(),
    picks: z.record(z.string(), plain),
    changes: z.array(change),
    reads: z.array(z.string()),
    writes: z.array(z.string()),
    fails: z.array(z.string()).optional().describe('Properties that fail after the step.'),
    source: z
      .looseObject({ file: z.string(), line: z.int().min(1), column: z.int().min(1) })
      .optional()
      .describe('Where the model defines the step.'),
  })
  .meta({ id: 'Step' });

const why = z
  .looseObject({
    irrelevant: z.array(counted),
    switches: counted,
    rearranged: z
      .boolean()
      .optional()
      .describe('The search had found the steps in another order, with more switches.'),
    fewestSwitches: z
      .boolean()
      .optional()
      .describe('No counterexample of this length, from the same first state, has fewer.'),
    races: z.array(
      z.looseObject({
        kind: z.enum(['stale_read', 'early_read', 'overwrite']),
        first: z.int().min(1),
        second: z.int().min(1),
        slots: z.array(z.string()),
      }),
    ),
    reasons: z
      .array(
        z.looseObject({
          kind: z.enum([
            'order',
            'without',
            'no_fault',
            'apart',
            'after',
            'schedule',
            'fairness',
            'never_fair',
          ]),
          steps: z.array(z.int().min(1)),
          text: z.string(),
          meaning: z
            .string()
            .describe('Exactly which runs were searched, and what is true of them.'),
          only: z
            .array(z.string())
            .optional()
            .describe('The operations, actions and faults of which the runs consist.'),
          begins: z.array(z.string()).optional().describe('The steps with which the runs begin.'),
        }),
      )
      .optional()
      .describe('Every reason that was decided, the one that speaks of most runs first.'),
    smallest: z
      .looseObject({ parameters: z.record(z.string(), z.number()), steps: counted })
      .optional(),
    sentences: z.array(z.string()),
  })
  .meta({
    id: 'Why',
    description:
      'Why it happened; each reason was decided by a search of every run that it speaks of.',
  });

const trace = z
  .looseObject({
    init: world,
    initIndex: counted,
    fails: z.array(z.string()).optional(),
    steps: z.array(step),
    loopsTo: counted
      .optional()
      .describe('After how many steps the part begins to which the run returns.'),
    stops: z
      .literal(true)
      .optional()
      .describe('The run stops: it stays in its last state for ever.'),
    schedule: z.array(z.string()).describe('The schedule, one entry a step.'),
    why: why.optional(),
  })
  .meta({ id: 'Trace' });

const half = z.looseObject({
  state: z.record(z.string(), plain),
  processes: z.record(
    z.string(),
    z.looseObject({ flow: z.string(), at: z.string(), vars: z.record(z.string(), plain) }),
  ),
});

const property = z.looseObject({
  name: z.string(),
  kind: z.string(),
  verdict,
  stopReason: stopReason.optional(),
  failingPart: z.string().optional(),
  read: z
    .array(
      z.looseObject({
        path: z.string(),
        value: plain.optional().describe('Missing for an entry that is not there.'),
        when: z.enum(['before', 'after']).optional().describe('Of a step: before it or after it.'),
      }),
    )
    .optional()
    .describe('The values that the failing test read.'),
  trace: trace.optional(),
  waits: z
    .array(
      z.looseObject({
        process: z.string(),
        at: z.string().describe('The label at which it stands.'),
        for: z
          .array(z.looseObject({ path: z.string(), holder: z.string() }))
          .describe('Fields that name other processes, with which it cannot go on.'),
      }),
    )
    .optional()
    .describe('Where no end can be reached: the processes that can never take a step again.'),
  abstract: z
    .looseObject({
      before: half.optional().describe('Missing for an initial state.'),
      after: half,
      enabled: z.array(z.string()).describe('The abstract steps from the state before.'),
    })
    .optional()
    .describe('What the last step is in an abstract system that this one does not implement.'),
  others: z.array(z.looseObject({ trace, failingPart: z.string().optional() })).optional(),
});

const graph = z.looseObject({
  states: counted,
  initial: z.array(counted),
  violating: z.array(counted),
  deadlocked: z.array(counted),
  edges: z.array(z.tuple([counted, z.string(), counted])),
});

const parameters = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

const result = z
  .looseObject({
    scenario: z.string(),
    parameters,
    advanced: z
      .array(z.string())
      .optional()
      .describe('Parameters that are not worth naming: at their defaults, and of little interest.'),
    faults: z
      .record(z.string(), z.number())
      .optional()
      .describe(
        "Budgets that were given in place of the scenario's own; the ledger has those of all faults.",
      ),
    file: z.string().optional(),
    exportName: z.string().optional().describe('How that file exports the scenario.'),
    verdict,
    asExpected: z.boolean().nullable(),
    mismatches: z.array(z.string()).optional(),
    complete: z.boolean(),
    stopReason: stopReason.optional(),
    states: counted,
    generated: counted,
    levels: counted,
    seconds: z.number(),
    cached: z
      .literal(true)
      .optional()
      .describe('The result was found before, in so many seconds, and taken from a cache.'),
    simulated: simulatedSchema.optional(),
    properties: z.array(property),
    ledger: z.record(z.string(), z.unknown()),
    warnings: z
      .array(z.string())
      .optional()
      .describe('The ledger in sentences: what weakens the verdict; empty where nothing does.'),
    profile: z.unknown().optional(),
    graph: graph.optional(),
  })
  .meta({ id: 'Result', description: 'One scenario at one point of its parameters.' });

const error = z.looseObject({
  what: z.string(),
  where: z.string().nullable(),
  mend: z.string().nullable(),
});

const broken = error.extend({ scenario: z.string(), parameters });

const example: ReportDocument = {
  format: 'racewright/report',
  version: 2,
  results: [
    {
      scenario: 'withdrawals',
      parameters: { lock: 'yes' },
      file: 'withdraw.ts',
      exportName: 'withdrawals',
      verdict: 'holds',
      asExpected: null,
      complete: true,
      states: 17,
      generated: 17,
      levels: 9,
      seconds: 0.011,
      properties: [
        { name: 'the account is never overdrawn', kind: 'always', verdict: 'holds' },
        { name: 'every run can go on until it is done', kind: 'deadlock', verdict: 'holds' },
      ],
      ledger: { exhaustive: true, statesCut: 0, neverTaken: [] },
      warnings: [],
    },
  ],
};

/** Report files of version 2. Unknown fields pass, because a later version may add some. */
export const reportSchema: z.ZodType<ReportDocument> = z
  .looseObject({
    format: z.literal('racewright/report'),
    version: z.literal(2),
    results: z.array(result),
    error: error
      .optional()
      .describe('What could not be checked at all; of several that could not, the first.'),
    errors: z.array(broken).optional().describe('Every check that could not be done.'),
  })
  .meta({
    title: 'racewright report',
    description: 'What racewright check --json prints, and the source of all its other reports.',
    examples: [example],
  });

/** The JSON Schema of report files (draft 2020-12), which the package publishes. */
export function reportJsonSchema(): object {
  return z.toJSONSchema(reportSchema);
}
