import type {
  CodeFlow,
  Location,
  Log,
  ReportingDescriptor,
  Result,
  ThreadFlowLocation,
} from 'sarif';
import type { PropertyRecord, ReportDocument, ResultRecord, SourceRecord } from '../document.ts';
import { counterexamplesOf, errorsOf, failingStep, pointText, type Run } from '../runs.ts';
import { laneName, laneOf } from '../space-time.ts';
import { valueText } from '../value-text.ts';

/**
 * A report in SARIF 2.1.0: a rule for each property, and a result for each counterexample. A viewer
 * can follow its steps, with one thread for each process. An expected violation is a note instead
 * of an error; an undecided property is open.
 */
export function sarif(document: ReportDocument): string {
  const index = rulesOf(document);
  const log: Log = {
    $schema:
      'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name: 'racewright', rules: [...index.values()].map(({ rule }) => rule) },
        },
        columnKind: 'utf16CodeUnits',
        invocations: [invocation(document)],
        results: [
          ...counterexamplesOf(document).map((run) => violation(run, index)),
          ...document.results.flatMap((result) => openQuestions(result, index)),
        ],
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

/**
 * A rule for each property, by kind and name. Names that differ only in punctuation still get
 * different ids.
 */
function rulesOf({ results }: ReportDocument): Index {
  const rules = new Map<string, { readonly index: number; readonly rule: ReportingDescriptor }>();
  const taken = new Set<string>();
  for (const { name, kind } of results.flatMap(({ properties }) => properties)) {
    const key = keyOf({ name, kind });
    if (rules.has(key)) continue;
    const words = name.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
    const short = `${kind}/${words.join('-')}`;
    const id = taken.has(short) ? `${short}-${fingerprint([name])}` : short;
    taken.add(id);
    rules.set(key, { index: rules.size, rule: rule(id, name, kind) });
  }
  return rules;
}

const keyOf = ({ name, kind }: Pick<PropertyRecord, 'name' | 'kind'>): string =>
  JSON.stringify([kind, name]);

function rule(id: string, name: string, kind: string): ReportingDescriptor {
  return {
    id,
    shortDescription: { text: name },
    fullDescription: { text: `${kind}: ${name}` },
    help: {
      text: `The steps of a counterexample are the shortest way found to a state in which this fails: ${name}.`,
    },
    defaultConfiguration: { level: 'error' },
  };
}

function invocation(document: ReportDocument): {
  executionSuccessful: boolean;
  toolExecutionNotifications?: { level: 'error'; message: { text: string } }[];
} {
  const errors = errorsOf(document);
  if (errors.length === 0) return { executionSuccessful: true };
  return {
    executionSuccessful: false,
    toolExecutionNotifications: errors.map(({ where, what, mend }) => {
      const text = [where, what, mend].filter((part) => part !== null).join('\n');
      return { level: 'error', message: { text } };
    }),
  };
}

type Index = ReadonlyMap<string, { readonly index: number; readonly rule: ReportingDescriptor }>;

function identity(property: PropertyRecord, rules: Index): { ruleId: string; ruleIndex: number } {
  const known = rules.get(keyOf(property));
  return { ruleId: known?.rule.id ?? '', ruleIndex: known?.index ?? -1 };
}

function violation(run: Run, index: Index): Result {
  const { result, property, trace, failingPart } = run;
  const which = failingPart === undefined ? '' : ` (${failingPart})`;
  const text = [
    `${property.name}${which} fails in ${result.scenario} ${pointText(result)} after ${trace.steps.length} steps.`,
    ...(trace.why?.sentences ?? []),
  ].join('\n');
  const guilty = [
    trace.steps.length,
    ...(trace.why?.races[0] === undefined
      ? []
      : [trace.why.races[0].second, trace.why.races[0].first]),
  ];
  const locations = guilty.map((step) => trace.steps[step - 1]?.source);
  const [at] = [...locations, fileOf(result)].filter((place) => place !== undefined);
  return {
    ...identity(property, index),
    kind: 'fail',
    level: result.asExpected === true ? 'note' : 'error',
    message: { text },
    ...(at === undefined ? {} : { locations: [physical(at)] }),
    partialFingerprints: {
      'schedule/v1': fingerprint([result.scenario, property.name, ...[...trace.schedule].sort()]),
    },
    // SARIF demands at least one location in a thread flow.
    ...(trace.steps.length === 0 ? {} : { codeFlows: [codeFlow(run)] }),
  };
}

function openQuestions(result: ResultRecord, index: Index): Result[] {
  return result.properties
    .filter(({ verdict }) => verdict === 'undecided')
    .map((property) => ({
      ...identity(property, index),
      kind: 'open',
      level: 'none',
      message: {
        text: `${property.name}: undecided in ${result.scenario} ${pointText(result)} (${property.stopReason ?? 'stopped'})`,
      },
    }));
}

function codeFlow(run: Run): CodeFlow {
  const { trace } = run;
  const lanes = [...new Set(trace.steps.map(laneOf))];
  const threadFlows = lanes.map((lane) => ({
    id: laneName(lane),
    locations: trace.steps.flatMap((step, i) =>
      laneOf(step) === lane ? [flowLocation(run, i + 1)] : [],
    ),
  }));
  return { message: { text: 'The schedule, one thread a process.' }, threadFlows };
}

function flowLocation(run: Run, number: number): ThreadFlowLocation {
  const { trace } = run;
  const step = trace.steps[number - 1];
  const racing = trace.why?.races.flatMap(({ first, second }) => [first, second]);
  const isEssential = number === failingStep(run) || racing?.includes(number) === true;
  const isIrrelevant = trace.why?.irrelevant.includes(number) === true;
  const text = `${number}  ${trace.schedule[number - 1] ?? ''}`;
  const changes = step?.changes.filter(({ path }) => !path.startsWith('processes.')) ?? [];
  return {
    executionOrder: number,
    nestingLevel: 0,
    importance: isEssential ? 'essential' : isIrrelevant ? 'unimportant' : 'important',
    location:
      step?.source === undefined
        ? { message: { text } }
        : { ...physical(step.source), message: { text } },
    state: Object.fromEntries(
      changes.map(({ path, after }) => [
        path,
        { text: after === undefined ? '(deleted)' : valueText(after) },
      ]),
    ),
  };
}

function fileOf({ file }: ResultRecord): SourceRecord | undefined {
  return file === undefined ? undefined : { file, line: 1, column: 1 };
}

function physical({ file, line, column }: SourceRecord): Location {
  const uri = file.split('/').map(encodeURIComponent).join('/');
  return {
    physicalLocation: {
      artifactLocation: { uri, uriBaseId: '%SRCROOT%' },
      region: { startLine: line, startColumn: column },
    },
  };
}

/**
 * Sixteen hexadecimal digits that depend on nothing but the texts (FNV-1a, twice with different
 * starts).
 */
function fingerprint(texts: readonly string[]): string {
  const bytes = new TextEncoder().encode(texts.join('\n'));
  const half = (start: number): string => {
    let hash = start;
    for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
    return hash.toString(16).padStart(8, '0');
  };
  return half(0x811c9dc5) + half(0x01000193);
}
