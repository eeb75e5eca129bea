import { transform } from 'sucrase';
import { SpecError } from '../spec/spec-error.ts';

/** The name of the model in messages and commands; the user saves it under this name. */
export const modelFile = 'model.ts';

/**
 * The text of a module without its types, with `require` in place of its imports. Lines stay where
 * they are. Types are erased and not checked. Throws a SpecError for text that cannot be parsed.
 */
export function compiled(text: string): string {
  try {
    const { code } = transform(text, {
      transforms: ['typescript', 'imports'],
      preserveDynamicImport: true,
      disableESTransforms: true,
      production: true,
      filePath: modelFile,
    });
    return code;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new SpecError({
      what: message.replace(`Error transforming ${modelFile}: `, ''),
      where: modelFile,
      mend: 'The numbers are the line and the column.',
    });
  }
}
