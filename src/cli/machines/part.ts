import { createHash } from 'node:crypto';
import { z } from 'zod';
import { parseJson } from '../../report/read-report.ts';
import type { SpecProblem } from '../../spec/spec-error.ts';
import { CliUsageError } from '../arguments/cli-usage-error.ts';
import type { Shard } from '../arguments/shard.ts';
import type { Maker } from './maker.ts';
import type { Plan } from './plan.ts';

/** What one of several machines has computed of a command. */
export interface Part {
  readonly format: 'racewright/part';
  readonly version: 1;
  readonly shard: Shard;
  /** The command without `--shard`. */
  readonly words: readonly string[];
  readonly maker: Maker;
  readonly models: readonly { readonly file: string; readonly hash: string }[];
  /** How many tasks the whole command has, and a hash of them. */
  readonly tasks: { readonly count: number; readonly hash: string };
  readonly answers: readonly PartAnswer[];
  /** Errors that belong to no answer. */
  readonly problems: readonly SpecProblem[];
}

/** The answer of one task, counted from 0. `data` is of `packed`. */
export interface PartAnswer {
  readonly task: number;
  readonly about: string;
  readonly data: string;
}

const maker = z.object({
  racewright: z.string(),
  code: z.string(),
  node: z.string(),
  locale: z.string(),
  timeZone: z.string(),
});
const whole = z.int().min(0);
const schema = z.object({
  format: z.literal('racewright/part'),
  version: z.literal(1),
  shard: z.object({ part: whole.min(1), of: whole.min(1) }),
  words: z.array(z.string()).min(1),
  maker,
  models: z.array(z.object({ file: z.string(), hash: z.string() })),
  tasks: z.object({ count: whole, hash: z.string() }),
  answers: z.array(z.object({ task: whole, about: z.string(), data: z.string() })),
  problems: z.array(
    z.object({
      what: z.string(),
      where: z.string().optional(),
      mend: z.string().optional(),
    }),
  ),
});

/** Reads the document of a part. Throws an UnreadableReport or a CliUsageError. */
export function partOf(text: string, file: string): Part {
  const value = parseJson(text, file);
  const { success, data, error } = schema.safeParse(value);
  if (success) return data;
  const format: unknown =
    typeof value === 'object' && value !== null ? Reflect.get(value, 'format') : undefined;
  const [issue] = error.issues;
  throw new CliUsageError({
    what:
      format === 'racewright/part'
        ? `it is not a whole part: ${issue?.path.join('.')}: ${issue?.message}`
        : 'it is not a part of a command',
    where: file,
    mend: "A part is what a command with '--shard i/n' prints on standard output.",
  });
}

/** Which tasks a plan has, by number and hash. */
export function tasksOf({ works }: Plan<unknown>): Part['tasks'] {
  const text = JSON.stringify(works.map(({ task }) => task));
  return { count: works.length, hash: createHash('sha256').update(text).digest('hex') };
}

/** Every n-th task, so that neighbours, which often are of one size, spread over the parts. */
export const isIn = (task: number, { part, of }: Shard): boolean => task % of === part - 1;
