import { z } from 'zod';
import { requirements } from '../../checker/result/requirements.ts';
import type { Config } from '../../config/config.ts';
import { CliUsageError, unknownName } from '../arguments/cli-usage-error.ts';

const whole = z.int().min(1);
const above0 = z.number().positive();

const check = z.strictObject({
  maxStates: whole.optional(),
  maxDepth: whole.optional(),
  maxTime: above0.optional(),
  maxMemory: above0.optional(),
  budget: above0.optional(),
  cache: z.string().min(1).optional(),
  require: z.array(z.enum(requirements)).optional(),
});

const schema = z.strictObject({
  scenarios: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]).optional(),
  check: check.optional(),
  reports: z.record(z.string(), z.string().min(1)).optional(),
});

/** The keys of each object in the configuration, by the path of the object. */
const keysAt: { readonly [path: string]: readonly string[] } = {
  '': Object.keys(schema.shape),
  check: Object.keys(check.shape),
};

/** Returns the configuration. Throws a CliUsageError that names the first wrong key. */
export function checkedConfig(value: unknown, file: string): Config {
  const { success, data, error } = schema.safeParse(value);
  // // The types do not allow `undefined` where a key may be missing, but the data has none.
  if (success) return data as Config;
  throw refusal(error.issues, file);
}

function refusal(issues: readonly z.core.$ZodIssue[], file: string): CliUsageError {
  const issue = issues[0];
  const path = issue?.path.join('.') ?? '';
  if (issue?.code === 'unrecognized_keys') {
    const [name = ''] = issue.keys;
    return unknownName({
      what: `the configuration has no key '${path === '' ? name : `${path}.${name}`}'`,
      name,
      known: keysAt[path] ?? [],
      kind: 'keys there',
      where: file,
    });
  }
  return new CliUsageError({
    what: path === '' ? 'the configuration is no object' : `'${path}' is not what it must be`,
    where: file,
    mend: issue?.message,
  });
}
