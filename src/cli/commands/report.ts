import { Command } from '@commander-js/extra-typings';
import { reportFormats } from '../reports/report-formats.ts';

/** The words and flags of `racewright report`. */
export function declareReport() {
  const about = Object.entries(reportFormats).map(
    ([name, format]) => `  ${name.padEnd(9)} ${format.about}`,
  );
  return new Command('report')
    .description('turn the report of a check into another format')
    .argument('<file>', "what 'check --report json=FILE' has written; - for standard input")
    .requiredOption('--to <format>', 'the format, one of those below')
    .option('-o, --output <file>', 'write it to a file instead of standard output')
    .option('--scenario <name>', 'keep only what the report says about this scenario')
    .option('--property <name>', 'keep only this property')
    .addHelpText('after', `\nFormats:\n${about.join('\n')}`);
}

/** The flags of `racewright report`, as they are read. */
export type ReportFlags = ReturnType<ReturnType<typeof declareReport>['opts']>;
