import { z } from 'zod';
import { exposureStatuses } from './exposure.ts';

// Loaded only to read the document of `exposure --json`: zod takes 50 ms.

const violated = z.array(z.looseObject({ property: z.string(), steps: z.int().min(0) }));

const cell = z.looseObject({
  release: z.string(),
  status: z.enum(exposureStatuses),
  reason: z.string().exactOptional(),
  violated,
  others: violated,
});

const row = z.looseObject({
  scenario: z.string(),
  about: z.string(),
  setting: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  cells: z.array(cell),
});

/** The parts of `exposure --json` of which a table is made. */
export const exposureSchema = z.looseObject({
  releases: z.array(z.string()),
  races: z.array(row),
});
