import { CliUsageError } from '../arguments/cli-usage-error.ts';
import type { Executor } from '../machines/plan.ts';

/**
 * What does the work in place of this process: `given`, or the workers that `--on` names;
 * undefined where this process does it. Throws CliUsageError for a name without a run elsewhere.
 */
export async function elsewhereFor(
  given: Executor | undefined,
  { on, name }: { readonly on?: string; readonly name?: string },
): Promise<Executor | undefined> {
  if (given !== undefined) return given;
  if (on !== undefined) {
    // Loaded here, because most commands run in one process.
    const { onRedis } = await import('../redis/coordinator.ts');
    return onRedis(on, name);
  }
  if (name === undefined) return undefined;
  throw new CliUsageError({
    what: '--name is the name of a run on other machines',
    where: `--name ${name}`,
    mend: 'Name their Redis, too: --on redis://localhost:6379',
  });
}
