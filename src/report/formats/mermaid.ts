import { nameText, pickText } from '../../checker/result/schedule-entry.ts';
import { withoutCommands } from '../../spec/visible.ts';
import type { ReportDocument, StepRecord } from '../document.ts';
import { failingStep, firstRunOf, type Run } from '../runs.ts';
import {
  type Holding,
  type Lane,
  laneName,
  laneOf,
  type Message,
  spaceTimeOf,
} from '../space-time.ts';

/** Mermaid draws texts of up to 50,000 characters, so a longer run is cut. */
const stepsMax = 300;

/** The first run of a report as a Mermaid sequence diagram. */
export function mermaid(document: ReportDocument): string {
  return mermaidOf(firstRunOf(document));
}

/** One run as a Mermaid sequence diagram: participants are lanes, activations are held locks. */
export function mermaidOf(run: Run): string {
  const { trace } = run;
  const { lanes, messages, holdings } = spaceTimeOf(trace);
  const alias = new Map(lanes.map(({ id }, i) => [id, `p${i + 1}`]));
  const name = (id: string): string => alias.get(id) ?? 'p1';
  const lines = [
    'sequenceDiagram',
    ...lanes.map((lane) => `  participant ${name(lane.id)} as ${laneText(lane)}`),
  ];
  const racing = new Set(
    trace.why?.races.slice(0, 1).flatMap(({ first, second }) => [first, second]),
  );
  lines.push(
    ...holdings.filter(({ from }) => from === 0).flatMap((holding) => taken(holding, name)),
  );
  for (const [i, step] of trace.steps.slice(0, stepsMax).entries()) {
    const number = i + 1;
    const inner = [
      ...stepLines(step, number, messages, name),
      ...lockLines(number, holdings, name),
    ];
    const marked =
      number === failingStep(run) ? 'rgba(220, 50, 47, 0.25)' : 'rgba(203, 75, 22, 0.15)';
    if (racing.has(number) || number === failingStep(run))
      lines.push(`  rect ${marked}`, ...inner, '  end');
    else lines.push(...inner);
    if (number - 1 === (trace.loopsTo ?? -1))
      lines.push(...note(laneOf(step), 'from here on it repeats', name));
  }
  if (trace.steps.length > stepsMax) {
    lines.push(...note(lanes[0]?.id ?? '', `${trace.steps.length - stepsMax} more steps`, name));
  }
  const last = trace.steps.at(-1);
  if (run.property.verdict === 'violated' && lanes.length > 0) {
    lines.push(...note(last === undefined ? '' : laneOf(last), `✗ ${run.property.name}`, name));
  }
  return `${lines.join('\n')}\n`;
}

type NameOf = (lane: string) => string;

function stepLines(
  step: StepRecord,
  number: number,
  messages: readonly Message[],
  name: NameOf,
): string[] {
  const picks = Object.entries(step.picks).map(([pick, value]) => pickText(pick, value));
  const label = `${number} ${nameText(step.label)}${picks.length === 0 ? '' : ` (${picks.join(', ')})`}`;
  const here = laneOf(step);
  const sent = messages.filter((message) => message.kind === 'call' && message.sent === number);
  const taken = messages.filter(
    (message) => message.kind === 'reply' && message.arrives === number,
  );
  const lines = [
    ...taken.map(({ from, to }) => `  ${name(from)}-->>${name(to)}: ${textOf(label)}`),
    ...sent.map((message) => {
      const arrow = message.lost === undefined ? '->>' : '-x';
      return `  ${name(message.from)}${arrow}${name(message.to)}: ${textOf(label)}`;
    }),
  ];
  return lines.length > 0 ? lines : [`  ${name(here)}->>${name(here)}: ${textOf(label)}`];
}

function lockLines(number: number, holdings: readonly Holding[], name: NameOf): string[] {
  return [
    ...holdings
      .filter(({ to }) => to === number)
      .map(({ holder }) => `  deactivate ${name(holder)}`),
    ...holdings.filter(({ from }) => from === number).flatMap((holding) => taken(holding, name)),
  ];
}

function taken({ lock, holder }: Holding, name: NameOf): string[] {
  return [...note(holder, `holds ${lock}`, name), `  activate ${name(holder)}`];
}

function note(lane: string, text: string, name: NameOf): string[] {
  return [`  Note over ${name(lane)}: ${textOf(text)}`];
}

function laneText({ id }: Lane): string {
  return textOf(laneName(id));
}

/** The text on one line, with everything escaped that Mermaid or HTML would interpret. */
function textOf(text: string): string {
  const oneLine = withoutCommands(text).trim();
  const short = oneLine.length > 120 ? `${oneLine.slice(0, 119)}…` : oneLine;
  const escaped = short.replace(/[#;<>&"`{}%\\]/g, (character) => `#${character.codePointAt(0)};`);
  // The word `end` closes a block wherever it stands.
  return escaped.replace(/\bend\b/gi, (word) => `#${word.codePointAt(0)};${word.slice(1)}`) || ' ';
}
