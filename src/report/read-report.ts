import type { SpecProblem } from '../spec/spec-error.ts';
import type { ReportDocument } from './document.ts';

/** The file is not a report that this version can read. */
export class UnreadableReport extends Error implements SpecProblem {
  readonly what: string;
  readonly where: string | undefined;
  readonly mend: string | undefined;

  constructor({ what, where, mend }: SpecProblem) {
    super(what);
    this.name = 'UnreadableReport';
    this.what = what;
    this.where = where;
    this.mend = mend;
  }
}

/**
 * Reads a report file. `where` names it in messages. Throws an UnreadableReport for a file that is
 * cut, is not JSON, has a later version, or is something else.
 */
export async function readReport(text: string, where: string): Promise<ReportDocument> {
  const value = parseJson(text, where);
  requireOurs(value, where);
  const { reportSchema } = await import('./document-schema.ts');
  const parsed = reportSchema.safeParse(value);
  // The parsed copy is not returned, because zod reorders the fields.
  if (parsed.success) return value as ReportDocument;
  const { issues } = parsed.error;
  const first = issues[0];
  throw new UnreadableReport({
    what: `it is not a whole report: ${pathText(first?.path ?? [])}${first?.message ?? ''}`,
    where,
    mend: `${issues.length > 1 ? `There are ${issues.length} such places. ` : ''}Make it again with 'racewright check … --report json=FILE'.`,
  });
}

/**
 * The value of a JSON text. Throws an UnreadableReport that says whether the text is cut or wrong.
 */
export function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const cut = /end of JSON input|Unterminated string/.test(message) || endsAt(message, text);
    throw new UnreadableReport({
      what:
        text.trim() === ''
          ? 'the file is empty'
          : cut
            ? `the file is cut: it ends in the middle, on line ${text.split('\n').length}`
            : `it is not JSON: ${message}`,
      where,
      mend: 'Make it again.',
    });
  }
}

/**
 * True for `Expected ',' or '}' after property value in JSON at position 120` where the text has
 * 120 characters.
 */
function endsAt(message: string, text: string): boolean {
  const position = /at position (\d+)/.exec(message)?.[1];
  return position !== undefined && Number(position) >= text.trimEnd().length;
}

function requireOurs(value: unknown, where: string): void {
  const field = (name: string): unknown =>
    typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
  if (field('format') !== 'racewright/report') {
    throw new UnreadableReport({
      what: 'it is not a report of racewright',
      where,
      mend: Array.isArray(field('vars'))
        ? 'It looks like an ITF trace: racewright replay SCENARIO --itf FILE follows one.'
        : "A report is what 'racewright check … --report json=FILE' writes.",
    });
  }
  const version = field('version');
  if (version !== 2) {
    throw new UnreadableReport({
      what: `it is a report of version ${JSON.stringify(version)}, and this racewright reads version 2`,
      where,
      mend:
        typeof version === 'number' && version > 2
          ? 'Use the racewright that wrote it, or a later one.'
          : "Make it anew with 'racewright check … --report json=FILE'.",
    });
  }
  if (!Array.isArray(field('results'))) {
    throw new UnreadableReport({
      what: 'it has no results',
      where,
      mend: "It may be the document of another command: make it with 'racewright check … --report json=FILE'.",
    });
  }
}

/** `results[0].properties[2].trace.steps: ` */
function pathText(path: readonly PropertyKey[]): string {
  const text = path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');
  return text === '' ? '' : `${text}: `;
}
