import { count } from '../report/figures.ts';
import { firstSentence } from '../report/scenario-text.ts';
import { commandLines } from '../report/shell-words.ts';
import type { TextStyle } from '../report/text-style.ts';
import { hanging } from '../report/text-width.ts';
import {
  type Exposure,
  type ExposureCell,
  type ExposureRow,
  type ExposureStatus,
  exposureStatuses,
  nameOf,
  statusTitles,
} from './exposure.ts';

/**
 * The exposure of one release: the exposed races, each with its description, its violations, the
 * release that mends it, and the command that shows it. Then the partly closed races, and in short
 * the rest.
 */
export function oneReleaseLines(
  { rows }: Exposure,
  look: TextStyle,
  invocation: readonly string[],
): string[] {
  const sections = exposureStatuses.flatMap((status): string[][] => {
    const found = rows.flatMap((row) => {
      const [cell] = row.cells;
      return cell?.status === status ? [{ row, cell }] : [];
    });
    if (found.length === 0) return [];
    const title = look.paint[tones[status]](`${statusTitles[status]} (${found.length})`);
    return [[title, ...found.flatMap((each) => rowLines(each, look, invocation))]];
  });
  return sections.flatMap((lines, i) => (i === 0 ? lines : ['', ...lines]));
}

const tones = {
  exposed: 'bad',
  partly: 'warn',
  closed: 'good',
  not_applicable: 'dim',
  undecided: 'warn',
} as const satisfies { readonly [status in ExposureStatus]: keyof TextStyle['paint'] };

interface Found {
  readonly row: ExposureRow;
  readonly cell: ExposureCell;
}

function rowLines({ row, cell }: Found, look: TextStyle, invocation: readonly string[]): string[] {
  const { status, violated, others, reason } = cell;
  const indent = (text: string): string[] => hanging('    ', text, look.width);
  const name = hanging('  ', nameOf(row), look.width).map(look.paint.strong);
  const why = reason === undefined ? [] : indent(reason).map(look.paint.dim);
  const isClosed = status === 'closed' && others.length > 0;
  const rest = [...why, ...(isClosed ? indent(`but also violated: ${namesOf(others)}`) : [])];
  if (status !== 'exposed' && status !== 'partly') return [...name, ...rest];
  const settings = Object.entries({ ...row.setting, release: cell.release });
  const words = settings.flatMap(([parameter, value]) => ['--set', `${parameter}=${value}`]);
  const command = commandLines(
    [...invocation, 'check', row.scenario, ...words],
    look.width - 4,
  ).map((line) => `    ${line}`);
  const properties = violated.flatMap(({ property, steps }) =>
    hanging('    - ', `${property} (${count(steps, 'step')})`, look.width),
  );
  const sentence = indent(firstSentence(row.about));
  return ['', ...name, ...sentence, ...properties, ...mendedLines(cell, look), ...command, ...rest];
}

function mendedLines({ mendedIn }: ExposureCell, { paint, width }: TextStyle): string[] {
  if (mendedIn === undefined) return [];
  if (mendedIn === null) return hanging('    ', 'no later release mends it', width).map(paint.warn);
  return hanging('    ', `mended in ${mendedIn}`, width).map(paint.good);
}

function namesOf(violated: ExposureCell['others']): string {
  return violated.map(({ property }) => property).join('; ');
}
