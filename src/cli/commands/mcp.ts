import { Command } from '@commander-js/extra-typings';

/** The words of `racewright mcp`. */
export function declareMcp() {
  return new Command('mcp')
    .description('answer a coding agent: a server of the Model Context Protocol on stdio')
    .addHelpText(
      'after',
      [
        '',
        'Tools: validate, check, why, replay, explore_from. Each call needs a time budget.',
        'It needs the official SDK: npm install --save-dev @modelcontextprotocol/sdk',
        'A client starts it: {"command": "npx", "args": ["racewright", "mcp"]}',
      ].join('\n'),
    );
}
