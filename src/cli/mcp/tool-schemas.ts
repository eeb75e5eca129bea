import { z } from 'zod';

/** The longest budget of a call, in seconds. */
const secondsMax = 600;
/** The longest schedule that is followed. */
const entriesMax = 10_000;

const scenario = z
  .string()
  .min(1)
  .max(4096)
  .describe(
    "A TypeScript file (lock.ts, or lock.ts:name for one of several scenarios), or a name that 'racewright list' prints.",
  );
const seconds = z
  .number()
  .positive()
  .max(secondsMax)
  .describe('The time budget of this call, in seconds. The call is stopped when it is used up.');
const scalar = z.union([z.string(), z.number(), z.boolean()]);
const parameters = z
  .record(z.string(), scalar)
  .optional()
  .describe('A value for some parameters of the scenario; the others have their defaults.');
const faults = z
  .record(z.string(), z.int().min(0))
  .optional()
  .describe("How often faults may happen, by name, in place of the scenario's own budgets.");
const schedule = z
  .array(z.string().max(4096))
  .max(entriesMax)
  .optional()
  .describe('Schedule entries as replies print them, one a step; empty for the initial state.');
const init = z
  .int()
  .min(0)
  .optional()
  .describe('The number of the initial state among several, from 0.');
const found = z
  .string()
  .optional()
  .describe(
    'In place of a schedule: follow the counterexample of this property that the last check or why of this scenario, at this point, has found.',
  );

/** What each tool takes. A field that a tool does not know is refused. */
export const toolSchemas = {
  validate: z.strictObject({ scenario, seconds }),
  check: z.strictObject({
    scenario,
    seconds,
    parameters: z
      .record(z.string(), z.union([scalar, z.array(scalar).min(1).max(1000)]))
      .optional()
      .describe(
        'A value, or a list of values, for some parameters; every combination is checked. The others have their defaults.',
      ),
    expected: z
      .boolean()
      .optional()
      .describe('True to check every point for which the scenario states an expectation.'),
    faults,
    states: z.int().min(1).optional().describe('Stop beyond this many states: undecided.'),
    depth: z.int().min(1).optional().describe('Look no deeper than this many steps: undecided.'),
  }),
  why: z.strictObject({
    scenario,
    seconds,
    parameters,
    faults,
    property: z
      .string()
      .optional()
      .describe('The violated property to explain; the first one when left out.'),
  }),
  replay: z.strictObject({
    scenario,
    seconds,
    parameters,
    faults,
    schedule,
    counterexample: found,
    init,
    repeatFrom: z
      .int()
      .min(1)
      .optional()
      .describe('Repeat the steps from this one (from 1) on for ever.'),
    stop: z.boolean().optional().describe('True for a run that stops after its last step.'),
  }),
  explore_from: z.strictObject({
    scenario,
    seconds,
    parameters,
    faults,
    schedule,
    counterexample: found,
    init,
    steps: z
      .int()
      .min(0)
      .optional()
      .describe('Go only so many steps along the schedule or the counterexample.'),
  }),
} as const;

export type ToolName = keyof typeof toolSchemas;
/** The arguments of a tool, after they were validated. */
export type ToolArguments<N extends ToolName> = z.infer<(typeof toolSchemas)[N]>;

/** What a client reads about each tool. */
export const toolTexts: { readonly [name in ToolName]: string } = {
  validate:
    'Load a file and build each of its scenarios: names, parameters, processes, faults, properties, and what is enabled first. Begin here after each edit.',
  check:
    'Visit every reachable state of a scenario. The reply has the verdict of each property, the shortest counterexample with its reasons, what the verdict rests on, and the next call.',
  why: 'Explain a counterexample: which order, pick, fault or fairness the violation needs. Each reason was decided by a search of every run that it speaks of.',
  replay:
    'Follow a schedule, or a counterexample that was found: what each step changes, which properties the run violates, what is enabled next.',
  explore_from:
    'The state at the end of a schedule, and each step that is enabled there with what it changes and which properties then fail.',
};
