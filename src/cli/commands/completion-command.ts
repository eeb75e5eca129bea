import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { CliUsageError } from '../arguments/cli-usage-error.ts';
import { knownName } from '../arguments/known-name.ts';
import { candidatesFor } from '../completion/candidates.ts';
import { type ExitCode, exitCodes } from '../system/exit-code.ts';
import { print } from '../system/terminal.ts';
import { type CompletionFlags, type Shell, shells } from './completion.ts';

/**
 * `racewright completion`: the script for a shell, or the words that can end a line, one a line.
 * Throws CliUsageError for a shell that it does not know.
 */
export async function completionCommand(
  program: CommandUnknownOpts,
  shell: string | undefined,
  { line }: CompletionFlags,
): Promise<ExitCode> {
  if (line !== undefined) {
    print(await candidatesFor(line, program));
    return exitCodes.asExpected;
  }
  if (shell === undefined) {
    throw new CliUsageError({
      what: 'no shell is named',
      mend: `The shells: ${shells.join(', ')}.`,
    });
  }
  print(scripts[knownName(shell, shells, { kind: 'shell', flag: 'completion' })].split('\n'));
  return exitCodes.asExpected;
}

const scripts: { readonly [shell in Shell]: string } = {
  // Bash replaces what stands behind the last = or : only.
  bash: `_racewright() {
  local line="\${COMP_LINE:0:COMP_POINT}" IFS=$'\\n'
  local word="\${line##* }"
  local kept="\${word%"\${word##*[=:]}"}"
  COMPREPLY=($("\${COMP_WORDS[0]}" completion --line "$line" 2>/dev/null))
  COMPREPLY=("\${COMPREPLY[@]#"$kept"}")
}
complete -o default -F _racewright racewright`,
  zsh: `_racewright() {
  local -a found
  found=(\${(f)"$(\${words[1]} completion --line "$LBUFFER" 2>/dev/null)"})
  if (( $#found )); then compadd -- $found; else _files; fi
}
compdef _racewright racewright`,
  fish: `complete -c racewright -a '(racewright completion --line (commandline -cp) 2>/dev/null)'`,
};
