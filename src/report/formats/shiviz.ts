import { withoutCommands } from '../../spec/visible.ts';
import type { ReportDocument, StepRecord } from '../document.ts';
import { counterexamplesOf, firstRunOf, pointText, type Run } from '../runs.ts';
import { laneName, laneOf } from '../space-time.ts';

/**
 * The expressions by which ShiViz finds the events and separates the runs. They are the first two
 * lines.
 */
export const shivizParser = '(?<event>.*)\\n(?<host>\\S*) (?<clock>{.*})';
export const shivizDelimiter = '^=== (?<trace>.*) ===$';

/**
 * The counterexamples of a report as a log for ShiViz: each step with its vector clock. One step
 * happens before another when the same process takes both, or when both touch the same slot of the
 * state and one of them writes it.
 */
export function shiviz(document: ReportDocument): string {
  const found = counterexamplesOf(document);
  const runs = found.length > 0 ? found : [firstRunOf(document)];
  const lines = runs.flatMap((run, i) => [
    `=== ${i + 1} ${oneLine(`${run.result.scenario} ${pointText(run.result)}: ${run.property.name}`)} ===`,
    ...eventLines(run),
  ]);
  return `${[shivizParser, shivizDelimiter, ...lines].join('\n')}\n`;
}

type Clock = { readonly [host: string]: number };

function eventLines({ trace: { steps, schedule } }: Run): string[] {
  const hosts = hostNames(steps);
  const clocks = new Map<string, Clock>();
  const written = new Map<string, Clock>();
  const read = new Map<string, Clock>();
  return steps.flatMap((step, i) => {
    const host = hosts.get(laneOf(step)) ?? 'system';
    const known = [
      clocks.get(host),
      ...step.reads.map((slot) => written.get(slot)),
      ...step.writes.flatMap((slot) => [written.get(slot), read.get(slot)]),
    ];
    const merged = known.reduce<Clock>((clock, other) => latest(clock, other ?? {}), {});
    const clock = { ...merged, [host]: (clocks.get(host)?.[host] ?? 0) + 1 };
    clocks.set(host, clock);
    for (const slot of step.reads) read.set(slot, latest(read.get(slot) ?? {}, clock));
    for (const slot of step.writes) written.set(slot, clock);
    return [oneLine(schedule[i] ?? step.label), `${host} ${JSON.stringify(clock)}`];
  });
}

function latest(one: Clock, other: Clock): Clock {
  const entries = Object.entries(other).map(
    ([host, count]) => [host, Math.max(count, one[host] ?? 0)] as const,
  );
  return { ...one, ...Object.fromEntries(entries) };
}

/** Host names without spaces, a different one for each lane. */
function hostNames(steps: readonly StepRecord[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const lane of new Set(steps.map(laneOf))) {
    const base = laneName(lane).replace(/[\s{}"\\]+/gu, '_');
    // A vector clock is a record by host.
    const isTaken = (name: string): boolean =>
      name in Object.prototype || [...names.values()].includes(name);
    let name = base;
    for (let n = 2; isTaken(name); n++) name = `${base}_${n}`;
    names.set(lane, name);
  }
  return names;
}

/** The text without line breaks, changed where ShiViz would take it for a delimiter. */
function oneLine(text: string): string {
  return withoutCommands(text).replace(/^=+/, '').trim() || '-';
}
