import type { ErrorRecord, PropertyRecord, ReportDocument, ResultRecord } from '../document.ts';
import { errorsOf, namedParameters, pointText } from '../runs.ts';
import { xmlAttributes, xmlText } from '../xml.ts';

/**
 * A report as JUnit XML: a suite for each check, a case for each property. An unexpected violation
 * is a failure, an undecided property is skipped, and an error that ended the check is an error.
 * What weakens the verdicts is the output of the suite.
 */
export function junit(document: ReportDocument): string {
  const { results } = document;
  const suites = results.map(suite);
  const broken = errorsOf(document).map(errorSuite);
  const totals = xmlAttributes({
    name: 'racewright',
    tests: results.reduce((sum, { properties }) => sum + properties.length, broken.length),
    failures: results.reduce((sum, result) => sum + failed(result).length, 0),
    errors: broken.length,
    time: results.reduce((sum, { seconds }) => sum + seconds, 0).toFixed(3),
  });
  const lines = [`<testsuites${totals}>`, ...suites, ...broken, '</testsuites>'];
  return `<?xml version="1.0" encoding="UTF-8"?>\n${lines.join('\n')}\n`;
}

/** The properties whose violation was not expected. */
function failed({ properties, asExpected }: ResultRecord): readonly PropertyRecord[] {
  return asExpected === true ? [] : properties.filter(({ verdict }) => verdict === 'violated');
}

function suite(result: ResultRecord): string {
  const { properties, seconds, file } = result;
  const name = `${result.scenario} ${pointText(result)}`.trim();
  const attributes = xmlAttributes({
    name,
    tests: properties.length,
    failures: failed(result).length,
    errors: 0,
    skipped: properties.filter(({ verdict }) => verdict === 'undecided').length,
    time: seconds.toFixed(3),
    file,
  });
  return [
    `  <testsuite${attributes}>`,
    '    <properties>',
    ...Object.entries(figures(result)).map(
      ([key, value]) => `      <property${xmlAttributes({ name: key, value: String(value) })}/>`,
    ),
    '    </properties>',
    // The time is that of the whole search, because it decides all properties together.
    ...properties.flatMap((property) => testCase(property, result)),
    ...rests(result),
    '  </testsuite>',
  ].join('\n');
}

/** What weakens the verdicts of a check, such as a constraint, in sentences. */
function rests({ warnings = [] }: ResultRecord): string[] {
  if (warnings.length === 0) return [];
  return [`    <system-out>${xmlText(warnings.join('\n'))}</system-out>`];
}

function figures(result: ResultRecord): { readonly [name: string]: unknown } {
  const { states, generated, levels, complete, asExpected } = result;
  const faults = Object.entries(result.faults ?? {}).map(([name, times]) => [
    `faults.${name}`,
    times,
  ]);
  const given = Object.fromEntries([...namedParameters(result), ...faults]);
  return { ...given, states, generated, levels, complete, asExpected };
}

function testCase(property: PropertyRecord, result: ResultRecord): string[] {
  const { name, kind, verdict, stopReason, failingPart, trace } = property;
  const open = `    <testcase${xmlAttributes({ name: `${kind}: ${name}`, classname: result.scenario })}`;
  if (verdict === 'holds') return [`${open}/>`];
  if (verdict === 'undecided') {
    return [
      `${open}>`,
      `      <skipped${xmlAttributes({ message: stopReason ?? 'undecided' })}/>`,
      '    </testcase>',
    ];
  }
  const steps = (trace?.schedule ?? []).map((entry, i) => `${i + 1}  ${entry}`);
  const text = [...steps, ...(trace?.why?.sentences ?? [])].join('\n');
  if (!failed(result).includes(property)) {
    const expected = `violated, as the scenario expects\n${text}`;
    return [`${open}>`, `      <system-out>${xmlText(expected)}</system-out>`, '    </testcase>'];
  }
  const message = `${name}${failingPart === undefined ? '' : ` (${failingPart})`}`;
  const attributes = xmlAttributes({ message, type: kind });
  return [`${open}>`, `      <failure${attributes}>${xmlText(text)}</failure>`, '    </testcase>'];
}

function errorSuite({ what, where, mend }: ErrorRecord): string {
  const counts = xmlAttributes({ name: 'error', tests: 1, failures: 0, errors: 1 });
  const text = [where, mend].filter((part) => part !== null).join('\n');
  return [
    `  <testsuite${counts}>`,
    `    <testcase${xmlAttributes({ name: 'the check runs to its end', classname: 'racewright' })}>`,
    `      <error${xmlAttributes({ message: what, type: 'error' })}>${xmlText(text)}</error>`,
    '    </testcase>',
    '  </testsuite>',
  ].join('\n');
}
