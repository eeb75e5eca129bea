import { changesOf } from '../../checker/evaluate/changes.ts';
import { parseEntry } from '../../checker/result/schedule-entry.ts';
import { UsageError } from '../../checker/result/usage-error.ts';
import { spaceTimeSvg } from '../../report/diagram/space-time-svg.ts';
import type { ChangeRecord, ResultRecord, StepRecord, TraceRecord } from '../../report/document.ts';
import { mermaidOf } from '../../report/formats/mermaid.ts';
import type { Plain } from '../../spec/plain.ts';
import type { FailingSchedule } from '../exploration.ts';
import type { CodeState } from '../schedule/run.ts';
import { failureText } from './failure-text.ts';

/**
 * A failing schedule as a space-time diagram, with a lane for each task: a sequence diagram of
 * Mermaid, or the text of an SVG. It has the changes of the state where `kit.conforms` knows it.
 */
export function scheduleDiagram(failing: FailingSchedule, format: 'mermaid' | 'svg'): string {
  const trace = traceOf(failing);
  const name = failureText(failing.failure).split('\n')[0] ?? '';
  const property = { name, kind: 'always', verdict: 'violated', trace } as const;
  const length = trace.steps.length;
  // Neither diagram shows the numbers of a search.
  const result: ResultRecord = {
    scenario: '',
    parameters: {},
    verdict: 'violated',
    asExpected: null,
    complete: false,
    states: length + 1,
    generated: length + 1,
    levels: length + 1,
    seconds: 0,
    properties: [property],
    ledger: {},
  };
  const run = { result, property, trace, failingPart: undefined };
  if (format === 'mermaid') return mermaidOf(run);
  if (format === 'svg') return spaceTimeSvg(run);
  throw new UsageError(`there is no format '${String(format)}'`, "It is 'mermaid' or 'svg'.");
}

/** The run of a failing schedule as reports have it. */
export function traceOf({ run, schedule }: FailingSchedule): TraceRecord {
  const { steps, states } = run;
  return {
    init: { state: states[0] ?? {}, processes: {}, faults: {} },
    initIndex: 0,
    schedule,
    steps: steps.map(({ choice, answer, entry }, i): StepRecord => {
      const { keys, task = null, label } = choice.parked;
      const { picks = [] } = parseEntry(entry) ?? {};
      return {
        actor: task,
        label,
        picks: { ...Object.fromEntries(picks), ...answerOf(answer) },
        changes: changes(states[i], states[i + 1]),
        reads: keys?.reads ?? [],
        writes: keys?.writes ?? [],
      };
    }),
  };
}

function changes(before: CodeState | undefined, after: CodeState | undefined): ChangeRecord[] {
  if (before === undefined || after === undefined) return [];
  return Object.keys(after).flatMap((field) =>
    changesOf([field], before[field] as Plain, after[field] as Plain).map(
      ({ path, keys, ...values }) => ({
        path,
        ...(keys.join('.') === path ? {} : { keys }),
        ...(values.before === undefined ? {} : { before: values.before }),
        ...(values.after === undefined ? {} : { after: values.after }),
      }),
    ),
  );
}

/** An answer is JSON, unless it was shortened. */
function answerOf(answer: string | undefined): { readonly answer?: Plain } {
  if (answer === undefined) return {};
  try {
    return { answer: JSON.parse(answer) as Plain };
  } catch {
    return { answer };
  }
}
