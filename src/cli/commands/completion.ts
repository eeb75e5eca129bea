import { Command, Option } from '@commander-js/extra-typings';

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

/** The words and flags of `racewright completion`. */
export function declareCompletion() {
  return new Command('completion')
    .description('print what makes a shell complete commands, flags and scenarios')
    .argument('[shell]', `one of ${shells.join(', ')}`)
    .addOption(
      // What the printed script calls.
      new Option('--line <text>', 'print what can stand at the end of this line').hideHelp(),
    )
    .addHelpText(
      'after',
      [
        '',
        'bash:  eval "$(racewright completion bash)"       in ~/.bashrc',
        'zsh:   eval "$(racewright completion zsh)"        in ~/.zshrc, after compinit',
        'fish:  racewright completion fish | source        in ~/.config/fish/config.fish',
      ].join('\n'),
    );
}

/** The flags of `racewright completion`, as they are read. */
export type CompletionFlags = ReturnType<ReturnType<typeof declareCompletion>['opts']>;
