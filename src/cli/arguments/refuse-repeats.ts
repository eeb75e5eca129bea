import type { CommandUnknownOpts, Option } from '@commander-js/extra-typings';
import { CliUsageError } from './cli-usage-error.ts';

/**
 * Makes a command refuse a flag that is given twice with a value, because commander would silently
 * keep the last. Flags that collect values in a list may be repeated.
 */
export function refuseRepeats(command: CommandUnknownOpts): void {
  for (const option of command.options) {
    if (option.required && !Array.isArray(option.defaultValue)) onlyOnce(option);
  }
}

function onlyOnce(option: Option): void {
  const parse = option.parseArg;
  let before: string | undefined;
  option.argParser((text: string, value: unknown) => {
    if (before !== undefined) {
      throw new CliUsageError({
        what: `${option.long} is given twice`,
        where: `${option.long} ${before} ${option.long} ${text}`,
        mend: 'Leave one of the two out.',
      });
    }
    before = text;
    return parse === undefined ? text : parse(text, value);
  });
}
