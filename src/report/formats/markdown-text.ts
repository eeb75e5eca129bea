import { withoutCommands } from '../../spec/visible.ts';

/** The text with all Markdown escaped. */
export function textOf(text: string): string {
  return withoutCommands(text)
    .replace(/[&<>]/g, (character) => `&#${character.codePointAt(0)};`)
    .replace(/[\\`*_{}[\]#|~@]/g, (character) => `&#${character.codePointAt(0)};`);
}

/** The sign of a verdict, beside its word. */
export const marks = { holds: '✅', violated: '❌', undecided: '❔' } as const;
