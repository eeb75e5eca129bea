import { failingStep, pointText, type Run } from '../runs.ts';
import { shorten, wrap } from '../text-width.ts';
import { printable } from '../value-text.ts';
import { xmlText } from '../xml.ts';
import { at, deathMarks, laneMarks, lockMarks, messageMarks, rowAt } from './lanes.ts';
import { type Layout, layOut, type Row, sizes } from './layout.ts';
import { diagramStyle } from './style.ts';

/**
 * A longer run is drawn without its middle, because thousands of rows are too long to scroll
 * through.
 */
const drawnStepsMax = 1000;

/**
 * A run as a space-time diagram in SVG. Each process has a lane, time runs downwards, messages are
 * arrows, locks are bars. Marks show the steps of the first race and the step after which the
 * property fails. Each step is a group of class `step` with `data-step`, so that a page can select
 * it. Names are escaped. `before` is the number of steps that the caller has cut off in front.
 */
export function spaceTimeSvg(run: Run, before = 0): string {
  const layout = layOut(shortened(run), before);
  const { rows, width, bottom } = layout;
  const notes = notesOf(layout);
  const height = bottom + 14 + notes.length * sizes.line + sizes.margin;
  const title = xmlText(shorten(`${printable(run.property.name)}`, 200));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="rw" role="img" aria-labelledby="rw-title rw-desc" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
    `<title id="rw-title">${title}</title>`,
    `<desc id="rw-desc">${xmlText(description(run))}</desc>`,
    `<style>${diagramStyle}</style>`,
    `<rect class="paper" width="${width}" height="${height}"/>`,
    ...titleMarks(layout),
    ...rows.map((row) => bandOf(row, layout)),
    ...laneMarks(layout),
    ...loopMarks(layout),
    ...lockMarks(layout),
    ...messageMarks(layout),
    ...deathMarks(layout),
    ...raceMarks(layout),
    ...rows.flatMap((row) => stepMarks(row, layout)),
    ...notes.map(
      ({ text, kind }, i) =>
        `<text class="${kind}" x="${sizes.margin}" y="${bottom + 22 + i * sizes.line}">${xmlText(text)}</text>`,
    ),
    '</svg>',
    '',
  ].join('\n');
}

/** The first and the last steps of a run that is too long to be drawn. */
function shortened(run: Run): Run {
  const { trace } = run;
  if (trace.steps.length <= drawnStepsMax) return run;
  const { loopsTo: _, why: __, ...rest } = trace;
  const [steps, schedule] = [
    trace.steps.slice(0, drawnStepsMax),
    trace.schedule.slice(0, drawnStepsMax),
  ];
  return {
    ...run,
    property: { ...run.property, verdict: 'undecided' },
    trace: { ...rest, steps, schedule },
  };
}

function description({ result, trace }: Run): string {
  const steps = trace.schedule
    .slice(0, 60)
    .map((entry, i) => `${i + 1} ${shorten(printable(entry), 80)}`);
  const more =
    trace.schedule.length > steps.length ? `; ${trace.schedule.length - steps.length} more` : '';
  return `${result.scenario} ${pointText(result)}: ${steps.join('; ')}${more}`;
}

function titleMarks({ run, width }: Layout): string[] {
  const room = Math.floor((width - 2 * sizes.margin) / 8.5);
  const { result, property } = run;
  const point = `${result.scenario} ${pointText(result)}`;
  const small = Math.floor((width - 2 * sizes.margin) / sizes.character);
  return [
    `<text class="title" x="${sizes.margin}" y="${sizes.margin + 8}">${xmlText(shorten(printable(property.name), room))}</text>`,
    `<text class="soft" x="${sizes.margin}" y="${sizes.margin + 25}">${xmlText(shorten(printable(point), small))}</text>`,
  ];
}

function bandOf({ top, height, fails, role, number }: Row, { width }: Layout): string {
  const kind = fails ? 'fail-band' : role !== undefined ? 'race-band' : 'band';
  if (kind === 'band' && number % 2 === 0) return '';
  return `<rect class="${kind}" x="4" y="${top}" width="${width - 8}" height="${height}" rx="3"/>`;
}

function stepMarks(row: Row, { x, textX, before }: Layout): string[] {
  const { number, entry, changes, y, fails, role, irrelevant } = row;
  const cx = at(x, row.lane);
  const roleX = textX + (entry.length + 2) * sizes.character;
  return [
    `<g class="step${irrelevant ? ' irrelevant' : ''}" data-step="${before + number}">`,
    `<text class="number" x="${sizes.margin + sizes.number - 10}" y="${y + 4}">${before + number}</text>`,
    `<circle class="dot" cx="${cx}" cy="${y}" r="4.5"/>`,
    ...(role === undefined ? [] : [`<circle class="race" cx="${cx}" cy="${y}" r="9"/>`]),
    ...(fails ? [`<path class="fail" d="M${cx} ${y - 13}l13 13l-13 13l-13 -13z"/>`] : []),
    `<text class="${fails ? 'fail-text' : 'word'}" x="${textX}" y="${y + 4}">${xmlText(entry)}</text>`,
    ...(role === undefined
      ? []
      : [`<text class="race-text" x="${roleX}" y="${y + 4}">${xmlText(`◂ ${role}`)}</text>`]),
    ...changes.map(
      (change, i) =>
        `<text class="soft" x="${textX + 2 * sizes.character}" y="${y + 4 + (i + 1) * sizes.line}">${xmlText(change)}</text>`,
    ),
    '</g>',
  ];
}

/** A curve between the two steps that raced. */
function raceMarks({ run, rows, x }: Layout): string[] {
  const race = run.trace.why?.races[0];
  const [first, second] = [rowAt(rows, race?.first), rowAt(rows, race?.second)];
  if (first === undefined || second === undefined) return [];
  const [x1, x2] = [at(x, first.lane), at(x, second.lane)];
  const bend = x1 < x2 ? 30 : -30;
  return [
    `<path class="race" stroke-dasharray="1 4" stroke-linecap="round" d="M${x1} ${first.y}C${x1 + bend} ${second.y} ${x2 - bend} ${first.y} ${x2} ${second.y}"/>`,
  ];
}

/** A bracket at the left of the steps that repeat for ever. */
function loopMarks({ run, rows, bottom }: Layout): string[] {
  const { loopsTo } = run.trace;
  const first = loopsTo === undefined ? undefined : rows[loopsTo];
  if (first === undefined) return [];
  const left = sizes.margin - 8;
  return [
    `<path class="call" d="M${left + 8} ${bottom - 6}H${left}V${first.y}H${left + 6}"/>`,
    `<path class="call-tip" d="M${left + 10} ${first.y}l-7 -4v8z"/>`,
  ];
}

interface Note {
  readonly text: string;
  readonly kind: string;
}

/** The notes below the picture: what fails, why, and what the marks mean. */
function notesOf({ run, width, spaceTime, rows }: Layout): Note[] {
  const room = Math.floor((width - 2 * sizes.margin) / sizes.character);
  const fails =
    run.property.verdict === 'violated'
      ? [
          `✗ ${printable(run.property.name)}${run.failingPart === undefined ? '' : ` (${printable(run.failingPart)})`}`,
        ]
      : [];
  const why = (run.trace.why?.sentences ?? []).map((sentence) => `• ${printable(sentence)}`);
  const has = (kind: string): boolean =>
    spaceTime.messages.some((message) => message.kind === kind);
  const legend = [
    ...(has('call') ? ['→ call'] : []),
    ...(has('reply') ? ['⇢ answer (dashed)'] : []),
    ...(spaceTime.messages.some(({ lost }) => lost !== undefined) ? ['✕ lost'] : []),
    ...(spaceTime.deaths.length > 0 ? ['✕ ends in the middle of its work'] : []),
    ...(spaceTime.holdings.length > 0 ? ['▮ lock held'] : []),
    ...(rows.some(({ role }) => role !== undefined) ? ['○ steps that raced'] : []),
    ...(failingStep(run) === undefined ? [] : ['◇ step after which it fails']),
    ...(rows.some(({ irrelevant }) => irrelevant) ? ['pale: steps that can be left out'] : []),
  ];
  return [
    ...fails.flatMap((text) => wrap(text, room).map((line) => ({ text: line, kind: 'fail-text' }))),
    ...why.flatMap((text) => wrap(text, room).map((line) => ({ text: line, kind: 'note' }))),
    ...(legend.length === 0
      ? []
      : wrap(legend.join(' · '), room).map((line) => ({ text: line, kind: 'soft' }))),
  ];
}
