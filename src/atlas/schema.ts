import { z } from 'zod';
import { cellStatuses } from './atlas.ts';

// Loaded only to generate the published schema, and by tests: zod takes 50 ms.

const counted = z.int().min(0);
const status = z.enum(cellStatuses);

const finding = z
  .strictObject({
    property: z.string(),
    configuration: z.string(),
    fault: z.string().nullable().describe('The fault; null where there was none.'),
    steps: counted.describe('Of the shortest counterexample.'),
    class: z.string().nullable().describe('The id of its class; null where it has none.'),
  })
  .describe('A property that is violated, and by no request alone with the same fault.');

const part = z
  .strictObject({
    configuration: z.string(),
    status,
    reason: z.string().optional().describe('The reason of the refusal.'),
    undecidedFaults: z.array(z.string()).optional(),
    states: counted,
    statesWithFaults: counted
      .optional()
      .describe('Missing where the cell was not asked with faults.'),
  })
  .describe('The answer about one configuration.');

const cell = z.strictObject({
  requests: z.array(z.string()).min(1).max(2),
  status,
  hash: z
    .string()
    .describe('Hash of the inputs of the cell: flows, properties, switches, entities.'),
  findings: z.array(finding),
  parts: z.array(part),
});

/** What `atlas --json` prints. */
export const atlasSchema = z.strictObject({
  format: z.literal('racewright/atlas'),
  version: z.literal(1),
  release: z.string(),
  withFaults: z.boolean(),
  classes: z.array(
    z.strictObject({
      id: z.string(),
      kind: z.enum(['known', 'new', 'gap']),
      shownBy: z.string().describe('The scenario that shows the mechanism.'),
      mechanism: z.string(),
    }),
  ),
  alone: z.array(cell),
  pairs: z.array(cell),
});

/** The JSON Schema of what `atlas --json` prints. */
export const atlasJsonSchema = (): object => z.toJSONSchema(atlasSchema);
