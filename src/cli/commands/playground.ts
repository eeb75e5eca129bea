import { Command, Option } from '@commander-js/extra-typings';
import { portNumber } from '../arguments/option-values.ts';

/** The words and flags of `racewright playground`. */
export function declarePlayground() {
  return new Command('playground')
    .description('write and check models in the browser, or write the page to a folder')
    .addOption(
      new Option('--out <dir>', 'write a static folder for any web server, and serve nothing'),
    )
    .addOption(
      new Option('--port <n>', 'listen on this port (default: any free one)').argParser(portNumber),
    )
    .option('--open', 'open the page even where no terminal or screen is found')
    .option('--no-open', 'print the address and open nothing')
    .addHelpText(
      'after',
      [
        '',
        'The editor and the compiler are packages of their own:',
        '  npm install --save-dev codemirror @codemirror/lang-javascript @codemirror/language \\',
        '    @lezer/highlight sucrase',
      ].join('\n'),
    );
}

/** The flags of `racewright playground`, as they are read. */
export type PlaygroundFlags = ReturnType<ReturnType<typeof declarePlayground>['opts']>;
