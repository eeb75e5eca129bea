import { CliUsageError } from '../arguments/cli-usage-error.ts';
import { textOf } from '../arguments/text-of.ts';
import { answersIn, mustBeWhole } from '../machines/merge-parts.ts';
import { partOf } from '../machines/part.ts';
import type { Executor } from '../machines/plan.ts';
import type { ExitCode } from '../system/exit-code.ts';
import { declareAtlas } from './atlas.ts';
import { declareCheck } from './check.ts';
import { declareExposure } from './exposure.ts';
import { declareMatrix } from './matrix.ts';
import { declareSimulate } from './simulate.ts';

/**
 * `racewright merge`: runs the command of the parts with their answers. Throws CliUsageError where
 * they are not all parts of one command on one model.
 */
export async function mergeCommand(files: readonly string[]): Promise<ExitCode> {
  const parts = files.map((file) => ({ file, part: partOf(textOf(file), file) }));
  mustBeWhole(parts);
  const [name = '', ...words] = parts[0]?.part.words ?? [];
  const again = commands[name];
  if (again === undefined) {
    throw new CliUsageError({
      what: `'${name}' is no command that has parts`,
      where: files[0],
      mend: `The commands: ${Object.keys(commands).join(', ')}.`,
    });
  }
  return again(words, answersIn(parts));
}

type Again = (words: readonly string[], answers: Executor) => Promise<ExitCode>;

/** The commands that have parts. Each loads its code only when it runs. */
const commands: { readonly [name: string]: Again | undefined } = {
  async check(words, answers) {
    const parsed = declareCheck().exitOverride().parse(words, { from: 'user' });
    const { checkCommand } = await import('./check-command.ts');
    return checkCommand(parsed.processedArgs[0], parsed.opts(), answers);
  },
  async matrix(words, answers) {
    const parsed = declareMatrix().exitOverride().parse(words, { from: 'user' });
    const { matrixCommand } = await import('./matrix-command.ts');
    return matrixCommand(parsed.processedArgs[0], parsed.opts(), answers);
  },
  async simulate(words, answers) {
    const parsed = declareSimulate().exitOverride().parse(words, { from: 'user' });
    const { simulateCommand } = await import('./simulate-command.ts');
    return simulateCommand(parsed.processedArgs[0], parsed.opts(), answers);
  },
  async exposure(words, answers) {
    const parsed = declareExposure().exitOverride().parse(words, { from: 'user' });
    const { exposureCommand } = await import('./exposure-command.ts');
    return exposureCommand(parsed.opts(), answers);
  },
  async atlas(words, answers) {
    const parsed = declareAtlas().exitOverride().parse(words, { from: 'user' });
    const { atlasCommand } = await import('./atlas-command.ts');
    return atlasCommand(parsed.opts(), answers);
  },
};
